"""Does guessing find nothing, does a bait raise its alarm unnoticed, and is a crowded network still served?"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import count
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from phueng.access import sessions
from phueng.access.actions import set_baits
from phueng.access.models import BaitReference, LimitEvent
from phueng.audit.actors import SYSTEM
from phueng.audit.models import Entry
from phueng.audit.queries import newest_entries
from phueng.kernel.references import is_valid_reference, new_reference
from phueng.tracking.puzzles import SALT, is_solved
from phueng.tracking.tests.scenes import SENT_AT, Story
from phueng.tracking.tests.test_looking_up import BORN, body, headers, look, shape

pytestmark = pytest.mark.django_db
Counting = Callable[..., AbstractContextManager[list[str]]]


@pytest.fixture
def bait(db: Any) -> str:
    return set_baits(count=3, planted_where="old backup", by=SYSTEM("test"), at=SENT_AT)[1]


def challenge_in(page: Any) -> str:
    found = re.search(r'name="challenge" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def solution_of(challenge: str) -> str:
    return next(str(number) for number in count() if is_solved(challenge, str(number)))


def go_on(browser: Client, reference: str, birth_date: str, **paid: str) -> Any:
    return browser.post("/track/", {"reference": reference, "birth_date": birth_date, **paid})


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The server's clock, to be moved: clock[0] += seconds."""
    at = [sessions.moment()]
    monkeypatch.setattr(sessions, "moment", lambda: at[0])
    return at


def use_up(browser: Client) -> None:
    for _ in range(20):
        assert look(browser, new_reference(), BORN).status_code == 422


def test_a_bait_a_miss_and_an_unknown_number_are_the_same_bytes_for_the_same_statements(
    story: Story, bait: str, count_queries: Counting
) -> None:
    seen = []
    for reference in (story.reference, new_reference(), bait):
        with count_queries() as asked:
            answer = look(Client(REMOTE_ADDR="203.0.113.7"), reference, "2/2/2491")
        page = body(answer).replace(reference.encode(), b"#")
        seen.append(
            (answer.status_code, page, headers(answer), [shape(sql) for sql in asked if not sql.startswith("PREPARE")])
        )
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] == 422


def test_the_code_way_does_not_know_a_bait_either(bait: str, count_queries: Counting) -> None:
    seen = []
    for reference in (new_reference(), bait):
        with count_queries() as asked:
            answer = Client(REMOTE_ADDR="203.0.113.7").post("/track/code/", {"reference": reference})
        seen.append(
            (
                answer.status_code,
                body(answer).replace(reference.encode(), b"#"),
                len([one for one in asked if not one.startswith("PREPARE")]),
            )
        )
    assert seen[0] == seen[1]
    assert Entry.objects.filter(act="access.bait_taken").count() == 1


def test_a_bait_that_is_taken_raises_the_alarm_with_the_network_and_nothing_else(bait: str) -> None:
    look(Client(REMOTE_ADDR="203.0.113.77"), f" {bait.lower()} ", BORN)
    (alarm,) = newest_entries(act="access.bait_taken").entries
    assert alarm.after == {"network": "203.0.113.0/24"}
    assert BaitReference.objects.filter(pk=alarm.subject_id).exists()
    assert not alarm.is_read
    assert "203.0.113.77" not in f"{alarm.why}{alarm.after}{alarm.actor_name}"


def test_an_unknown_number_raises_no_alarm(bait: str, browser: Client) -> None:
    look(browser, new_reference(), BORN)
    assert not Entry.objects.filter(act="access.bait_taken").exists()


def test_whoever_took_a_bait_pays_for_the_next_try_and_so_does_the_network(bait: str) -> None:
    assert look(Client(REMOTE_ADDR="203.0.113.7"), bait, BORN).status_code == 422
    assert look(Client(REMOTE_ADDR="203.0.113.7"), new_reference(), BORN).status_code == 429
    assert look(Client(REMOTE_ADDR="203.0.113.8"), new_reference(), BORN).status_code == 429
    assert look(Client(REMOTE_ADDR="198.51.100.8"), new_reference(), BORN).status_code == 422


def test_a_bait_looks_real_and_is_kept_as_a_hash(bait: str) -> None:
    assert is_valid_reference(bait)
    assert BaitReference.objects.count() == 3
    assert not [row for row in BaitReference.objects.values() if bait in str(row)]


def test_five_thousand_guesses_find_nothing(story: Story) -> None:
    """Each from an address of its own, or a paid try: the limits are not what keeps them out here."""
    from phueng.tracking.letting_in import claimed

    assert claimed(story.reference).is_known
    assert not any(claimed(new_reference()).is_known for _ in range(5000))


def test_a_solved_puzzle_opens_one_try(story: Story, browser: Client) -> None:
    use_up(browser)
    asked = look(browser, story.reference, BORN)
    assert (asked.status_code, asked["Retry-After"]) == (429, "30")
    assert "tracking/puzzle" in asked.content.decode()
    assert f'name="reference" value="{story.reference}"' in asked.content.decode()
    challenge = challenge_in(asked)
    paid = {"challenge": challenge, "solution": solution_of(challenge)}
    assert go_on(browser, new_reference(), BORN, **paid).status_code == 422
    assert go_on(browser, story.reference, BORN, **paid).status_code == 429, "one challenge, one try"


def test_a_puzzle_opens_nothing_when_wrong_late_forged_or_of_another_network(
    story: Story, browser: Client, clock: list[float]
) -> None:
    use_up(browser)
    challenge = challenge_in(look(browser, story.reference, BORN))
    number = solution_of(challenge)
    wrong = next(str(one) for one in count() if not is_solved(challenge, str(one)))
    forged = signing.dumps(["mine", int(clock[0]), "203.0.113.0/24"], salt=SALT, key="another key")
    elsewhere = signing.dumps(["far", int(clock[0]), "198.51.100.0/24"], salt=SALT)
    for said in (
        {"challenge": challenge, "solution": wrong},
        {"challenge": challenge, "solution": ""},
        {"challenge": challenge, "solution": "๑๒"},
        {"challenge": forged, "solution": solution_of(forged)},
        {"challenge": elsewhere, "solution": solution_of(elsewhere)},
        {"challenge": "x", "solution": "1"},
    ):
        assert go_on(browser, story.reference, BORN, **said).status_code == 429, said
    clock[0] += 16 * 60
    assert go_on(browser, story.reference, BORN, challenge=challenge, solution=number).status_code == 429


def test_whoever_has_no_javascript_waits_half_a_minute(story: Story, browser: Client, clock: list[float]) -> None:
    use_up(browser)
    challenge = challenge_in(look(browser, story.reference, BORN))
    clock[0] += 29
    assert go_on(browser, story.reference, BORN, challenge=challenge, solution="").status_code == 429
    clock[0] += 2
    assert go_on(browser, story.reference, BORN, challenge=challenge, solution="").status_code == 302
    assert go_on(browser, story.reference, BORN, challenge=challenge, solution="").status_code == 429


@pytest.mark.parametrize("way", ["computing", "waiting"])
def test_fifty_people_behind_one_address_who_each_slip_once_are_all_served(
    story: Story, clock: list[float], way: str
) -> None:
    """Half of one village behind one connection: each types the wrong day first, then the right one."""
    LimitEvent.objects.all().delete()
    for person in range(50):
        browser = Client(REMOTE_ADDR="203.0.113.9")
        # Each has a request of their own; here one stands for all, and only its own limit is put back.
        for typed, served in ((f"{person % 27 + 2}/3/2491", 422), (BORN, 302)):
            reference = story.reference if served == 302 else new_reference()
            answer = look(browser, reference, typed)
            if answer.status_code == 429:
                challenge = challenge_in(answer)
                if way == "waiting":
                    clock[0] += 31
                solution = solution_of(challenge) if way == "computing" else ""
                answer = go_on(browser, reference, typed, challenge=challenge, solution=solution)
            assert answer.status_code == served, f"person {person}"

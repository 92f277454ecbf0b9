"""Who is at work while processes are killed: people who apply, officers who decide. All through pages, over HTTP."""

import random
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import httpx

from phueng.demo.people import APPROVER, GRANDMOTHER, SOCIAL_WORKER, Citizen, Staff
from tests.stories.answering import Answers, answers_of
from tests.stories.applying import apply
from tests.stories.walking import BrokenPage, Walker
from tests.stories.working import Office

FIRST_NUMBER = 700_000
LETTERS = "กขคงจชดตถทนบปพมยรลวสหอ"


def invented(number: int) -> Citizen:
    """Somebody of their own: number, name, phone, house and account belong to nobody else."""
    digits, word = number, ""
    for _ in range(4):
        digits, place = divmod(digits, len(LETTERS))
        word += LETTERS[place] + "า"
    return replace(
        GRANDMOTHER, key=f"crowd-{number}", number=FIRST_NUMBER + number, first_name="ทดสอบ", last_name=f"แถว{word}",
        born_on=date(1970 + number % 20, 1 + number % 12, 1 + number % 28), phone=f"+6681{number:07d}",
        account=f"98{number:08d}",
    )  # fmt: skip


def registered(person: Citizen) -> dict[str, Any]:
    """This person as the civil register knows them, in a house of their own."""
    born = person.born_on
    return {
        "national_id": person.national_id, "vital_status": "alive", "died": None, "title": person.title,
        "first_name": person.first_name, "last_name": person.last_name,
        "born": f"{born.year + 543}{born.month:02d}{born.day:02d}", "sex": "female", "nationality": "THA",
        "address": {"house_no": str(person.number), "moo": 1, "subdistrict_code": "400101"},
        "house_code": f"409{person.number:08d}", "household_members": [person.national_id],
    }  # fmt: skip


def answers(person: Citizen) -> Answers:
    """Their answers, with their own house number."""
    plain = answers_of(person, household_size={"household_size": "1"})
    return plain | {"stays_at": {**plain["stays_at"], "stays_at.house_no": str(person.number), "stays_at.moo": "1"}}


@dataclass
class Crowd:
    """What everybody did and saw; shared between the threads."""

    url: str
    register_panel: str
    bank_panel: str
    ending: threading.Event = field(default_factory=threading.Event)
    acknowledged: list[str] = field(default_factory=list)
    approved: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    pauses: list[str] = field(default_factory=list)
    gave_up: list[str] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=lambda: list(range(1, 100_000)))

    def new_person(self) -> Citizen:
        """The next person of the crowd; the civil register knows them, and the bank whose account it is."""
        person = invented(self._numbers.pop(0))
        holder = f"{person.first_name} {person.last_name}"
        account = {"bank_code": person.bank_code, "account": person.account, "holder_name": holder, "standing": "open"}
        for panel, known in ((self.register_panel, registered(person)), (self.bank_panel, account)):
            httpx.post(f"{panel}/control", json={"upsert": known}, timeout=20).raise_for_status()
        return person

    def walker(self, leaving: ExitStack) -> Walker:
        """A browser whose holder presses reload for up to a minute."""
        walker = Walker(self.url, patience=60)
        leaving.callback(walker.close)
        leaving.callback(lambda: self.pauses.extend(walker.pauses))
        return walker

    def people(self, seed: int) -> None:
        """One person after the other asks for help, until the end."""
        chance = random.Random(seed)
        while not self.ending.is_set():
            with ExitStack() as leaving:
                self._watched(lambda leaving=leaving: self._one_person(leaving))
            time.sleep(chance.random() * 0.2)

    def _one_person(self, leaving: ExitStack) -> None:
        person = self.new_person()
        reference = apply(self.walker(leaving), "family", answers(person))
        self.acknowledged.append(reference)  # from here on it is a promise

    def officers(self, seed: int) -> None:
        """One request after the other, in any order, as far as it goes."""
        chance = random.Random(seed)
        with ExitStack() as leaving:
            office = self.office(leaving)
            while not self.ending.is_set():
                open_ones = [one for one in self.acknowledged if one not in self.approved]
                if self.approved and chance.random() < 0.3:
                    self._watched(lambda office=office: self.pay(office))
                elif open_ones:
                    reference = chance.choice(open_ones)
                    self._watched(lambda office=office, reference=reference: self.work_on(office, reference))
                else:
                    time.sleep(0.2)

    def office(self, leaving: ExitStack) -> Office:
        """Officers with patient browsers."""

        def come(username: str) -> Walker:
            walker = self.walker(leaving)
            walker.sign_in(username)
            return walker

        return Office(come)

    def work_on(self, office: Office, reference: str) -> None:
        """Do what is offered next; an answer lost in a crash is seen on the page of the case."""
        if self.offered(office, SOCIAL_WORKER, reference, "triage"):
            office.triage(reference, category="known")
        if self.offered(office, SOCIAL_WORKER, reference, "visit"):
            office.visit(reference)
        office.settle(reference)
        if self.offered(office, SOCIAL_WORKER, reference, "recommend"):
            office.recommend(reference, baht="1,000")
        if self.offered(office, APPROVER, reference, "decide"):
            office.decide(reference)
        if (
            "อนุมัติ 1,000 บาท" in office.case(APPROVER, reference).text
            or "อนุมัติแล้ว" in office.case(APPROVER, reference).text
        ):
            self.approved.add(reference)

    def pay(self, office: Office) -> int:
        """Prepare what is due; check and release what somebody left half done. Returns how many steps were taken."""
        steps = 0
        maker = office.sit(office.maker)
        maker.open("/money/")
        if any("/money/due/family/" in link for link in maker.read().links):
            office.prepare("family")
            steps += 1
        maker.open("/money/")
        for number in {link.split("/")[3] for link in maker.read().links if link.startswith("/money/runs/")}:
            for staff, act in ((office.checker, office.approve), (office.releaser, office.release)):
                walker = office.sit(staff)
                walker.open(f"/money/runs/{number}/")
                if any(one.action.endswith(("/approve/", "/draw/", "/release/")) for one in walker.read().forms):
                    act(number)
                    steps += 1
        return steps

    @staticmethod
    def offered(office: Office, staff: Staff, reference: str, act: str) -> bool:
        forms = office.case(staff, reference, act).read().forms
        return any(f"/{act}/" in form.action and form.buttons for form in forms)

    def _watched(self, act: Callable[[], None]) -> None:
        try:
            act()
        except BrokenPage as page:
            self.broken.append(str(page))
        except (AssertionError, TimeoutError) as error:
            self.gave_up.append(str(error)[:300])  # a person who gives up; what was acknowledged must hold all the same

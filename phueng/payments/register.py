"""Is everybody who is about to be paid still alive, and still registered here? The civil register is asked before a run.

An answer may be some hours old (PHUENG_REGISTER_WORD_HOURS); one that is older, or missing, is asked for again, outside
any transaction. While the register is silent the run waits, and says so: nobody is paid because nobody could be asked.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection

from phueng.audit.actions import action, record
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.clock import now
from phueng.entitlements.actions import end
from phueng.entitlements.models import Entitlement
from phueng.gateways.civil_register.contract import NotFound, PartialDate, RegisterAnswer, RegisterUnavailable
from phueng.gateways.civil_register.live import CivilRegister
from phueng.kernel.problems import Refused
from phueng.kernel.thai_dates import in_bangkok
from phueng.payments.gathering import Ready
from phueng.payments.models import Progress, RegisterWord, Run
from phueng.payments.progress import note
from phueng.places.queries import subdistrict_codes_of
from phueng.registry.actions import state_death
from phueng.registry.queries import national_ids_of
from phueng.schemes.catalogue import scheme

ASKING = SYSTEM("payments.ask_register")
_BATCH = 50

# Of these people, who has a number to ask by and no answer since then? A check of their application is an answer too.
_UNHEARD = """
SELECT p.id FROM ({people}) p(id)
WHERE EXISTS (SELECT 1 FROM registry_identifier i
              WHERE i.person_id = p.id AND i.kind = 'national_id' AND NOT i.is_disputed AND i.value IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM payments_registerword w WHERE w.person_id = p.id AND w.asked_at >= %(since)s)
  AND NOT EXISTS (SELECT 1 FROM verification_check c JOIN applications_application a ON a.id = c.application_id
                  WHERE a.person_id = p.id AND c.kind = 'civil_register' AND c.outcome <> 'waiting'
                    AND c.answered_at >= %(since)s)
LIMIT %(most)s"""
_THESE = "SELECT unnest(%(people)s::uuid[])"
_OF_RUN = """SELECT DISTINCT d.person_id FROM entitlements_due d
WHERE d.scheme_code = %(scheme)s AND d.office_code = %(office)s AND d.due_on <= %(on)s
  AND NOT EXISTS (SELECT 1 FROM payments_line l WHERE l.due_id = d.id AND l.returned_at IS NULL AND l.dropped_at IS NULL)"""
_OF_ANY_RUN = """SELECT DISTINCT d.person_id FROM entitlements_due d
WHERE d.fell_due_at >= %(lately)s
  AND NOT EXISTS (SELECT 1 FROM payments_line l WHERE l.due_id = d.id AND l.returned_at IS NULL AND l.dropped_at IS NULL)"""


@dataclass(frozen=True)
class Word:
    """What the register said about one person."""

    person_id: UUID
    standing: str
    reference: str
    said_at: datetime | None
    died_on: date | None = None
    subdistrict_code: str = ""


def is_heard_about(ready: Sequence[Ready], at: datetime) -> bool:
    """Whether the register has spoken lately about everybody of these who can be asked about."""
    if not settings.PHUENG_REGISTER_WORD_HOURS or not ready:
        return True
    return not _unheard(_THESE, at, 1, people=[item.due.person_id for item in ready])


def ask_about_run(run: Run, *, most: int) -> bool:
    """Ask about the next payees of a run that waits; whether everybody has been asked now."""
    if not settings.PHUENG_REGISTER_WORD_HOURS:
        return True
    asked = {"scheme": run.scheme_code, "office": run.office.code, "on": run.effective_on}
    people = _unheard(_OF_RUN, run.prepared_at, most, **asked)
    trouble = _ask(people) if people else ""
    left = _count_unheard(run, **asked) if people else 0
    if people or Progress.objects.filter(run=run, step="ask", ended_at=None).exists():
        wanted = max(run.wanted_count, left)
        note(run.pk, "ask", now(), wanted - left, wanted, trouble=trouble, is_over=left == 0)
    return left == 0


def ask_ahead(*, limit: int = 200) -> int:
    """Ask about those who will be paid soon, so that no maker waits. Returns how many were asked about."""
    if not settings.PHUENG_REGISTER_WORD_HOURS:
        return 0
    at = now()
    people = _unheard(_OF_ANY_RUN, at + timedelta(hours=2), limit, lately=at - timedelta(days=45))
    before = RegisterWord.objects.filter(person__in=people).count()
    _ask(people)
    return RegisterWord.objects.filter(person__in=people).count() - before


def _unheard(people: str, at: datetime, most: int, /, **asked: Any) -> list[UUID]:
    since = at - timedelta(hours=settings.PHUENG_REGISTER_WORD_HOURS)
    with connection.cursor() as cursor:
        asked |= {"since": since, "most": most}
        cursor.execute(_UNHEARD.replace("{people}", people), asked)
        return [row[0] for row in cursor.fetchall()]


def _count_unheard(run: Run, /, **asked: Any) -> int:
    since = run.prepared_at - timedelta(hours=settings.PHUENG_REGISTER_WORD_HOURS)
    with connection.cursor() as cursor:
        everybody = _UNHEARD.replace("{people}", _OF_RUN).replace("LIMIT %(most)s", "")
        cursor.execute(f"SELECT count(*) FROM ({everybody}) unheard", {"since": since} | asked)  # noqa: S608
        return int(cursor.fetchone()[0])


def _ask(people: Collection[UUID]) -> str:
    """Ask one by one; what was said so far is kept even when the register falls silent. Returns why it stopped."""
    numbers = national_ids_of(people)
    heard: list[Word] = []
    seconds = float(settings.PHUENG_CIVIL_REGISTER_SECONDS)
    url, token = settings.PHUENG_CIVIL_REGISTER_URL, settings.PHUENG_CIVIL_REGISTER_TOKEN
    with CivilRegister(url, token, timeout=seconds, deadline=2 * seconds) as register:
        for person_id in people:
            request_id = str(uuid4())
            try:
                answer = register.lookup(
                    numbers[person_id], reason="before a payment", asked_by=ASKING.name, request_id=request_id
                )
            except RegisterUnavailable as silent:
                if silent.kind != "malformed":
                    _keep_words(by=ASKING, at=now(), words=heard)
                    return "register_is_silent"
                # Of this person the register says what nobody can read: they wait for an officer, not everybody else.
                heard.append(Word(person_id, "unknown", "", None))
            else:
                heard.append(_word(person_id, answer))
            if len(heard) == _BATCH:
                _keep_words(by=ASKING, at=now(), words=heard)
                heard = []
    _keep_words(by=ASKING, at=now(), words=heard)
    return ""


def _word(person_id: UUID, answer: RegisterAnswer | NotFound) -> Word:
    if isinstance(answer, NotFound):
        return Word(person_id, "unknown", answer.register_reference, answer.answered_at)
    here = answer.address.subdistrict_code or ""
    if answer.is_alive:
        return Word(person_id, "alive", answer.register_reference, answer.answered_at, None, here)
    died_on = _last_day(answer.died, in_bangkok(answer.answered_at).date())
    return Word(person_id, "dead", answer.register_reference, answer.answered_at, died_on, here)


def _last_day(died: PartialDate | None, known_on: date) -> date:
    """Of a date known in part, the last day it can be: the month of a death is still owed, and never taken in doubt."""
    if died is None:
        return known_on
    if died.month is None:
        last = date(died.year_ce, 12, 31)
    elif died.day is None:
        last = (date(died.year_ce, died.month, 1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    else:
        last = date(died.year_ce, died.month, died.day)
    return min(last, known_on)


@action
def _keep_words(*, by: Actor, at: datetime, words: Sequence[Word]) -> None:
    """Keep what was said, state deaths, and end the allowance of those who are registered elsewhere now."""
    if not words:
        return
    gone = _moved(words)
    RegisterWord.objects.bulk_create(
        RegisterWord(
            person_id=word.person_id,
            standing="moved" if word.person_id in gone else word.standing,
            died_on=word.died_on,
            subdistrict_code=word.subdistrict_code,
            register_reference=word.reference[:80],
            asked_at=at,
            said_at=word.said_at,
        )
        for word in words
    )
    record(
        by=by, at=at, act="payments.ask_register", subject=("register_words", uuid4()),
        after={"asked": len(words), "dead": sum(word.standing == "dead" for word in words), "moved": len(gone)},
    )  # fmt: skip
    for word in words:
        if word.standing == "dead" and word.died_on is not None:
            try:
                state_death(by=by, at=at, source="civil_register", person_id=word.person_id, died_on=word.died_on)
            except Refused:
                continue  # another day of death is on record: the person is dead either way, an officer compares the days
    _end_after_move(by, at, gone)


def _moved(words: Iterable[Word]) -> dict[UUID, list[UUID]]:
    """Person → running monthly entitlements of an authority in whose area the person is not registered any more."""
    living = {
        word.person_id: word.subdistrict_code for word in words if word.standing == "alive" and word.subdistrict_code
    }
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.id, e.person_id, e.scheme_code, o.id FROM entitlements_entitlement e
               JOIN places_office o ON o.code = e.office_code
               WHERE e.person_id = ANY(%s) AND e.kind = 'monthly' AND o.kind = 'municipality'
                 AND NOT EXISTS (SELECT 1 FROM entitlements_ending z WHERE z.entitlement_id = e.id)""",
            [list(living)],
        )
        rows = cursor.fetchall()
    areas = {office_id: subdistrict_codes_of(office_id) for office_id in {row[3] for row in rows}}
    found: dict[UUID, list[UUID]] = {}
    for entitlement_id, person_id, scheme_code, office_id in rows:
        area = areas[office_id]
        if area and living[person_id] not in area and scheme(scheme_code).owner_kind == "municipality":
            found.setdefault(person_id, []).append(entitlement_id)
    return found


def _end_after_move(by: Actor, at: datetime, gone: dict[UUID, list[UUID]]) -> None:
    # The register does not say since when. The month in which it is noticed is paid where the person lives now: paid in
    # both places it would be an overpayment, left out here it is a question that an officer can still answer.
    month = in_bangkok(at).date().replace(day=1)
    for entitlement in Entitlement.objects.filter(pk__in=[one for ids in gone.values() for one in ids]):
        end(
            by=by, at=at, entitlement_id=entitlement.pk, reason_code="move", ends_before=max(month, entitlement.starts_on),
            why="ทะเบียนราษฎรแจ้งว่าย้ายออกจากเขต",
        )  # fmt: skip

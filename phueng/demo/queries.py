"""What do the demo's pages show of the database?"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from phueng.applications.models import Application
from phueng.demo.people import CITIZENS, WITHOUT_ID, Citizen
from phueng.kernel.phones import format_phone
from phueng.notices.models import Message
from phueng.schemes.catalogue import scheme
from phueng.schemes.definition import Scheme

_MOST_PHONES = 6
_MOST_MESSAGES = 8


@dataclass(frozen=True)
class ToldCase:
    """One case of the cast, and what opens its tracking page."""

    citizen: Citizen
    scheme: Scheme
    reference: str
    is_closed: bool


@dataclass(frozen=True)
class PhoneShown:
    """A phone with the messages it got, newest last."""

    number: str
    owner_th: str
    owner_en: str
    messages: tuple[Message, ...]


def told_cases() -> list[ToldCase]:
    """The cases of the cast, in the order of the cast; none when only the foundation was loaded."""
    known = {one.person_id: one for one in CITIZENS if one.is_in_registry}
    sent = Application.objects.filter(submitted_at__isnull=False)
    rows = list(sent.filter(person_id__in=known).order_by("submitted_at"))
    nameless = sent.filter(applicant_name=WITHOUT_ID.name_th, birth_on=WITHOUT_ID.born_on).first()
    cases = [_told(known[row.person_id], row) for row in rows if row.person_id]
    cases += [_told(WITHOUT_ID, nameless)] if nameless else []
    return sorted(cases, key=lambda case: CITIZENS.index(case.citizen))


def _told(one: Citizen, row: Application) -> ToldCase:
    return ToldCase(one, scheme(row.scheme_code), row.reference, row.closed_at is not None)


def phones_with_messages(number: str = "") -> list[PhoneShown]:
    """The phones of the cast and those that got a message last, or the one asked for; two queries."""
    cast = {one.phone: one for one in CITIZENS if one.phone}
    newest = Message.objects.order_by("-queued_at").values_list("to_phone", flat=True)[:_MOST_PHONES]
    wanted = [number] if number else [*cast, *newest]
    grouped: dict[str, list[Message]] = {}
    for message in Message.objects.filter(to_phone__in=wanted).order_by("-queued_at")[:400]:
        grouped.setdefault(message.to_phone, []).append(message)
    shown = [
        PhoneShown(
            format_phone(phone), cast[phone].name_th if phone in cast else "", cast[phone].name_en if phone in cast else "",
            tuple(reversed(messages[:_MOST_MESSAGES])),
        )
        for phone, messages in grouped.items()
    ]  # fmt: skip
    return sorted(shown, key=lambda phone: not phone.owner_th)  # the cast first, each part newest first


def clock_shift() -> timedelta:
    """By how much the demo's clock runs ahead of real time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shift FROM audit_clock_offset WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else timedelta(0)

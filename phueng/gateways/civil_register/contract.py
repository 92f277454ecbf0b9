"""What do we ask the civil register, and what may it answer?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from phueng.kernel.problems import Problem

VitalStatus = Literal["alive", "dead"]
Sex = Literal["male", "female", "unknown"]
Trouble = Literal["timeout", "slow", "refused", "http", "malformed"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or only a year: many older people were registered without a birthday."""

    year_ce: int
    month: int | None = None
    day: int | None = None
    # Before 2484 the Thai year began on 1 April, and registers differ in how they carried January to March
    # over. Such a date may be a year off; an officer looks at it when the age decides.
    is_year_doubtful: bool = False

    @property
    def precision(self) -> Literal["day", "month", "year"]:
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def iso(self) -> str:
        """`1948`, `1948-03` or `1948-03-01`, Christian era."""
        parts = [f"{self.year_ce:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __str__(self) -> str:
        return self.iso


@dataclass(frozen=True, slots=True)
class RegisteredAddress:
    """The address in the house register; the subdistrict by its six-digit official code."""

    house_no: str
    moo: int | None
    subdistrict_code: str


@dataclass(frozen=True, slots=True)
class RegisterAnswer:
    """What the register holds about one person. Personal fields stay out of `repr`, and so out of logs and
    traces."""

    national_id: str = field(repr=False)
    request_id: str
    register_reference: str
    answered_at: datetime
    vital_status: VitalStatus = field(repr=False)
    died: PartialDate | None = field(repr=False)
    title: str = field(repr=False)
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    born: PartialDate = field(repr=False)
    sex: Sex = field(repr=False)
    # Three letters (ISO 3166-1), XXX for "none": a registered fact, never read off a digit of the number.
    nationality: str = field(repr=False)
    address: RegisteredAddress = field(repr=False)
    house_code: str | None = field(repr=False)
    # None when the register keeps the household to itself; never an empty household.
    household_members: tuple[str, ...] | None = field(repr=False)

    @property
    def is_alive(self) -> bool:
        return self.vital_status == "alive"


@dataclass(frozen=True, slots=True)
class NotFound:
    """The register answered properly: it knows nobody under this number."""

    request_id: str
    register_reference: str
    answered_at: datetime


class RegisterUnavailable(Exception):
    """There is no answer that may be believed. The check waits; it never passes on this."""

    def __init__(self, kind: Trouble, detail: str, *, status: int | None = None) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
        self.status = status

    @property
    def problem(self) -> Problem:
        th, en = _SENTENCES[self.kind]
        return Problem(
            f"civil_register.{self.kind}",
            th,
            en,
            "ระบบจะถามใหม่เองเป็นระยะ ไม่ต้องยื่นคำขอใหม่",
            "We keep asking by ourselves. There is no need to apply again.",
        )


_SENTENCES: dict[Trouble, tuple[str, str]] = {
    "timeout": ("ทะเบียนราษฎรไม่ตอบภายในเวลาที่กำหนด", "The civil register did not answer in time."),
    "slow": ("ทะเบียนราษฎรตอบช้าเกินไป", "The civil register answered too slowly."),
    "refused": ("ติดต่อทะเบียนราษฎรไม่ได้", "The civil register could not be reached."),
    "http": ("ทะเบียนราษฎรไม่รับคำถามนี้", "The civil register turned the question away."),
    "malformed": (
        "คำตอบจากทะเบียนราษฎรอ่านไม่ได้หรือไม่ตรงกับคนที่ถาม",
        "The civil register's answer cannot be read, or is not about the person we asked for.",
    ),
}


class CivilRegisterGateway(Protocol):
    """One question about one person, with the reason and the name of whoever asks."""

    def lookup(self, national_id: str, *, reason: str, asked_by: str, request_id: str) -> RegisterAnswer | NotFound: ...

"""How are a run's lines, signatures, postings and troubles put into the components of a page?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse

from phueng.design.pieces import Event
from phueng.design.times import day_text
from phueng.design.wording import current_language, say
from phueng.kernel.bank_accounts import banks
from phueng.payments.approving import StillNeeded
from phueng.payments.problems import TROUBLES
from phueng.payments.waiting import needed_by
from phueng.payments.wording import ROLE_WORDS, reason_words

if TYPE_CHECKING:
    from phueng.ledger.models import Posting
    from phueng.payments.models import BankFile, Line, Run

GROUP = 8


@dataclass(frozen=True)
class Fingerprint:
    """64 hexadecimal digits in groups that an eye can compare; the last four stand out, because they are typed."""

    groups: tuple[str, ...]
    stem: str
    last: str


def fingerprint(hexadecimal: str) -> Fingerprint:
    """Groups of eight; the last group is split into its stem and the last four."""
    groups = [hexadecimal[start : start + GROUP] for start in range(0, len(hexadecimal), GROUP)]
    return Fingerprint(tuple(groups[:-1]), groups[-1][:-4], groups[-1][-4:])


def bank_words(bank_code: str) -> str:
    """The bank's name, or PromptPay."""
    bank = banks().get(bank_code)
    return bank.name(current_language()) if bank else say("พร้อมเพย์", "PromptPay")


@dataclass(frozen=True)
class ShownLine:
    """One payment as the list shows it."""

    number: int
    name: str
    bank: str
    last_digits: str
    amount_satang: int
    reference: str
    outcome: str
    is_returned: bool
    case: str
    case_url: str


def shown_lines(run: "Run", lines: Sequence["Line"], *, may_open_cases: bool) -> list[ShownLine]:
    """The payments of a page of a run, in words, each with the case it goes back to."""
    return [
        ShownLine(
            number=line.number,
            name=line.payee_name,
            bank=bank_words(line.bank_code),
            last_digits=line.last_digits,
            amount_satang=line.amount_satang,
            reference=line.reference,
            outcome=outcome_words(run, line),
            is_returned=line.returned_at is not None,
            case=getattr(line, "case_reference", None) or "",
            case_url=case_url(getattr(line, "case_reference", None)) if may_open_cases else "",
        )
        for line in lines
    ]


def case_url(reference: str | None) -> str:
    """The page of a case, which belongs to a package above; "" where there is none."""
    try:
        return reverse("desk:case", args=[reference]) if reference else ""
    except NoReverseMatch:
        return ""


def books(satang: int) -> str:
    """An amount for the columns of a book: always two decimals, the unit stands above."""
    return f"{satang / 100:,.2f}"


def outcome_words(run: "Run", line: "Line") -> str:
    """What became of a line, in a few words."""
    if line.returned_at:
        return say("คืน: {why}", "Returned: {why}", why=reason_words(line.returned_code))
    if line.paid_at:
        return " ".join(filter(None, (say("เข้าบัญชีแล้ว", "Paid"), day_text(line.settled_on))))
    if line.dropped_at:
        return say("ยกเลิก", "Dropped")
    return say("รอผล", "Waiting") if run.released_at else say("ยังไม่สั่งจ่าย", "Not released yet")


def signatures(run: "Run") -> list[Event]:
    """Who prepared, approved and released a run of runs_for(), and whose signature is still needed."""
    maker = say(run.prepared_by.display_name_th, run.prepared_by.display_name_en)
    events = [Event(title=say("จัดทำ", "Prepared"), at=run.prepared_at, who=maker)]
    for nth, one in enumerate(getattr(run, "signed", []), start=1):
        office = "" if one["office_id"] == str(run.office_id) else say(one["office_th"], one["office_en"])
        events.append(
            Event(
                title=say("อนุมัติ {n}/{of}", "Approved {n}/{of}", n=nth, of=run.approvals_needed),
                at=datetime.fromisoformat(one["at"]),
                who=say(one["name_th"], one["name_en"]),
                body=office,
            )
        )
    if run.abandoned_at:
        return [
            *events,
            Event(title=say("ยกเลิก", "Abandoned"), at=run.abandoned_at, state="stopped", body=run.abandoned_why),
        ]
    needed = needed_by(run)
    if run.frozen_at is None or needed.count:
        words = say("อนุมัติ", "Approvals")
        events.append(Event(title=words, state="waiting", body=needed_words(needed) if needed.count else ""))
    if run.released_at and run.released_by:
        releaser = say(run.released_by.display_name_th, run.released_by.display_name_en)
        return [*events, Event(title=say("สั่งจ่าย", "Released"), at=run.released_at, who=releaser)]
    return [*events, Event(title=say("สั่งจ่าย", "Released"), state="waiting")]


def needed_words(needed: StillNeeded) -> str:
    """How many approvals are missing and from where, in a sentence."""
    if not needed.count:
        return ""
    if needed.must_be_elsewhere:
        return say(
            "ต้องการลายมือชื่ออีก {n} คน จากสำนักงานอื่น", "{n} more approval(s) needed, from another office", n=needed.count
        )
    if needed.from_elsewhere:
        return say(
            "ต้องการลายมือชื่ออีก {n} คน อย่างน้อย {m} คนจากสำนักงานอื่น",
            "{n} more approvals needed, at least {m} from another office",
            n=needed.count,
            m=needed.from_elsewhere,
        )
    return say("ต้องการลายมือชื่ออีก {n} คน", "{n} more approval(s) needed", n=needed.count)


@dataclass
class Moved:
    """One movement of the ledger with its postings."""

    at: datetime
    memo: str
    postings: list[tuple[str, str, bool]] = field(default_factory=list)  # account, amount, is it a credit


def movements(postings: Sequence["Posting"]) -> list[Moved]:
    """Postings gathered by movement, in their order."""
    found: dict[Any, Moved] = {}
    for posting in postings:
        moved = found.setdefault(posting.movement_id, Moved(posting.movement.moved_at, posting.movement.memo))
        satang = posting.amount_satang
        moved.postings.append((say(*ROLE_WORDS[posting.account.role]), books(abs(satang)), satang < 0))
    return list(found.values())


def troubles(files: Sequence["BankFile"]) -> list[dict[str, Any]]:
    """What is wrong with whole files: open ones first."""
    found = [
        {
            "id": trouble.pk,
            "file": file.name,
            "title": say(*TROUBLES[trouble.code][:2]),
            "next": say(*TROUBLES[trouble.code][2:]),
            "said": [say(reason["th"], reason["en"]) for reason in trouble.said[:10]],
            "noted_at": trouble.noted_at,
            "settled_at": trouble.settled_at,
            "settled_by": trouble.settled_by_name,
            "settled_why": trouble.settled_why,
        }
        for file in files
        for trouble in file.troubles.all()
    ]
    return sorted(found, key=lambda trouble: trouble["settled_at"] is not None)

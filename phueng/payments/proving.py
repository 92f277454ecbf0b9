"""Who proves the day, and keeps what was found? The worker every night; a finance officer when something was put right."""

import hashlib
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import translation

from phueng.audit.actions import action
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.clock import now
from phueng.documents.actions import ask_for_letter
from phueng.documents.queries import letter_of
from phueng.kernel.money import format_amount
from phueng.kernel.thai_dates import in_bangkok
from phueng.ledger.actions import record_proof, sign_proof
from phueng.ledger.models import DailyProof
from phueng.ledger.queries import latest_proof, unsigned_proofs
from phueng.payments.proof import Proof, prove
from phueng.payments.proof_wording import difference_words, fund_words
from phueng.payments.signing import key_id, sign
from phueng.places.identity import HEADQUARTERS_CODE

LETTER = "payments/daily_proof"
SHOWN_ON_PAPER = 60


@action
def keep_proof(*, by: Actor, at: datetime, on: date) -> DailyProof:
    """Prove a day for all offices and for each office in which money moved; each gets its PDF."""
    proof = prove(on)
    whole = _keep(by, at, proof, "")
    moved = {day.fund.office_code for day in proof.funds} | {one.office_code for one in proof.differences}
    for office_code in sorted(moved - {""}):
        _keep(by, at, proof.of_office(office_code), office_code)
    return whole


def _keep(by: Actor, at: datetime, proof: Proof, office_code: str) -> DailyProof:
    with translation.override("th"):  # the paper is Thai, whoever asked for it
        said = _said_on_paper(proof, office_code)
    kept = record_proof(
        by=by, at=at, on=proof.on, office_code=office_code, figures=proof.as_json(), findings=proof.differences
    )
    ask_for_letter(
        by=by,
        at=at,
        kind=LETTER,
        subject=("proof", kept.pk),
        office_code=office_code or HEADQUARTERS_CODE,
        language="th",
        context=said
        | {
            "proved_at": kept.proved_at.isoformat(),
            "proved_by": kept.proved_by_name,
            "round": kept.round,
            "figures_sha256": kept.sha256,
        },
    )
    return kept


def _said_on_paper(proof: Proof, office_code: str) -> dict[str, Any]:
    """Plain values: the template shows them as they are."""
    return {
        "proved_on": proof.on.isoformat(),
        "office": office_code,
        "is_even": proof.is_proved,
        "difference_count": len(proof.differences),
        "differences": [
            {"words": difference_words(one.code), "fund": one.fund_code, "about": one.about}
            | {name: "" if satang is None else format_amount(satang) for name, satang in _sums(asdict(one)).items()}
            for one in proof.differences[:SHOWN_ON_PAPER]
        ],
        "funds": [
            {"fund": fund_words(day.fund), "office": day.fund.office_code, "is_even": day.is_even}
            | {name: format_amount(value) for name, value in asdict(day).items() if isinstance(value, int)}
            for day in proof.funds[:400]
        ],
    }


def _sums(found: dict[str, Any]) -> dict[str, int | None]:
    return {"expected": found["expected_satang"], "found": found["found_satang"]}


def prove_days(*, limit: int = 20) -> int:
    """Prove yesterday when nobody did, then sign PDFs that have been made since."""
    at = now()
    yesterday = in_bangkok(at).date() - timedelta(days=1)
    by, done = SYSTEM("payments.prove_days"), 0
    if latest_proof(yesterday) is None:
        keep_proof(by=by, at=at, on=yesterday)
        done = 1
    for proof in unsigned_proofs()[:limit]:
        done += _sign(by, at, proof)
    return done


def _sign(by: Actor, at: datetime, proof: DailyProof) -> int:
    letter = letter_of(LETTER, proof.pk)
    if letter is None or letter.file is None:
        return 0
    sha256 = hashlib.sha256(bytes(letter.file.content)).hexdigest()
    sign_proof(by=by, at=at, proof_id=proof.pk, pdf_sha256=sha256, signature=sign(sha256), key_id=key_id())
    return 1

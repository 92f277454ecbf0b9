"""How is a daily proof kept, and its PDF signed?"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.canonical import canonical_json
from phueng.ledger.models import DailyProof, ProofFinding


@dataclass(frozen=True)
class Found:
    """One thing that does not agree. `about` names the line, run or movement."""

    code: str
    office_code: str = ""
    fund_code: str = ""
    expected_satang: int | None = None
    found_satang: int | None = None
    about: str = ""
    subject_kind: str = ""
    subject_id: UUID | None = None


@action
def record_proof(
    *, by: Actor, at: datetime, on: date, office_code: str, figures: dict[str, Any], findings: Sequence[Found]
) -> DailyProof:
    """Keep the proof of a day as its next round. The same figures again: the round that is there."""
    sha256 = hashlib.sha256(canonical_json(figures)).hexdigest()
    with connection.cursor() as cursor:  # two who prove one day at once wait for each other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7031))", [f"{on}/{office_code}"])
    rounds = DailyProof.objects.filter(on=on, office_code=office_code)
    latest = rounds.order_by("-round").first()
    if latest is not None and latest.sha256 == sha256 and latest.difference_count == len(findings):
        return latest
    proof = DailyProof.objects.create(
        on=on,
        office_code=office_code,
        round=(rounds.aggregate(last=Max("round"))["last"] or 0) + 1,
        proved_at=at,
        proved_by_name=by.name,
        is_proved=not findings,
        difference_count=len(findings),
        figures=figures,
        sha256=sha256,
    )
    ProofFinding.objects.bulk_create(
        ProofFinding(
            proof=proof,
            number=number,
            code=one.code,
            office_code=one.office_code,
            fund_code=one.fund_code[:80],
            expected_satang=one.expected_satang,
            found_satang=one.found_satang,
            about=one.about[:200],
            subject_kind=one.subject_kind,
            subject_id=one.subject_id,
        )
        for number, one in enumerate(findings, start=1)
    )
    said = {"on": on.isoformat(), "office": office_code, "round": proof.round, "differences": len(findings)}
    record(by=by, at=at, act="ledger.record_proof", subject=("proof", proof.pk), after=said | {"sha256": sha256})
    return proof


@action
def sign_proof(*, by: Actor, at: datetime, proof_id: UUID, pdf_sha256: str, signature: str, key_id: str) -> DailyProof:
    """Keep the detached signature of the proof's PDF, once."""
    proof = DailyProof.objects.select_for_update().get(pk=proof_id)
    if proof.signed_at is not None:
        return proof
    proof.pdf_sha256, proof.pdf_signature, proof.key_id, proof.signed_at = pdf_sha256, signature, key_id, at
    proof.save(update_fields=["pdf_sha256", "pdf_signature", "key_id", "signed_at"])
    record(by=by, at=at, act="ledger.sign_proof", subject=("proof", proof.pk), after={"sha256": pdf_sha256})
    return proof

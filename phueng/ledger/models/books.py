"""Where is every satang, and by which movement did it get there?"""

import uuid

from django.db import models

from phueng.kernel.privacy import privacy
from phueng.ledger.sources import BUDGET, SOURCES

BUDGET_ROLES = ("allotted", "available", "reserved", "committed", "disbursed", "carried", "lapsed")
CASH_ROLES = ("treasury", "bank", "transit", "grants", "suspense")


class LedgerAccount(models.Model):
    """One account of the double-entry ledger: a scheme, source of fund and office in a fiscal year, in one role.

    Budget roles follow the money's promise: allotted → available → reserved (approved) → committed (in a run) →
    disbursed; at the year's end carried (into the next year) or lapsed. Cash roles follow the money itself:
    treasury → bank → transit → grants; suspense holds what nobody could explain yet. Balances are sums of postings;
    debit is positive.
    """

    PRIVACY = privacy(public="id code role fiscal_year scheme_code source office_code may_go_below_zero opened_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=80, unique=True)
    role = models.CharField(max_length=20)
    fiscal_year = models.PositiveSmallIntegerField()
    scheme_code = models.CharField(max_length=40)
    source = models.CharField(max_length=20, default=BUDGET, db_default=BUDGET)
    office_code = models.CharField(max_length=20)
    may_go_below_zero = models.BooleanField(default=True)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "scheme_code", "source", "office_code", "role"],
                name="one_ledger_account_per_role",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=(*BUDGET_ROLES, *CASH_ROLES)), name="ledger_account_role_is_known"
            ),
            models.CheckConstraint(condition=models.Q(source__in=tuple(SOURCES)), name="ledger_source_is_known"),
            models.CheckConstraint(
                condition=models.Q(may_go_below_zero=True)
                | models.Q(role__in=("available", "reserved", "committed", "transit")),
                name="guarded_ledger_accounts_are_promises",
            ),
        ]


class Movement(models.Model):
    """One balanced set of postings; `key` makes repeating it harmless."""

    PRIVACY = privacy(
        public="id key memo moved_at reverses subject_kind subject_id xid", personal="moved_by_id moved_by_name"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    memo = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    moved_at = models.DateTimeField()
    moved_by_id = models.UUIDField(null=True)
    moved_by_name = models.CharField(max_length=200)
    xid = models.BigIntegerField(
        default=0, editable=False, help_text="the transaction it was born in; set by the database"
    )
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["subject_id"]), models.Index(fields=["moved_at"])]
        constraints = [models.CheckConstraint(condition=~models.Q(key=""), name="movement_has_a_key")]


class Posting(models.Model):
    """One side of a movement: debit positive, credit negative, in satang."""

    PRIVACY = privacy(public="id movement account amount_satang")

    id = models.BigAutoField(primary_key=True)
    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="+")
    amount_satang = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount_satang=0), name="posting_is_not_zero"),
            models.UniqueConstraint(fields=["movement", "account"], name="one_posting_per_account_in_a_movement"),
        ]

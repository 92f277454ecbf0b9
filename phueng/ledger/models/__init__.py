"""Accounts and movements; who asked for budget to be given, moved or carried over; which days were proved."""

from phueng.ledger.models.books import BUDGET_ROLES, CASH_ROLES, LedgerAccount, Movement, Posting
from phueng.ledger.models.budgets import BudgetApproval, BudgetPlan, BudgetTransfer, CarryOver, PlannedAllotment
from phueng.ledger.models.proofs import DailyProof, ProofFinding

__all__ = [
    "BUDGET_ROLES",
    "CASH_ROLES",
    "BudgetApproval",
    "BudgetPlan",
    "BudgetTransfer",
    "CarryOver",
    "DailyProof",
    "LedgerAccount",
    "Movement",
    "PlannedAllotment",
    "Posting",
    "ProofFinding",
]

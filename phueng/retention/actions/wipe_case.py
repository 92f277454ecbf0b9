"""The day has come on which what people told us about a case must go."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.applications.models import Application, Wiping
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.decisions.models import Appeal, Decision
from phueng.documents.actions import expire_evidence, wipe_letters
from phueng.documents.models import Evidence
from phueng.retention.columns import LETTINGS, Letting
from phueng.retention.due import DueCase
from phueng.verification.models import Visit


@action
def wipe_case(*, by: Actor, at: datetime, case: DueCase) -> bool:
    """Blank everything that is let go, in one transaction. Wiped before: nothing happens, and False.

    The database refuses when the case is open or its time is not over. Files go first, by their own rule.
    """
    application = Application.objects.select_for_update(of=("self",)).get(pk=case.application_id)
    if Wiping.objects.filter(application=application).exists():
        return False
    # First of all: the guards of frozen rows look for it.
    Wiping.objects.create(application=application, last_act_on=case.last_act_on, last_day=case.last_day, wiped_at=at)
    ids = _ids_of(application)
    for one in Evidence.objects.filter(subject_id__in=ids["subjects"]).values_list("pk", flat=True):
        expire_evidence(by=by, at=at, evidence_id=one)
    wipe_letters(by=by, at=at, subject_ids=ids["subjects"])
    rows = {letting.model._meta.db_table: _let_go(letting, ids) for letting in LETTINGS}
    record(
        by=by,
        at=at,
        act="retention.wipe_case",
        subject=("application", application.pk),
        after={"last_act_on": case.last_act_on, "last_day": case.last_day, "rows": rows},
    )
    return True


def _ids_of(application: Application) -> Mapping[str, Any]:
    visits = dict(Visit.objects.filter(application=application).values_list("pk", "sheet_id"))
    decisions = list(Decision.objects.filter(application=application).values_list("pk", flat=True))
    appeals = list(Appeal.objects.filter(decision_id__in=decisions).values_list("pk", flat=True))
    sheets: list[UUID] = [application.sheet_id, *visits.values()]
    return {"case": application.pk, "sheets": sheets, "subjects": [application.pk, *visits, *decisions, *appeals]}


def _let_go(letting: Letting, ids: Mapping[str, Any]) -> int:
    column, which = letting.found_by
    rows = letting.model._default_manager.filter(letting.only, **{column: ids[which]})
    return rows.delete()[0] if letting.is_deleted else rows.update(**letting.becomes)

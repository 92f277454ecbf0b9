"""Who makes the files that were asked for, and who throws them away? The worker.

A file is written to a folder that is gone afterwards, row by row, then sealed into the database: no spreadsheet of
payees lies open anywhere. It holds what its asker may see at that moment; whoever lost the duty gets nothing.
"""

import hashlib
import tempfile
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from phueng.access.queries import account_by_id
from phueng.access.sealed import seal, unseal
from phueng.access.viewers import Viewer, viewer_of
from phueng.audit.actions import action, record
from phueng.audit.actors import SYSTEM, Actor
from phueng.audit.clock import now
from phueng.documents.lettering import paper_as_pdf
from phueng.payments.actions.ask_export import MOST_ALONE
from phueng.payments.exports import WRITERS, Cell, Maker, cells_of, title_of
from phueng.payments.models import Export
from phueng.payments.registers import REGISTERS, Asked, OpenRegister, open_register

TEMPLATE = "payments/register_paper.html"
_READY = Q(made_at=None, trouble="", dropped_at=None) & (Q(needs_approval=False) | Q(approved_at__isnull=False))


def make_exports(*, limit: int = 3) -> int:
    """Make what waits, one at a time, and drop what is over."""
    by, done = SYSTEM("payments.make_exports"), 0
    for _ in range(limit):
        if not make_next_export(by=by, at=now()):
            break
        done += 1
    return done + drop_old_exports(by=by, at=now())


@action
def make_next_export(*, by: Actor, at: datetime) -> bool:
    """Make the oldest that waits; False when none does. Killed half way it is made anew: nothing was kept."""
    waiting = Export.objects.select_for_update(skip_locked=True, of=("self",)).filter(_READY, expires_at__gt=at)
    export = waiting.order_by("asked_at").first()
    if export is None:
        return False
    opened = _opened(export)
    if opened is None:
        export.trouble = "not_your_duty"
    elif not _is_as_asked(export, opened):
        export.trouble = "rows_changed"
    else:
        _make(export, opened, at)
    export.save()
    after = {"rows": export.row_count, "sha256": export.sha256, "trouble": export.trouble}
    record(by=by, at=at, act="payments.make_export", subject=("export", export.pk), after=after)
    return True


@action
def drop_old_exports(*, by: Actor, at: datetime) -> int:
    """What is older than its day is emptied; that it was there, and for whom, stays."""
    over = Export.objects.filter(expires_at__lte=at, dropped_at=None).defer("sealed")
    ids = list(over.values_list("pk", flat=True)[:100])
    for export in Export.objects.select_for_update(of=("self",)).filter(pk__in=ids).defer("sealed"):
        export.sealed, export.dropped_at = None, at
        export.save(update_fields=["sealed", "dropped_at"])
        record(by=by, at=at, act="payments.drop_export", subject=("export", export.pk))
    return len(ids)


def content_of_export(export: Export) -> bytes:
    """The file, opened."""
    content = unseal(bytes(export.sealed or b""))
    if hashlib.sha256(content).hexdigest() != export.sha256:
        raise ValueError(f"export {export.pk} is not what was made")
    return content


def paper_context(opened: OpenRegister, maker: Maker) -> dict[str, Any]:
    """What the template of the paper draws."""
    columns, totals = opened.register.columns, opened.totals()
    with translation.override(maker.language):
        return {
            "register": opened.register,
            "title": title_of(opened),
            "columns": columns,
            "rows": [
                [cell for cell in cells_of(columns, row[1:], maker.language) if cell.kind != "iso"]  # one day is enough
                for row in opened.each()
            ],
            "totals": [Cell(column.kind, number=totals.get(column.code)) for column in columns],
            "watermark": maker.watermark(),
        }


def _opened(export: Export) -> OpenRegister | None:
    account = account_by_id(export.asked_by_id)
    if account is None:
        return None
    viewer: Viewer = viewer_of(account)
    opened = open_register(REGISTERS[export.register], viewer, Asked(**export.asked))
    # What the second person looked at was rows of these offices.
    is_wider = export.office_codes is not None and (
        opened.offices is None or not opened.offices.issubset(export.office_codes)
    )
    return None if is_wider or opened.offices == frozenset() else opened


def _is_as_asked(export: Export, opened: OpenRegister) -> bool:
    """Few rows stay few: an approval that was not needed is not saved by waiting."""
    return export.needs_approval or opened.count() <= MOST_ALONE


def _make(export: Export, opened: OpenRegister, at: datetime) -> None:
    maker = Maker(export.asked_by_name, at, export.language, export.purpose, export.approved_by_name)
    with tempfile.TemporaryFile() as file, transaction.atomic():
        export.row_count = _write(export.layout, file, opened, maker)
        file.seek(0)
        content = file.read()
    export.made_at, export.size = at, len(content)
    export.sha256, export.sealed = hashlib.sha256(content).hexdigest(), seal(content)


def _write(layout: str, file: IO[bytes], opened: OpenRegister, maker: Maker) -> int:
    if layout != "pdf":
        return WRITERS[layout](file, opened, maker).rows
    context = paper_context(opened, maker)
    file.write(paper_as_pdf(TEMPLATE, context, maker.language))
    return len(context["rows"])

"""Which files did the approved runs of the mass become, and which of them have left?"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db import connection

from phueng.demo.mass.runs import PlannedRun
from phueng.payments.files import chunks_of, digest_of, fingerprint, header_of, opened
from phueng.payments.models import BankFile, FileChunk, Line, Run
from phueng.payments.rendering import Header, Place, name_of, renderer_of
from phueng.payments.signing import key_id, sign


def write_files(runs: list[PlannedRun]) -> None:
    """Records and intents of every approved run, derived as at any approval."""
    planned = {run.id: run for run in runs if run.checked_at is not None}
    lines: dict[UUID, list[Line]] = {run_id: [] for run_id in planned}
    for line in Line.objects.filter(run_id__in=planned).order_by("run_id", "number"):
        lines[line.run_id].append(line)
    chunks: list[FileChunk] = []
    files: list[BankFile] = []
    for run in Run.objects.filter(pk__in=planned).select_related("office"):
        header = header_of(run)
        rendered = list(chunks_of(run, header, lines[run.pk]))
        chunks += rendered
        files += _intents(run, header, rendered, planned[run.pk])
    FileChunk.objects.bulk_create(chunks, batch_size=500)
    BankFile.objects.bulk_create(files, batch_size=500)
    _say_written(files, planned.values())


def _intents(run: Run, header: Header, chunks: Iterable[FileChunk], planned: PlannedRun) -> Iterator[BankFile]:
    for (product, part), some in groupby(chunks, key=attrgetter("product", "part")):
        records, place = list(some), Place(product, part)
        count, total = sum(chunk.line_count for chunk in records), sum(chunk.total_satang for chunk in records)
        renderer = renderer_of(run, header, place)
        pieces = [renderer.opening(count, total), *map(opened, records), renderer.closing()]
        yield BankFile(
            run=run, product=product, part=part, name=name_of(run, place), layout_version=str(header["layout"]),
            sha256=fingerprint(pieces), line_count=count, total_satang=total, lines_root=run.lines_root,
            header=dict(header), intended_at=planned.checked_at or planned.prepared_at,
        )  # fmt: skip


def _say_written(files: Iterable[BankFile], runs: Iterable[PlannedRun]) -> None:
    names: dict[UUID, dict[str, str]] = {}
    for file in files:
        names.setdefault(file.run_id, {})[file.name] = file.sha256
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE payments_run SET written_at = %s, files_digest = %s WHERE id = %s",
            [(run.checked_at, digest_of(names[run.id]), run.id) for run in runs],
        )


def sign_files(runs: list[PlannedRun]) -> None:
    """The files of released runs are signed; those that were not answered yet are left for the worker to send."""
    released = {run.id: run for run in runs if run.released_at is not None}
    files = BankFile.objects.filter(run_id__in=released).values_list("pk", "run_id", "sha256")
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE payments_bankfile SET signature = %s, key_id = %s, signed_at = %s, sent_at = %s WHERE id = %s",
            [
                (sign(sha256), key_id(), released[run_id].released_at, _sent_at(released[run_id]), file_id)
                for file_id, run_id, sha256 in files
            ],
        )


def _sent_at(run: PlannedRun) -> datetime | None:
    return run.released_at if run.answered_at else None

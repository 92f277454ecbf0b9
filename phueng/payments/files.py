"""Which files does a run become, byte for byte the same each time they are derived?

Records are rendered when their lines are frozen and kept in chunks; a file is its opening, its chunks and its closing.
What a file says about us (account, sender, who certified) is taken from the settings once and kept with the file:
settings change, a file that was intended does not.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from phueng.access.sealed import seal, unseal
from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.gateways.faults import FileRefused
from phueng.kernel.bank_accounts import KRUNGTHAI
from phueng.kernel.problems import Refused
from phueng.payments import problems
from phueng.payments.freezing import lines_in_order
from phueng.payments.models import BankFile, FileChunk, Line, Progress, Run
from phueng.payments.rendering import (
    PRODUCTS,
    WRITTEN_LATE,
    Header,
    Place,
    by_product,
    header_of,
    most_lines,
    name_of,
    renderer_of,
)
from phueng.payments.signing import is_ours, key_id, sign

__all__ = [
    "chunks_of",
    "content_of",
    "file_bytes",
    "header_of",
    "intend_files",
    "is_as_intended",
    "lines_in",
    "sign_files",
    "write_chunks",
]

_PIECE = 2000  # lines of which the records are held at once while a file is derived again


@dataclass(frozen=True)
class Part:
    """One file of a run as its chunks add up."""

    place: Place
    count: int
    total_satang: int


# ------------------------------------------------------------------------------------------------------------ chunks


def chunks_of(
    run: Run, header: Header, lines: Sequence[Line], before: Mapping[str, int] | None = None
) -> Iterator[FileChunk]:
    """Render these lines into chunks; `before` says how many lines of each product the run has in chunks already.

    Raises FileRefused when a line does not fit the layout.
    """
    most = most_lines(header)
    for product, waiting in by_product(run.pay_route, lines).items():
        offset = (before or {}).get(product, 0)
        while waiting:
            part, within = divmod(offset, most) if most else (0, offset)
            some = waiting[: most - within] if most else waiting
            waiting = waiting[len(some) :]
            offset += len(some)
            content = renderer_of(run, header, Place(product, part + 1)).records(some, within + 1)
            yield FileChunk(
                run_id=run.pk,
                product=product,
                part=part + 1,
                number=within + 1,
                first_line=some[0].number,
                line_count=len(some),
                total_satang=sum(line.amount_satang for line in some),
                sha256=hashlib.sha256(content).hexdigest(),
                sealed=seal(zlib.compress(content, 1)),
            )


def write_chunks(run: Run, header: Header, lines: Sequence[Line]) -> None:
    """Keep the records of the next lines of a run."""
    counted = FileChunk.objects.filter(run=run).values_list("product").annotate(lines=Sum("line_count"))
    FileChunk.objects.bulk_create(chunks_of(run, header, lines, dict(counted)))


def opened(chunk: FileChunk) -> bytes:
    """The records of a chunk. ValueError when they are not those that were rendered."""
    content = zlib.decompress(unseal(bytes(chunk.sealed)))
    if hashlib.sha256(content).hexdigest() != chunk.sha256:
        raise ValueError(f"chunk {chunk.pk} does not hold what was rendered")
    return content


# ------------------------------------------------------------------------------------------------------------- intent


def intend_files(*, by: Actor, at: datetime, run: Run, header: Header | None = None) -> list[BankFile]:
    """Store the intent of every file of an approved run: name, count, sum, fingerprint; nothing is signed or sent.

    `header` is what the records were rendered with (None: as it was kept when they were). Repeating it goes on where it
    was cut off. Refused(line_does_not_fit).
    """
    if run.pay_route in WRITTEN_LATE:
        header = header_of(run)
    elif header is None:
        header = header_kept(run)
    _render_missing(by=by, at=at, run=run, header=header)
    files = [_intend(by=by, at=at, run=run, header=header, part=part) for part in _parts(run)]
    return _add_up(by=by, at=at, run=run, files=files)


def header_kept(run: Run) -> Header:
    """What the records of the run were rendered with."""
    gathering = Progress.objects.filter(run=run, step="gather").first()
    kept: Header | None = gathering.place.get("header") if gathering else None
    return header_of(run) if kept is None else kept


@action
def _render_missing(*, by: Actor, at: datetime, run: Run, header: Header) -> None:
    if FileChunk.objects.filter(run=run).exists():
        return
    try:
        for lines in lines_in_order(run, size=5000):
            write_chunks(run, header, lines)
    except FileRefused as refused:
        raise as_problem(refused) from refused
    record(by=by, at=at, act="payments.render_files", subject=("run", run.pk))


@action
def _intend(*, by: Actor, at: datetime, run: Run, header: Header, part: Part) -> BankFile:
    place = part.place
    known = BankFile.objects.filter(run=run, product=place.product, part=place.part).first()
    if known is not None:
        return known
    file = BankFile(
        run=run,
        product=place.product,
        part=place.part,
        name=name_of(run, place),
        layout_version=str(header["layout"]),
        line_count=part.count,
        total_satang=part.total_satang,
        lines_root=run.lines_root,
        header=dict(header),
        intended_at=at,
    )
    try:
        file.sha256 = fingerprint(file_bytes(file))
    except FileRefused as refused:
        raise as_problem(refused) from refused
    file.save(force_insert=True)
    after = {"name": file.name, "sha256": file.sha256, "lines": file.line_count}
    record(by=by, at=at, act="payments.intend_file", subject=("run", run.pk), after=after)
    return file


@action
def _add_up(*, by: Actor, at: datetime, run: Run, files: list[BankFile]) -> list[BankFile]:
    run.written_at, run.files_digest = at, digest_of({file.name: file.sha256 for file in files})
    run.save(update_fields=["written_at", "files_digest"])
    after = {"files": {file.name: file.sha256 for file in files}, "digest": run.files_digest}
    record(by=by, at=at, act="payments.write_files", subject=("run", run.pk), after=after)
    return files


def digest_of(fingerprints: Mapping[str, str]) -> str:
    """The fingerprint that a releaser types the end of: of one file its own, of several that of their list."""
    if len(fingerprints) == 1:
        return next(iter(fingerprints.values()))
    listed = "".join(f"{name}:{sha256}\n" for name, sha256 in sorted(fingerprints.items()))
    return hashlib.sha256(listed.encode("ascii")).hexdigest()


def _parts(run: Run) -> list[Part]:
    rows = (
        FileChunk.objects.filter(run=run)
        .values_list("product", "part")
        .annotate(count=Sum("line_count"), total=Sum("total_satang"))
    )
    return [
        Part(Place(product, part), count, total) for product, part, count, total in rows.order_by("product", "part")
    ]


def sign_files(run: Run, at: datetime) -> list[BankFile]:
    """Sign every file of a run that is being released. The caller records it."""
    files = list(run.files.order_by("product", "part"))
    for file in files:
        file.signature, file.key_id, file.signed_at = sign(file.sha256), key_id(), at
        file.save(update_fields=["signature", "key_id", "signed_at"])
    return files


def as_problem(refused: FileRefused) -> Refused:
    """The first reason why a file cannot be written, for a person."""
    first = refused.refusals[0]
    return Refused(problems.line_does_not_fit(first.reference, first.problem))


# -------------------------------------------------------------------------------------------------------------- bytes


def file_bytes(file: BankFile) -> Iterator[bytes]:
    """The file, piece by piece, from its chunks."""
    renderer = _renderer(file)
    yield renderer.opening(file.line_count, file.total_satang)
    chunks = FileChunk.objects.filter(run_id=file.run_id, product=file.product, part=file.part)
    for chunk_id in list(chunks.order_by("number").values_list("pk", flat=True)):
        yield opened(FileChunk.objects.get(pk=chunk_id))
    yield renderer.closing()


def content_of(file: BankFile) -> bytes:
    """The file whole, for one that is small enough to be shown or compared in a test."""
    return b"".join(file_bytes(file))


def derived_bytes(file: BankFile) -> Iterator[bytes]:
    """The file, piece by piece, written anew from the frozen lines; no stored byte of it is asked."""
    renderer, first = _renderer(file), 1
    yield renderer.opening(file.line_count, file.total_satang)
    for lines in _in_pieces(lines_in(file)):
        yield renderer.records(lines, first)
        first += len(lines)
    yield renderer.closing()


def is_as_intended(file: BankFile) -> bool:
    """Whether the file is signed by us, and both its stored records and its frozen lines give what was intended."""
    if not is_ours(file.sha256, file.signature):
        return False
    try:
        return fingerprint(derived_bytes(file)) == file.sha256 == fingerprint(file_bytes(file))
    except (FileRefused, ValueError):
        return False  # a line that was tampered with may not even fit the layout any more


def lines_in(file: BankFile) -> QuerySet[Line]:
    """The lines that belong into this file, in their order; worked out from the lines alone."""
    lines = Line.objects.filter(run_id=file.run_id).order_by("number")
    if len(PRODUCTS[file.run.pay_route]) > 1:
        is_first = file.product == PRODUCTS[file.run.pay_route][0]
        lines = lines.filter(bank_code=KRUNGTHAI) if is_first else lines.exclude(bank_code=KRUNGTHAI)
    most = most_lines(_header(file))
    if most is None:
        return lines
    start = (file.part - 1) * most
    ends = list(lines.values_list("number", flat=True)[start : start + 1])
    after = list(lines.values_list("number", flat=True)[start + most : start + most + 1])
    lines = lines.filter(number__gte=ends[0]) if ends else lines.none()
    return lines.filter(number__lt=after[0]) if after else lines


def fingerprint(pieces: Iterable[bytes]) -> str:
    """SHA-256 of what comes piece by piece."""
    sha = hashlib.sha256()
    for piece in pieces:
        sha.update(piece)
    return sha.hexdigest()


def _in_pieces(lines: QuerySet[Line]) -> Iterator[list[Line]]:
    after = 0
    while some := list(lines.filter(number__gt=after)[:_PIECE]):
        yield some
        after = some[-1].number


def _header(file: BankFile) -> Mapping[str, Any]:
    return file.header or header_of(file.run)


def _renderer(file: BankFile) -> Any:
    return renderer_of(file.run, _header(file), Place(file.product, file.part))

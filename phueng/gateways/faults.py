"""What is wrong with a file from outside, and where exactly?"""

from __future__ import annotations

from dataclasses import dataclass

from phueng.kernel.problems import Problem

# A file that is wrong everywhere (another encoding, another layout) would give thousands of equal complaints.
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class FileFault:
    """One deviation. Lines and columns count from 1; line 0 means the file as a whole."""

    line: int
    column_from: int
    column_to: int
    field: str
    found: str
    expected: str
    th: str
    en: str

    def __str__(self) -> str:
        where = f"line {self.line}, columns {self.column_from}-{self.column_to}" if self.line else "file"
        return f"{where}: {self.en}"


class FileUnreadable(Exception):
    """The file deviates from its layout; nothing in it may be believed."""

    def __init__(self, faults: tuple[FileFault, ...]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults[:5]) or "unreadable file")
        self.faults = faults


def whole_file_fault(th: str, en: str, *, found: str = "", expected: str = "", field: str = "") -> FileFault:
    """A fault that belongs to no single line."""
    return FileFault(0, 0, 0, field, found, expected, th, en)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one line (or, with an empty reference, the run) cannot be written."""

    reference: str
    field: str
    problem: Problem


class FileRefused(Exception):
    """No file was written. Every reason is told at once, so that one correction round is enough."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__("; ".join(f"{one.reference or 'file'}: {one.problem.en}" for one in refusals[:5]))
        self.refusals = refusals

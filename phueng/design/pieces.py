"""What must a page hand over for a component to be drawn?

Small frozen records, so that a page builder sees in one place what a summary, a timeline or a table
needs. Texts in them are already in the language of the reader (`wording.say`) or lazily so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

# The words of each state. Colour and icon never stand without the word.
STATES: dict[str, tuple[str, str, str]] = {
    "done": ("เสร็จแล้ว", "Done", "check"),
    "waiting": ("กำลังรอ", "Waiting", "clock"),
    "late": ("เกินกำหนด", "Late", "alert"),
    "stopped": ("หยุดไว้", "Stopped", "pause"),
    "action": ("รอคุณทำ", "Your turn", "arrow"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary list or of facts. An empty value is shown as "not answered", never left blank."""

    label: str
    value: object = ""
    change_url: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing on a timeline: what happened, or what comes next when `at` is a promised day."""

    title: str
    at: datetime | date | None = None
    state: str = "done"
    body: str = ""
    who: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a task list; without `url` it cannot be started yet. `words` replace those of the state."""

    title: str
    url: str = ""
    state: str = ""
    words: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; with `key` its heading sorts by `?sort=key`."""

    label: str
    key: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells in column order (text or safe HTML); `url` makes the first cell a link."""

    cells: Sequence[object]
    url: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: Sequence[Column]
    rows: Sequence[TableRow]
    empty: str = ""
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on; `remove_url` is the same page without it."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """`caption` is also the text for people who do not see the picture, so it must say what is on it."""

    url: str
    caption: str
    thumbnail_url: str = ""
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose hands are at the keyboard, for the bar of the officer pages."""

    name: str
    role: str = ""
    office: str = ""
    sign_out_url: str = ""

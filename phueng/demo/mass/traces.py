"""What does the mass leave in the audit? One entry for each main act, in the order in which things happened."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.audit.actors import SYSTEM, Actor
from phueng.demo.copying import copy_rows

_LOADER = SYSTEM("demo")


class Trace:
    """Collects entries and writes them once, sorted by their moment."""

    def __init__(self) -> None:
        self._rows: list[tuple[Any, ...]] = []

    def __len__(self) -> int:
        return len(self._rows)

    def act(
        self,
        by: Actor,
        at: datetime,
        act: str,
        subject: tuple[str, UUID],
        *,
        person_id: UUID | None = None,
        why: str = "",
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """One act. `after` is plain JSON."""
        said = None if after is None else json.dumps(after, ensure_ascii=False)
        self._rows.append(
            (at, by.kind, by.id, by.name, by.role, by.office_code, act, False, subject[0], subject[1], person_id, why,
             said, "")
        )  # fmt: skip

    def system(self, at: datetime, act: str, subject: tuple[str, UUID], **more: Any) -> None:
        """An act of the loader itself."""
        self.act(_LOADER, at, act, subject, **more)

    def write(self) -> int:
        """Write everything collected; the trigger fills in transaction and server time."""
        self._rows.sort(key=lambda row: row[0])
        return copy_rows(
            "audit_entry",
            ("at", "actor_kind", "actor_id", "actor_name", "role", "office_code", "act", "is_read", "subject_kind",
             "subject_id", "person_id", "why", "after", "request_id"),
            self._rows,
        )  # fmt: skip

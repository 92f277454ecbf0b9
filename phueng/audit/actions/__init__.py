"""How does an act leave its trace? `@action` opens the transaction, `record` writes the entry inside it."""

from phueng.audit.actions.action import action
from phueng.audit.actions.record import record, record_read

__all__ = ["action", "record", "record_read"]

"""How does an act leave its trace? `@action` opens the transaction, `record` writes the entry inside it."""

from phueng.audit.actions.action import action, action_of_one_statement
from phueng.audit.actions.record import entry_of, record, record_read

__all__ = ["action", "action_of_one_statement", "entry_of", "record", "record_read"]

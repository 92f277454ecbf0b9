"""Notices carries news to people: what an act wants to say is put in the outbox in the act's own transaction, sent over a real
SMS connection, followed to its delivery receipt and, when nobody could be reached, handed to a person as a task.

It refuses text that names a sensitive programme, holds a link or would not fit two SMS parts. It serves the citizen, who
should never have to ask what happened."""

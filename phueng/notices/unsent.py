"""What does a message look like before it joins the outbox, and what does the audit say about it?"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from phueng.audit.actions import entry_of
from phueng.audit.actors import Actor
from phueng.audit.models import Entry
from phueng.kernel.phones import is_mobile, normalise_phone
from phueng.notices.models import Message
from phueng.notices.texts import compose

TRIED_FOR = timedelta(hours=24)


def news_key(template_code: str, subject_id: UUID, occasion: str = "") -> str:
    """One piece of news is told once: the unique key of the outbox, and of the tasks for those without a phone."""
    return f"{template_code}:{subject_id}:{occasion}"[:120]


def unsent_message(
    *,
    at: datetime,
    template_code: str,
    subject: tuple[str, UUID],
    to_phone: str,
    values: Mapping[str, Any],
    language: str = "th",
    person_id: UUID | None = None,
    occasion: str = "",
) -> Message | None:
    """The row, or None when there is no mobile number to send it to."""
    kind, subject_id = subject
    text = compose(template_code, language, values)
    phone = normalise_phone(to_phone or "")
    if not isinstance(phone, str) or not is_mobile(phone):
        return None
    return Message(
        dedupe_key=news_key(template_code, subject_id, occasion),
        template_code=template_code,
        subject_kind=kind,
        subject_id=subject_id,
        person_id=person_id,
        to_phone=phone,
        text=text,
        language="en" if language == "en" else "th",
        queued_at=at,
        next_try_at=at,
        give_up_at=at + TRIED_FOR,
    )


def message_entry(message: Message, *, by: Actor, at: datetime) -> Entry:
    """The trace of queueing it; never its text."""
    after = {"template": message.template_code, "of": message.subject_kind, "of_id": message.subject_id}
    return entry_of(
        by=by,
        at=at,
        act="notices.queue_message",
        subject=("message", message.pk),
        person_id=message.person_id,
        after=after,
    )

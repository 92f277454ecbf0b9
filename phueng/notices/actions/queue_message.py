"""An act wants somebody to know: the message joins the outbox in the act's own transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from phueng.audit.actions import action
from phueng.audit.actors import Actor
from phueng.notices.models import Message, UnreachedTask
from phueng.notices.unreached import make_task
from phueng.notices.unsent import message_entry, news_key, unsent_message


@action
def queue_message(
    *,
    by: Actor,
    at: datetime,
    template_code: str,
    subject: tuple[str, UUID],
    to_phone: str,
    values: Mapping[str, Any],
    language: str = "th",
    person_id: UUID | None = None,
    occasion: str = "",
) -> Message | None:
    """Queue one SMS, once for each template, subject and occasion. Queued before: that message.

    Without a mobile number nobody is forgotten: a task for a person is made instead, and None returned.
    """
    key = news_key(template_code, subject[1], occasion)
    known = Message.objects.filter(dedupe_key=key)
    if (same := known.first()) is not None:
        return same
    message = unsent_message(
        at=at,
        template_code=template_code,
        subject=subject,
        to_phone=to_phone,
        values=values,
        language=language,
        person_id=person_id,
        occasion=occasion,
    )
    if message is None:
        if not UnreachedTask.objects.filter(dedupe_key=key).exists():
            make_task(by=by, at=at, key=key, template_code=template_code, subject=subject, reason="no_phone")
        return None
    Message.objects.bulk_create([message], ignore_conflicts=True)
    kept = known.get()
    if kept.pk == message.pk:
        message_entry(message, by=by, at=at).save(force_insert=True)
    return kept

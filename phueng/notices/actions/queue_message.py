"""An act wants somebody to know: the message joins the outbox in the act's own transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from phueng.audit.actions import action, record
from phueng.audit.actors import Actor
from phueng.kernel.phones import is_mobile, normalise_phone
from phueng.notices.models import Message, UnreachedTask
from phueng.notices.texts import compose
from phueng.notices.unreached import make_task

TRIED_FOR = timedelta(hours=24)


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
    kind, subject_id = subject
    key = f"{template_code}:{subject_id}:{occasion}"[:120]
    known = Message.objects.filter(dedupe_key=key)
    if (same := known.first()) is not None:
        return same
    text = compose(template_code, language, values)
    phone = normalise_phone(to_phone or "")
    if not isinstance(phone, str) or not is_mobile(phone):
        if not UnreachedTask.objects.filter(dedupe_key=key).exists():
            make_task(by=by, at=at, key=key, template_code=template_code, subject=subject, reason="no_phone")
        return None
    message = Message(
        dedupe_key=key,
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
    Message.objects.bulk_create([message], ignore_conflicts=True)
    kept = known.get()
    if kept.pk == message.pk:
        record(
            by=by,
            at=at,
            act="notices.queue_message",
            subject=("message", message.pk),
            person_id=person_id,
            after={"template": template_code, "of": kind, "of_id": subject_id},
        )
    return kept

"""What was said to whom, how far did it get, and who must be told by a person instead?"""

import uuid

from django.db import models

from phueng.kernel.privacy import privacy


class Message(models.Model):
    """One SMS in the outbox, written in the transaction of the act that it tells about.

    After `give_up_at` it is not sent any more: news of yesterday confuses, a one-time code of yesterday is worthless.
    """

    PRIVACY = privacy(
        public="id dedupe_key template_code subject_kind subject_id language queued_at give_up_at next_try_at tries "
        "claimed_at sent_at delivered_at failed_at failure_code",
        personal="to_phone text person_id",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dedupe_key = models.CharField(max_length=120, unique=True)
    template_code = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    to_phone = models.CharField(max_length=16)
    text = models.CharField(max_length=140)
    language = models.CharField(max_length=2, default="th")
    queued_at = models.DateTimeField()
    give_up_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure_code = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(delivered_at__isnull=True) | models.Q(sent_at__isnull=False),
                name="delivered_message_was_sent",
            ),
            models.CheckConstraint(
                condition=models.Q(failed_at__isnull=True) | models.Q(delivered_at__isnull=True),
                name="message_is_not_both_failed_and_delivered",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "queued_at"]),
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(sent_at__isnull=True, failed_at__isnull=True),
                name="messages_to_send",
            ),
            models.Index(
                fields=["sent_at"],
                condition=models.Q(sent_at__isnull=False, delivered_at__isnull=True, failed_at__isnull=True),
                name="messages_awaiting_receipt",
            ),
        ]


class ProviderPart(models.Model):
    """One part that the operator accepted, by the operator's own id, so that its receipt finds its message.

    `message` is empty while a receipt has come before we noted the sending (or we were killed in between). `attempt` is
    the try it belongs to: parts of a try that broke off in the middle do not count.
    """

    PRIVACY = privacy(public="id message provider_id attempt submitted_at status status_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="parts")
    provider_id = models.CharField(max_length=70, unique=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField()
    status = models.CharField(max_length=20, blank=True)
    status_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="", status_at__isnull=True)
                | (~models.Q(status="") & models.Q(status_at__isnull=False)),
                name="receipt_status_has_its_time",
            )
        ]


class UnreachedTask(models.Model):
    """Somebody could not be reached by message: a person must call, visit or write.

    One task for each piece of news (`dedupe_key` as in Message); `template_code` says what there is to tell.
    """

    PRIVACY = privacy(
        public="id dedupe_key template_code subject_kind subject_id reason_code made_at settled_at",
        personal="message settled_by_id settled_by_name outcome",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.OneToOneField(Message, on_delete=models.PROTECT, null=True, related_name="+")
    dedupe_key = models.CharField(max_length=120, unique=True)
    template_code = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    reason_code = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by_id = models.UUIDField(null=True)
    settled_by_name = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True) | ~models.Q(outcome=""), name="settled_task_says_how"
            )
        ]
        indexes = [
            models.Index(fields=["made_at"], condition=models.Q(settled_at__isnull=True), name="unreached_open"),
            models.Index(fields=["subject_id", "made_at"]),
        ]

"""Which files and letters do we hold, and were they examined?"""

import uuid

from django.db import models

from phueng.kernel.privacy import privacy


class Content(models.Model):
    """The bytes of one file, kept in the database so that a file and the act that brought it commit together.

    `wiped_at` says when the bytes went for good; checksum and size stay as proof of what was there.
    """

    PRIVACY = privacy(public="id sha256 mime byte_size stored_at wiped_at", sensitive="content")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=80)
    byte_size = models.PositiveIntegerField()
    content = models.BinaryField()
    stored_at = models.DateTimeField()
    wiped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wiped_at__isnull=True) | models.Q(content=b""), name="wiped_content_is_gone"
            ),
            models.CheckConstraint(condition=models.Q(byte_size__gt=0), name="content_is_not_empty"),
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="content_has_sha256"),
        ]


class Evidence(models.Model):
    """One file that somebody handed in: quarantined as `raw` until examined, shown only as `cleaned`.

    `subject_id` is an application, a visit or a result report: packages above own those. `sha256` is that of the file
    as it came: the same file sent twice into one slot is one row.
    """

    PRIVACY = privacy(
        public="id subject_kind subject_id slot sha256 received_at examined_at refusal_code expires_on withdrawn_at",
        personal="original_name received_by_id received_by_name",
        sensitive="raw cleaned thumbnail",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    slot = models.CharField(max_length=40)
    original_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_by_id = models.UUIDField(null=True)
    received_by_name = models.CharField(max_length=200, blank=True)
    raw = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="+")
    cleaned = models.ForeignKey(Content, on_delete=models.PROTECT, null=True, related_name="+")
    thumbnail = models.ForeignKey(Content, on_delete=models.PROTECT, null=True, related_name="+")
    examined_at = models.DateTimeField(null=True)
    refusal_code = models.CharField(max_length=40, blank=True)
    expires_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cleaned__isnull=True) | models.Q(examined_at__isnull=False, refusal_code=""),
                name="clean_file_was_examined",
            ),
            models.CheckConstraint(
                condition=models.Q(thumbnail__isnull=True) | models.Q(cleaned__isnull=False),
                name="thumbnail_belongs_to_a_clean_file",
            ),
            models.UniqueConstraint(
                fields=["subject_id", "slot", "sha256"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="same_file_once_per_slot",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "slot"]),
            models.Index(
                fields=["received_at"], condition=models.Q(examined_at__isnull=True), name="evidence_to_examine"
            ),
            models.Index(
                fields=["expires_on"], condition=models.Q(expires_on__isnull=False), name="evidence_to_expire"
            ),
        ]


class Letter(models.Model):
    """One letter or slip: asked for inside an act, made as PDF by the worker, verified by its code."""

    PRIVACY = privacy(
        public="id kind subject_kind subject_id office_code year_be running_no verify_code language asked_at made_at "
        "tries next_try_at",
        personal="context file",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    office_code = models.CharField(max_length=20)
    year_be = models.PositiveSmallIntegerField()
    running_no = models.PositiveIntegerField()
    verify_code = models.CharField(max_length=11, unique=True)
    language = models.CharField(max_length=2, default="th")
    context = models.JSONField()
    asked_at = models.DateTimeField()
    file = models.ForeignKey(Content, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)
    # A template that fails must not keep the letters behind it waiting: it is tried again later and later.
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="one_letter_of_a_kind_per_subject"),
            models.UniqueConstraint(fields=["office_code", "year_be", "running_no"], name="letter_number_is_used_once"),
            models.CheckConstraint(
                condition=models.Q(file__isnull=True, made_at__isnull=True)
                | models.Q(file__isnull=False, made_at__isnull=False),
                name="made_letter_has_its_file",
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=models.Q(file__isnull=True), name="letters_to_make")]

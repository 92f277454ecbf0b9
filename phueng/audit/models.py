"""Which rows make up the audit?

`Entry` is what happened; `Leaf` gives an entry its place in the Merkle tree; `Head` is a signed state of that
tree; `HeadCopy` says when a head was written outside the database. All four are append-only (migration 0002).
"""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from phueng.kernel.privacy import privacy


class Entry(models.Model):
    """One act or one read: who, what, when, why, before and after.

    The key is a plain rising number, not a UUID: it never leaves the database and keeps 100 million rows
    small.
    """

    PRIVACY = privacy(
        public="id at written_at xid actor_kind role office_code act is_read subject_kind request_id",
        personal="actor_id actor_name subject_id person_id",
        sensitive="why before after",
    )

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    # Filled by the trigger, whatever the writer says: the server's own clock and transaction.
    written_at = models.DateTimeField(db_default=Now(), editable=False)
    xid = models.BigIntegerField(db_default=0, editable=False)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    office_code = models.CharField(max_length=20, blank=True, default="")
    act = models.CharField(max_length=80)
    is_read = models.BooleanField(default=False)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    person_id = models.UUIDField(null=True)
    why = models.TextField(blank=True, default="")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    request_id = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "audit_entry"
        constraints = [
            models.CheckConstraint(
                name="audit_entry_actor_kind",
                condition=Q(actor_kind__in=["citizen", "helper", "staff", "system"]),
            ),
            models.CheckConstraint(name="audit_entry_act", condition=Q(act__regex=r"^[a-z_]+\.[a-z_]+$")),
        ]
        indexes = [
            models.Index(fields=["xid", "id"], name="audit_entry_xid"),
            models.Index(fields=["person_id", "-id"], name="audit_entry_person", condition=Q(person_id__isnull=False)),
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="audit_entry_subject"),
            models.Index(fields=["actor_id", "-id"], name="audit_entry_actor", condition=Q(actor_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.act}"


class Leaf(models.Model):
    """The place of one entry in the tree.

    `entry_id` is a plain number without a foreign key: a removed entry must leave its leaf standing as
    evidence.
    """

    PRIVACY = privacy(public="entry_id leaf_index leaf_hash")

    entry_id = models.BigIntegerField(primary_key=True)
    leaf_index = models.BigIntegerField(unique=True)
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "audit_leaf"
        constraints = [models.CheckConstraint(name="audit_leaf_index", condition=Q(leaf_index__gte=0))]

    def __str__(self) -> str:
        return f"leaf {self.leaf_index}"


class Head(models.Model):
    """A signed state of the tree, naming the one before it.

    `size` leaves are in the tree and every entry of a transaction older than `horizon_xid` is among them.
    `peaks` are the roots of the perfect subtrees, so that the next head need not read the whole tree again.
    """

    PRIVACY = privacy(public="id size root previous_hash head_hash horizon_xid peaks made_at key_id signature")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    previous_hash = models.BinaryField(max_length=32, unique=True)
    head_hash = models.BinaryField(max_length=32, unique=True)
    horizon_xid = models.BigIntegerField()
    peaks = models.JSONField()
    made_at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField(max_length=64)

    class Meta:
        db_table = "audit_head"
        constraints = [models.CheckConstraint(name="audit_head_size", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return f"head of {self.size}"


class HeadCopy(models.Model):
    """A head that now also stands outside the database.

    The same head is copied again when an interval passed without news: the outside then says that nothing
    happened.
    """

    PRIVACY = privacy(public="id size place published_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    size = models.BigIntegerField()
    place = models.CharField(max_length=200)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "audit_headcopy"
        indexes = [models.Index(fields=["-published_at"], name="audit_headcopy_last")]
        constraints = [models.UniqueConstraint(fields=["place", "size", "published_at"], name="audit_headcopy_once")]

    def __str__(self) -> str:
        return f"copy of head {self.size}"

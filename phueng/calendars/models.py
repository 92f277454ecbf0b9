"""Which days are days off, and which clocks run on which case?"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.functions import TransactionNow
from django.db import models

from phueng.kernel.privacy import privacy


class Calendar(models.TextChoices):
    """Government offices and banks do not rest on the same days (Labour Day, Buddhist Lent)."""

    OFFICE = "office", "วันทำการของราชการ"
    BANK = "bank", "วันทำการของธนาคาร"


class Source(models.TextChoices):
    """Who said that it is a day off."""

    LIBRARY = "library", "ปฏิทินตั้งต้น"
    CABINET = "cabinet", "มติคณะรัฐมนตรี"
    OPERATOR = "operator", "ผู้ดูแลระบบ"


class Unit(models.TextChoices):
    """What a clock counts."""

    CALENDAR = "calendar", "วัน"
    WORKING = "working", "วันทำการ"


class Day(models.Model):
    """The first announcement that a day is off. Later changes of mind are `DayChange` rows."""

    PRIVACY = privacy(public="id calendar on name_th name_en source reference")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    calendar = models.CharField(max_length=6, choices=Calendar)
    on = models.DateField()
    name_th = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    source = models.CharField(max_length=8, choices=Source)
    reference = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("on",)
        constraints = [
            models.UniqueConstraint(fields=["calendar", "on"], name="day_once_a_calendar"),
            models.CheckConstraint(condition=models.Q(calendar__in=["office", "bank"]), name="day_calendar_known"),
            models.CheckConstraint(
                condition=models.Q(source="library") | ~models.Q(reference=""),
                name="day_by_hand_has_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.on:%Y-%m-%d} {self.name_th}"


class DayChange(models.Model):
    """A later word on an announced day: off or not off. The one with the highest number holds."""

    PRIVACY = privacy(public="id day number is_off source reference changed_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    is_off = models.BooleanField()
    source = models.CharField(max_length=8, choices=Source)
    reference = models.CharField(max_length=200)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("day", "number")
        constraints = [
            models.UniqueConstraint(fields=["day", "number"], name="day_change_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="day_change_number_from_one"),
            models.CheckConstraint(condition=~models.Q(reference=""), name="day_change_has_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.day_id} #{self.number}: {'off' if self.is_off else 'not off'}"


class Clock(models.Model):
    """A promise to answer within a number of days, on any case: the subject is known only by its id."""

    PRIVACY = privacy(
        public="id subject_id code unit length law_th law_en started_at due_on calendar_version stopped_at stopped_why"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField()
    code = models.CharField(max_length=40)
    unit = models.CharField(max_length=8, choices=Unit)
    length = models.PositiveSmallIntegerField()
    law_th = models.CharField(max_length=300)
    law_en = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    # Counted with closed pauses only; while a pause is open the due day moves on with every day (see
    # queries).
    due_on = models.DateField()
    # How much of the office calendar was known when `due_on` was counted.
    calendar_version = models.PositiveIntegerField()
    stopped_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "code"],
                condition=models.Q(stopped_at__isnull=True),
                name="clock_one_running",
            ),
            models.CheckConstraint(condition=models.Q(unit__in=["calendar", "working"]), name="clock_unit_known"),
            models.CheckConstraint(condition=models.Q(length__range=(1, 3660)), name="clock_length_sensible"),
            models.CheckConstraint(condition=~models.Q(law_th="") & ~models.Q(law_en=""), name="clock_names_its_law"),
            models.CheckConstraint(
                condition=models.Q(stopped_at__isnull=True, stopped_why="")
                | (models.Q(stopped_at__gte=models.F("started_at")) & ~models.Q(stopped_why="")),
                name="clock_stop_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id"], name="clock_by_subject"),
            models.Index(fields=["due_on"], condition=models.Q(stopped_at__isnull=True), name="clock_running_by_due"),
            models.Index(
                fields=["calendar_version"],
                condition=models.Q(stopped_at__isnull=True, unit="working"),
                name="clock_running_by_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.length} {self.unit} due {self.due_on:%Y-%m-%d}"


class ClockPause(models.Model):
    """A stretch that does not count, with its reason. `until_at` is empty while it lasts."""

    PRIVACY = privacy(public="id clock reason_code from_at until_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=40)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("from_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=models.Q(until_at__isnull=True), name="clock_pause_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(until_at__isnull=True) | models.Q(until_at__gte=models.F("from_at")),
                name="clock_pause_ends_after_start",
            ),
            models.CheckConstraint(condition=~models.Q(reason_code=""), name="clock_pause_has_reason"),
            ExclusionConstraint(
                name="clock_pauses_do_not_overlap",
                expressions=[
                    ("clock", RangeOperators.EQUAL),
                    (
                        models.Func("from_at", "until_at", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.reason_code}"


class ClockMove(models.Model):
    """Why a due day moved: without such a row, written before it, the database refuses to move it."""

    PRIVACY = privacy(public="id clock due_before due_after why calendar_version moved_at written_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="+")
    due_before = models.DateField()
    due_after = models.DateField()
    # "pause:<reason code>" or "calendar": what happened, in a word.
    why = models.CharField(max_length=60)
    calendar_version = models.PositiveIntegerField()
    moved_at = models.DateTimeField()
    # The transaction's own time: how the guard tells a reason given now from one given long ago.
    written_at = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        ordering = ("moved_at",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(due_before=models.F("due_after")), name="clock_move_moves_something"
            ),
            models.CheckConstraint(condition=~models.Q(why=""), name="clock_move_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id}: {self.due_before} → {self.due_after} ({self.why})"

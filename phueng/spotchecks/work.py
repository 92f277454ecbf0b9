"""What does this package do on its own clock? It draws the sample of every run that the bank has answered."""

from django.db.models import Exists, OuterRef

from phueng.audit.actors import SYSTEM
from phueng.audit.clock import now
from phueng.kernel.problems import Refused
from phueng.payments.models import Line, Run
from phueng.spotchecks.actions import draw_sample
from phueng.spotchecks.models import Draw

WORKER = SYSTEM("spotchecks.draw_samples")


def draw_samples(*, limit: int = 20) -> int:
    """Draw for up to so many runs, each in a transaction of its own. Returns for how many."""
    lines = Line.objects.filter(run=OuterRef("pk"))
    waiting = (
        Run.objects.filter(released_at__isnull=False)
        .filter(~Exists(Draw.objects.filter(run=OuterRef("pk"))))
        .filter(Exists(lines.filter(paid_at__isnull=False)))
        .filter(~Exists(lines.filter(paid_at=None, returned_at=None)))
        .order_by("released_at", "pk")
    )
    done = 0
    for run_id in list(waiting.values_list("pk", flat=True)[:limit]):
        try:
            draw_sample(by=WORKER, at=now(), run_id=run_id)
        except Refused:
            continue  # nobody could ask yet: the next round looks again
        done += 1
    return done

"""How is a guard of the database said plainly to the person who ran into it?"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from phueng.kernel.problems import Refused
from phueng.ledger.problems import OF_GUARD


def guard_of(error: IntegrityError) -> str:
    """The name of the constraint or guard that refused, or ""."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")


@contextmanager
def said_plainly() -> Iterator[None]:
    """Inside, a guard that we know is raised as Refused; nothing of the statement stays behind."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        problem = OF_GUARD.get(guard_of(error))
        if problem is None:
            raise
        raise Refused(problem) from error

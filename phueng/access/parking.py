"""How does a typed form survive the end of a session?

A form that arrives after its session ended is sealed and kept a day for the account that had typed it. After
signing in, that person sees what was typed and sends it again with one press. Files are not kept.
"""

import json
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag

from phueng.access.models import ParkedForm
from phueng.access.sealed import seal, unseal
from phueng.access.viewers import Request
from phueng.audit.clock import now

KEPT_FOR = timedelta(days=1)
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "code", "token"})
LARGEST_BYTES = 500_000


def park_form(request: Request, *, even_empty: bool = False) -> ParkedForm | None:
    """Park what was posted, when it is known who typed it; otherwise do nothing.

    A form in which nothing was typed is parked only when `even_empty` says so: its press is what must not be lost.
    """
    account_id = request.expired_account_id or request.viewer.account_id
    if request.method != "POST" or account_id is None:
        return None
    typed = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT and "password" not in name}
    content = json.dumps({"account": str(account_id), "typed": typed}).encode()
    is_empty = not any(any(values) for values in typed.values())
    if (is_empty and not even_empty) or len(content) > LARGEST_BYTES:
        return None
    at = now()
    return ParkedForm.objects.create(
        account_id=account_id,
        path=request.get_full_path()[:500],
        sealed=seal(content),
        parked_at=at,
        expires_at=at + KEPT_FOR,
    )


def newest_parked(account_id: UUID, path: str) -> UUID | None:
    """The form that waits for this account at this address, if any."""
    waiting = ParkedForm.objects.filter(account_id=account_id, path=path, expires_at__gt=now())
    return waiting.order_by("-parked_at").values_list("id", flat=True).first()


def parked_form(parked_id: UUID, account_id: UUID) -> tuple[str, dict[str, list[str]]] | None:
    """(address, typed values) of a waiting form; "not there" and "not yours" are the same answer."""
    row = ParkedForm.objects.filter(id=parked_id, account_id=account_id, expires_at__gt=now()).first()
    if row is None:
        return None
    try:
        content = json.loads(unseal(bytes(row.sealed)))
    except (InvalidTag, KeyError):
        return None  # written with a key that was withdrawn since: what it locked is meant to be lost
    # The account stands inside the seal too: swapping rows in the table shows nobody what another typed.
    return (row.path, content["typed"]) if content["account"] == str(account_id) else None


def typed_before(request: Request) -> dict[str, list[str]]:
    """What was typed on this page before the session ended (for `{{ parked }}` and forms' `initial=`)."""
    wanted = request.GET.get("parked", "")
    account_id = request.viewer.account_id if wanted else None
    if account_id is None:
        return {}
    try:
        found = parked_form(UUID(wanted), account_id)
    except ValueError:
        return {}
    return found[1] if found is not None and found[0].split("?")[0] == request.path else {}


def initial_from(request: Request) -> dict[str, str | list[str]]:
    """The same as `typed_before`, shaped for a Django form's `initial=`."""
    return {name: values[0] if len(values) == 1 else values for name, values in typed_before(request).items()}


def picked_up(parked_id: UUID, account_id: UUID) -> None:
    """Let a parked form go: it was sent again, or is not wanted."""
    ParkedForm.objects.filter(id=parked_id, account_id=account_id).delete()

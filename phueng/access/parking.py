"""How does a typed form survive the end of a session?

A form that arrives after its session ended is sealed and kept a day for the account that had typed it. After
signing in, that person sees what was typed and sends it again with one press. Files are not kept.
"""

import json
import secrets
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.http import HttpRequest

from phueng.access.models import ParkedForm
from phueng.audit.clock import now

KEPT_FOR = timedelta(days=1)
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "code", "token")
LARGEST_BYTES = 500_000


def park_form(request: HttpRequest) -> ParkedForm | None:
    """Park what was posted, when it is known who typed it; otherwise (and for empty forms) nothing happens."""
    account_id = getattr(request, "expired_account_id", None)
    if account_id is None and request.viewer.is_signed_in:  # type: ignore[attr-defined]
        account_id = request.viewer.account_id  # type: ignore[attr-defined]
    if request.method != "POST" or account_id is None:
        return None
    typed = {
        name: values for name, values in request.POST.lists() if not any(word in name.lower() for word in NEVER_KEPT)
    }
    content = json.dumps(typed).encode()
    if not any(any(values) for values in typed.values()) or len(content) > LARGEST_BYTES:
        return None
    at = now()
    return ParkedForm.objects.create(
        account_id=account_id,
        path=request.get_full_path()[:500],
        sealed=_seal(content, str(account_id)),
        parked_at=at,
        expires_at=at + KEPT_FOR,
    )


def newest_parked(account_id: UUID, path: str) -> UUID | None:
    """The form that waits for this account at this address, if any."""
    waiting = ParkedForm.objects.filter(account_id=account_id, path=path, expires_at__gt=now())
    return waiting.order_by("-parked_at").values_list("id", flat=True).first()


def parked_form(parked_id: UUID, account_id: UUID) -> tuple[str, dict[str, list[str]]] | None:
    """(address, typed values) of a waiting form of this account; "not there" and "not yours" are the same answer."""
    row = ParkedForm.objects.filter(id=parked_id, account_id=account_id, expires_at__gt=now()).first()
    if row is None:
        return None
    content = _open(bytes(row.sealed), str(account_id))
    return None if content is None else (row.path, json.loads(content))


def typed_before(request: HttpRequest) -> dict[str, list[str]]:
    """What was typed on this page before the session ended (for `{{ parked }}` and forms' `initial=`)."""
    wanted = request.GET.get("parked", "")
    viewer = request.viewer  # type: ignore[attr-defined]
    if not wanted or not viewer.is_signed_in:
        return {}
    try:
        found = parked_form(UUID(wanted), viewer.account_id)
    except ValueError:
        return {}
    return found[1] if found is not None and found[0].split("?")[0] == request.path else {}


def initial_from(request: HttpRequest) -> dict[str, str | list[str]]:
    """The same as `typed_before`, shaped for a Django form's `initial=`."""
    return {name: values[0] if len(values) == 1 else values for name, values in typed_before(request).items()}


def picked_up(parked_id: UUID, account_id: UUID) -> None:
    """Let a parked form go: it was sent again, or is not wanted."""
    ParkedForm.objects.filter(id=parked_id, account_id=account_id).delete()


def _seal(content: bytes, bound_to: str) -> bytes:
    key_id, key = next(iter(settings.PHUENG_ENCRYPTION_KEYS.items()))
    nonce = secrets.token_bytes(12)
    return bytes([len(key_id)]) + key_id.encode() + nonce + AESGCM(key).encrypt(nonce, content, bound_to.encode())


def _open(sealed: bytes, bound_to: str) -> bytes | None:
    end = 1 + sealed[0]
    key = settings.PHUENG_ENCRYPTION_KEYS.get(sealed[1:end].decode())
    if key is None:
        return None  # written with a key that was withdrawn: what was typed is lost, which is what withdrawing means
    try:
        return AESGCM(key).decrypt(sealed[end : end + 12], sealed[end + 12 :], bound_to.encode())
    except InvalidTag:
        return None

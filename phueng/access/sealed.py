"""How do we keep a national ID or a bank account unreadable in the table, and still find it?

Values are sealed with AES-256-GCM under a key with a name, so that keys can be renewed; a blind index
(HMAC-SHA-256 under another key) finds equal values without opening any. The keys come from
`settings.PHUENG_ENCRYPTION_KEYS` (name → 32 bytes, the first one seals) and
`settings.PHUENG_BLIND_INDEX_KEY` (32 bytes).
"""

import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE_BYTES = 12


def seal(plain: bytes) -> bytes:
    """Length of the key's name (1 byte), the name, a nonce (12 bytes), ciphertext with its tag."""
    name = next(iter(settings.PHUENG_ENCRYPTION_KEYS))
    nonce = os.urandom(NONCE_BYTES)
    prefix = bytes([len(name)]) + name.encode("ascii")
    return prefix + nonce + AESGCM(settings.PHUENG_ENCRYPTION_KEYS[name]).encrypt(nonce, plain, prefix)


def unseal(sealed: bytes) -> bytes:
    """Open a sealed value. Raises InvalidTag when a byte was changed, KeyError when its key was retired."""
    start = 1 + sealed[0]
    prefix, nonce = sealed[:start], sealed[start : start + NONCE_BYTES]
    key = settings.PHUENG_ENCRYPTION_KEYS[prefix[1:].decode("ascii")]
    return AESGCM(key).decrypt(nonce, sealed[start + NONCE_BYTES :], prefix)


def key_mark(name: str | None = None) -> bytes:
    """The bytes with which every value begins that this key sealed (the key that seals now, when none is named)."""
    name = next(iter(settings.PHUENG_ENCRYPTION_KEYS)) if name is None else name
    return bytes([len(name)]) + name.encode("ascii")


def blind_index(kind: str, value: str) -> bytes:
    """32 bytes that are equal for equal (kind, value) and say nothing else about the value."""
    return hmac.new(settings.PHUENG_BLIND_INDEX_KEY, f"{kind}\x00{value}".encode(), hashlib.sha256).digest()


class SealedTextField(models.BinaryField):  # type: ignore[type-arg]
    """Text that only the application can read; the table holds bytes."""

    def _to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    def _from_bytes(self, plain: bytes) -> Any:
        return plain.decode()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Seal on the way into the database."""
        if value is not None:
            value = seal(self._to_bytes(value))
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Unseal on the way out."""
        return None if value is None else self._from_bytes(unseal(bytes(value)))


class SealedJSONField(SealedTextField):
    """Any JSON value, sealed."""

    def _to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def _from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain)


def unsealed_json(sealed: bytes | None) -> Any:
    """What a SealedJSONField holds, for a statement that does not go through the field."""
    return None if sealed is None else json.loads(unseal(bytes(sealed)))

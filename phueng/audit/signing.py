"""With which key are heads signed?"""

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


@dataclass(frozen=True, slots=True)
class SealKey:
    """The key of this installation, and the short name by which heads refer to it."""

    private: Ed25519PrivateKey
    public: bytes
    key_id: str

    def sign(self, signed: bytes) -> bytes:
        """Sign the bytes of a head."""
        return self.private.sign(signed)


def seal_key() -> SealKey:
    """Return the key from the settings (32 bytes, an Ed25519 seed)."""
    private = Ed25519PrivateKey.from_private_bytes(settings.PHUENG_AUDIT_SEAL_KEY)
    public = private.public_key().public_bytes_raw()
    return SealKey(private, public, key_id_of(public))


def key_id_of(public: bytes) -> str:
    """Name a public key by the beginning of its hash."""
    return hashlib.sha256(public).hexdigest()[:16]


def is_signed_by(public: bytes, signature: bytes, signed: bytes) -> bool:
    """Say whether the signature is that key's over these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
    except (InvalidSignature, ValueError):
        return False
    return True

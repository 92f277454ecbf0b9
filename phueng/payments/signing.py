"""How do we make sure that a file is ours, and is the one that was intended?"""

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(settings.PHUENG_PAYMENT_SIGNING_KEY)


def public_key() -> Ed25519PublicKey:
    """The key that the bank, or anyone, verifies our files with."""
    return _private_key().public_key()


def key_id() -> str:
    """A short name of the key: the first 16 hex digits of its SHA-256."""
    raw = public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def sign(content: bytes) -> str:
    """Detached Ed25519 signature over the bytes, in hex."""
    return _private_key().sign(content).hex()


def is_ours(content: bytes, signature_hex: str) -> bool:
    """Whether the signature is ours and every byte is the one we signed."""
    try:
        public_key().verify(bytes.fromhex(signature_hex), content)
    except (InvalidSignature, ValueError):
        return False
    return True

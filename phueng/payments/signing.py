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


def sign(sha256: str) -> str:
    """Detached Ed25519 signature in hex, over the 64 characters of the file's SHA-256: so anyone can check it with two
    ordinary tools, and no file is too large to be signed."""
    return _private_key().sign(sha256.encode("ascii")).hex()


def is_ours(sha256: str, signature_hex: str) -> bool:
    """Whether the signature is ours and belongs to the file of this SHA-256."""
    try:
        public_key().verify(bytes.fromhex(signature_hex), sha256.encode("ascii"))
    except (InvalidSignature, ValueError):
        return False
    return True

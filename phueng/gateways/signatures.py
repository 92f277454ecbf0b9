"""Does a detached signature belong to this file?

It is Ed25519 over the 64 characters of the file's SHA-256, so that a file of any size can be signed and anyone can
check it with two ordinary tools.
"""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key


class NotAKey(Exception):
    """These bytes are no Ed25519 public key."""


def signed_bytes(content: bytes) -> bytes:
    """What is signed in place of the file."""
    return hashlib.sha256(content).hexdigest().encode("ascii")


def is_signed(content: bytes, signature: bytes, public_key: Ed25519PublicKey) -> bool:
    """`signature` as 64 bytes or in hex, as it lies beside the file."""
    try:
        raw = signature if len(signature) == 64 else bytes.fromhex(signature.decode("ascii").strip())
        public_key.verify(raw, signed_bytes(content))
    except (InvalidSignature, ValueError):
        return False
    return True


def read_key(pem: bytes) -> Ed25519PublicKey:
    """The key in PEM. Raises `NotAKey`."""
    try:
        key = load_pem_public_key(pem)
    except ValueError as wrong:
        raise NotAKey("not a public key in PEM") from wrong
    if not isinstance(key, Ed25519PublicKey):
        raise NotAKey("not an Ed25519 key")
    return key

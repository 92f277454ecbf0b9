"""How can one short value stand for a long list of audit rows, so that a changed, added or missing row shows?

The tree of RFC 6962 (Certificate Transparency) section 2.1 with SHA-256: leaves and inner nodes are hashed with
different first bytes, so that an inner node can never be passed off as a leaf. Lists here hold leaf hashes, not rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
HASH_BYTES = 32


def leaf_hash(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _next_level(level: Sequence[bytes]) -> list[bytes]:
    """Pairs hashed together; a last one without a partner moves up as it is, which gives the tree of the RFC."""
    above = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    if len(level) % 2:
        above.append(level[-1])
    return above


def merkle_root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over all leaves; of no leaves, the hash of nothing."""
    if not leaf_hashes:
        return EMPTY_ROOT
    level = list(leaf_hashes)
    while len(level) > 1:
        level = _next_level(level)
    return level[0]


class Frontier:
    """The right edge of a growing tree: enough to add leaves and give the root, without the leaves before.

    Holds one hash for each 1 in the binary form of `size`, the largest subtree first. Save `peaks` and `size`; hand
    them back to continue.
    """

    __slots__ = ("_peaks", "_size")

    def __init__(self, peaks: Iterable[bytes] = (), size: int = 0) -> None:
        self._peaks = [bytes(peak) for peak in peaks]
        self._size = size
        if size < 0 or len(self._peaks) != size.bit_count():
            raise ValueError(f"a frontier of {size} leaves cannot have {len(self._peaks)} peaks")
        if any(len(peak) != HASH_BYTES for peak in self._peaks):
            raise ValueError("a peak is a SHA-256 hash of 32 bytes")

    @property
    def peaks(self) -> list[bytes]:
        return list(self._peaks)

    @property
    def size(self) -> int:
        return self._size

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash: at most log2(size) hashings."""
        if len(leaf) != HASH_BYTES:
            raise ValueError("append takes a leaf hash of 32 bytes, not the row itself")
        node = leaf
        remaining = self._size
        while remaining & 1:
            node = node_hash(self._peaks.pop(), node)
            remaining >>= 1
        self._peaks.append(node)
        self._size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes, from the leaf upwards, with which anyone can work out the root from leaf number `index`."""
    if not 0 <= index < len(leaf_hashes):
        raise IndexError("no such leaf")
    proof = []
    level = list(leaf_hashes)
    while len(level) > 1:
        neighbour = index ^ 1
        if neighbour < len(level):
            proof.append(level[neighbour])
        level = _next_level(level)
        index >>= 1
    return proof


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Is `leaf` number `index` of the `size` leaves under `root`? (RFC 9162 section 2.1.3.2)"""
    if not 0 <= index < size:
        return False
    node, last = leaf, size - 1
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            node = node_hash(sibling, node)
            while not index & 1 and index:
                index >>= 1
                last >>= 1
        else:
            node = node_hash(node, sibling)
        index >>= 1
        last >>= 1
    return last == 0 and node == root

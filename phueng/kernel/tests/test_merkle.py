"""Does any change to the rows change the root, and does the growing edge agree with the whole tree?"""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phueng.kernel import merkle

leaf_lists = st.integers(0, 70).map(lambda count: [merkle.leaf_hash(str(n).encode()) for n in range(count)])


def root_as_the_rfc_says(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1 word for word: split at the largest power of two smaller than n."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = root_as_the_rfc_says(leaves[:split]), root_as_the_rfc_says(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_known_root() -> None:
    """The eight test entries of the Certificate Transparency reference tests, and their published roots."""
    rows = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [merkle.leaf_hash(bytes.fromhex(row)) for row in rows]
    assert merkle.merkle_root(leaves[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.merkle_root(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@given(leaf_lists)
def test_root_is_that_of_the_rfc(leaves: list[bytes]) -> None:
    assert merkle.merkle_root(leaves) == root_as_the_rfc_says(leaves)


@given(leaf_lists, st.integers(0, 70))
def test_frontier_agrees_and_survives_saving(leaves: list[bytes], cut: int) -> None:
    frontier = merkle.Frontier()
    frontier.extend(leaves[:cut])
    assert frontier.root() == merkle.merkle_root(leaves[:cut])
    continued = merkle.Frontier(frontier.peaks, frontier.size)
    continued.extend(leaves[cut:])
    assert continued.root() == merkle.merkle_root(leaves)
    assert continued.size == len(leaves)
    assert frontier.size == min(cut, len(leaves))


@given(leaf_lists.filter(bool), st.data())
def test_every_tampering_changes_the_root(leaves: list[bytes], draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(leaves) - 1))
    forged = merkle.leaf_hash(b"forged")
    root = merkle.merkle_root(leaves)
    changed = [*leaves[:at], forged, *leaves[at + 1 :]]
    inserted = [*leaves[:at], forged, *leaves[at:]]
    removed = [*leaves[:at], *leaves[at + 1 :]]
    repeated = [*leaves, leaves[-1]]
    for tampered in (changed, inserted, removed, repeated):
        assert merkle.merkle_root(tampered) != root
    if at:
        swapped = [*leaves[: at - 1], leaves[at], leaves[at - 1], *leaves[at + 1 :]]
        assert merkle.merkle_root(swapped) != root


@given(leaf_lists.filter(bool), st.data())
def test_inclusion(leaves: list[bytes], draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(leaves) - 1))
    proof, root, size = merkle.inclusion_proof(leaves, at), merkle.merkle_root(leaves), len(leaves)
    assert len(proof) <= (size - 1).bit_length()
    assert merkle.verify_inclusion(leaves[at], at, size, proof, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"forged"), at, size, proof, root)
    assert not merkle.verify_inclusion(leaves[at], at, size, [*proof, root], root)
    assert not merkle.verify_inclusion(leaves[at], size, size, proof, root)
    assert not merkle.verify_inclusion(leaves[at], -1, size, proof, root)
    for other in range(size):
        if other != at:
            assert not merkle.verify_inclusion(leaves[at], other, size, proof, root)
    if proof:
        assert not merkle.verify_inclusion(leaves[at], at, size, proof[:-1], root)


def test_an_inner_node_is_not_a_leaf() -> None:
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
    assert merkle.leaf_hash(left + right) != merkle.merkle_root([left, right])


def test_broken_frontiers_are_refused() -> None:
    one = merkle.leaf_hash(b"a")
    for peaks, size in (([one], 0), ([], 1), ([one], 3), ([b"short"], 1), ([], -1)):
        with pytest.raises(ValueError, match=r"frontier|peak"):
            merkle.Frontier(peaks, size)
    with pytest.raises(ValueError, match="not the row"):
        merkle.Frontier().append(b"row")
    with pytest.raises(IndexError):
        merkle.inclusion_proof([one], 1)

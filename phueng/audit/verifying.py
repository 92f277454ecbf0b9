"""Is every sealed entry still what it was, where it was?

The core of `phueng audit verify`: it needs the standard library only and no database, so an auditor can
read it in one sitting and feed it from a dump. It compares three witnesses: the rows, the leaves and heads
in the database, and the copies outside. Whoever changes one must change all three, and the third is not
theirs.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from phueng.audit.findings import Report
from phueng.audit.outside import LEAVES, OutsideHead
from phueng.audit.seal import GENESIS, head_bytes, head_hash
from phueng.kernel.merkle import Frontier, leaf_hash

SignatureCheck = Callable[[str, bytes, bytes], bool]  # (key id, signature, signed bytes)


@dataclass(frozen=True, slots=True)
class LeafSeen:
    """A leaf with the entry it stands for; `row` is None when that entry is gone."""

    leaf_index: int
    entry_id: int
    leaf_hash: bytes
    row: bytes | None
    xid: int | None


@dataclass(frozen=True, slots=True)
class HeadSeen:
    """A head as it stands in the database."""

    size: int
    root: bytes
    previous_hash: bytes
    head_hash: bytes
    horizon_xid: int
    made_at: str
    key_id: str
    signature: bytes

    def signed(self) -> bytes:
        """The bytes under its signature."""
        return head_bytes(
            size=self.size,
            root=self.root,
            previous_hash=self.previous_hash,
            horizon_xid=self.horizon_xid,
            made_at=self.made_at,
            key_id=self.key_id,
        )


@dataclass(frozen=True, slots=True)
class Outside:
    """The witnesses outside the database: heads, and (entry id, leaf hash) of every leaf."""

    heads: Sequence[OutsideHead] = ()
    leaves: Sequence[tuple[int, bytes]] = ()


def examine(
    leaves: Iterable[LeafSeen],
    heads: Sequence[HeadSeen],
    strays: Iterable[int],
    outside: Outside,
    is_signed: SignatureCheck,
) -> Report:
    """Compare all witnesses and name what differs.

    `leaves` come in order of their index; `strays` are the numbers of entries that have no leaf although
    their transaction lies behind the horizon of the last head.
    """
    report = Report(heads=len(heads), outside_heads=len(outside.heads))
    outside = _trustworthy(outside, is_signed, report)
    _examine_heads(heads, is_signed, report)
    size = _examine_leaves(leaves, heads, outside, report)
    sealed_outside = {entry_id for entry_id, _ in outside.leaves}
    for entry_id in strays:
        kind = "removed" if entry_id in sealed_outside else "inserted"
        what = "leaf of entry" if kind == "removed" else "entry"
        report.add(kind, f"{what} {entry_id}", entry_id)
    _compare_with_outside(heads, size, outside, report)
    return report


def _trustworthy(outside: Outside, is_signed: SignatureCheck, report: Report) -> Outside:
    """Keep of the outside only what its own signatures vouch for."""
    good = [head for head in outside.heads if is_signed(head.key_id, bytes.fromhex(head.signature), _signed(head))]
    for head in outside.heads:
        if head not in good:
            report.add("outside damaged", f"head of {head.size} leaves")
    wanted = {head.size: head.root for head in good}
    tree, vouched = Frontier(), 0
    for _, digest in outside.leaves:
        tree.append(digest)
        if tree.size in wanted:
            if tree.root().hex() != wanted[tree.size]:
                report.add("outside damaged", f"{LEAVES} before line {tree.size}")
                break
            vouched = tree.size
    return Outside(good, outside.leaves[:vouched])


def _signed(head: OutsideHead) -> bytes:
    return head_bytes(
        size=head.size,
        root=bytes.fromhex(head.root),
        previous_hash=bytes.fromhex(head.previous_hash),
        horizon_xid=head.horizon_xid,
        made_at=head.made_at,
        key_id=head.key_id,
    )


def _examine_heads(heads: Sequence[HeadSeen], is_signed: SignatureCheck, report: Report) -> None:
    previous = GENESIS
    for head in heads:
        where = f"head of {head.size} leaves, {head.made_at}"
        if head_hash(head.signed()) != head.head_hash:
            report.add("head changed", where)
        elif not is_signed(head.key_id, head.signature, head.signed()):
            report.add("head not signed", where)
        if head.previous_hash != previous:
            report.add("head removed", f"before the {where}")
        previous = head.head_hash


def _examine_leaves(leaves: Iterable[LeafSeen], heads: Sequence[HeadSeen], outside: Outside, report: Report) -> int:
    """Walk all leaves once; return how many places there are."""
    tree, walk = Frontier(), _Walk(heads, outside, report)
    for leaf in leaves:
        while tree.size < leaf.leaf_index:
            walk.gap(tree)
        walk.leaf(leaf)
        tree.append(leaf.leaf_hash)
        walk.close_heads(tree)
    last = heads[-1].size if heads else 0
    while tree.size < last:
        walk.gap(tree)
    walk.finish(tree)
    return tree.size


class _Walk:
    """What is remembered between one leaf and the next."""

    def __init__(self, heads: Sequence[HeadSeen], outside: Outside, report: Report) -> None:
        self.heads, self.outside, self.report = heads, outside, report
        self.next_head = 0
        self.found_before = len(report.findings)
        self.does_add_up = True
        self.before: tuple[int, int] | None = None
        self.furthest_outside = -1
        self.outside_horizon = max((h.horizon_xid for h in outside.heads if h.size == len(outside.leaves)), default=0)
        # Both are made at the first difference only; everything before it stood in its place.
        self._places: dict[int, tuple[int, bytes]] | None = None
        self._not_seen: dict[int, int] = {}

    def gap(self, tree: Frontier) -> None:
        """A place without a leaf: whatever stood here was removed."""
        if tree.size < len(self.outside.leaves):
            entry_id, digest = self.outside.leaves[tree.size]
            self._not_seen.pop(entry_id, None)
            self.report.add("removed", f"entry {entry_id}, leaf {tree.size}", entry_id, tree.size)
        else:
            digest = b"\x00" * 32
            self.report.add("removed", f"leaf {tree.size}", None, tree.size)
        tree.append(digest)
        self.close_heads(tree)

    def leaf(self, leaf: LeafSeen) -> None:
        """Compare one entry with its leaf, its neighbours, its head and the outside."""
        self.report.entries += 1
        where = f"entry {leaf.entry_id}, leaf {leaf.leaf_index}"
        if leaf.row is None:
            self.report.add("removed", where, leaf.entry_id, leaf.leaf_index)
        elif leaf_hash(leaf.row) != leaf.leaf_hash:
            self.report.add("changed", where, leaf.entry_id, leaf.leaf_index)
        if leaf.xid is not None:
            self._in_order(leaf, leaf.xid, where)
        if self._places is not None or not self._stands_outside(leaf):
            self._differs_outside(leaf, where)

    def _in_order(self, leaf: LeafSeen, xid: int, where: str) -> None:
        here = (xid, leaf.entry_id)
        if self.before is not None and here < self.before:
            self.report.add("reordered", where, leaf.entry_id, leaf.leaf_index)
        else:
            self.before = here
        if self.next_head >= len(self.heads):
            self.report.add("inserted", f"{where}, under no head", leaf.entry_id, leaf.leaf_index)

    def _stands_outside(self, leaf: LeafSeen) -> bool:
        if leaf.leaf_index >= len(self.outside.leaves):
            return True  # not copied yet: nothing to compare with
        return self.outside.leaves[leaf.leaf_index] == (leaf.entry_id, leaf.leaf_hash)

    def _differs_outside(self, leaf: LeafSeen, where: str) -> None:
        if self._places is None:
            here = enumerate(self.outside.leaves)
            self._places = {entry: (place, digest) for place, (entry, digest) in here}
            self._not_seen = {e: place for e, (place, _) in self._places.items() if place >= leaf.leaf_index}
        known = self._places.get(leaf.entry_id)
        if known is None:
            # A row newer than the copies has only moved up, because one before it is gone.
            if leaf.xid is None or leaf.xid < self.outside_horizon:
                self.report.add("inserted", where, leaf.entry_id, leaf.leaf_index)
            return
        self._not_seen.pop(leaf.entry_id, None)
        place, digest = known
        if digest != leaf.leaf_hash:
            self.report.add("changed", where, leaf.entry_id, leaf.leaf_index)
        if place < self.furthest_outside:
            self.report.add("reordered", where, leaf.entry_id, leaf.leaf_index)
        self.furthest_outside = max(self.furthest_outside, place)

    def finish(self, tree: Frontier) -> None:
        """Name what stands outside and was met nowhere (a missing end is told by comparing heads)."""
        for entry_id, place in self._not_seen.items():
            if place < tree.size:
                self.report.add("removed", f"entry {entry_id}, leaf {place}", entry_id, place)

    def close_heads(self, tree: Frontier) -> None:
        """Compare the root when a head says it ends here."""
        while self.next_head < len(self.heads) and self.heads[self.next_head].size <= tree.size:
            head = self.heads[self.next_head]
            start = self.heads[self.next_head - 1].size if self.next_head else 0
            self.next_head += 1
            fits = head.size == tree.size and tree.root() == head.root
            explained = len(self.report.findings) > self.found_before
            if not fits and self.does_add_up and not explained:
                self.report.add("rows do not add up", f"leaves {start} to {head.size - 1}, {head.made_at}")
            # After the first difference every later root differs too: one finding is enough.
            self.does_add_up = self.does_add_up and fits


def _compare_with_outside(heads: Sequence[HeadSeen], size: int, outside: Outside, report: Report) -> None:
    inside = {head.size: head for head in heads}
    cut = [head for head in outside.heads if head.size > size]
    for head in outside.heads:
        if head.size <= size and (head.size not in inside or inside[head.size].root.hex() != head.root):
            report.add("rewritten", f"head of {head.size} leaves, {head.made_at}")
    if not cut:
        return
    end = max(head.size for head in cut)
    report.add("cut off", f"leaves {size} to {end - 1}", None, size)
    for index, (entry_id, _) in enumerate(outside.leaves[size:end], start=size):
        report.add("cut off", f"entry {entry_id}, leaf {index}", entry_id, index)

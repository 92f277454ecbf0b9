"""Does the sealer take each finished entry exactly once, and does release learn when it stops?"""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from phueng.audit import clock, outside
from phueng.audit.models import Entry, Head, HeadCopy, Leaf
from phueng.audit.queries import entries_about, entries_about_person, oldest_unsealed_at, sealing_is_fresh
from phueng.audit.seal import GENESIS
from phueng.audit.tests.conftest import write_entries
from phueng.audit.tests.factories import EntryFactory
from phueng.audit.verify import verify_audit
from phueng.audit.work import SealBroken, publish_heads, seal_entries

INSERT = (
    "INSERT INTO audit_entry (at, actor_kind, actor_name, role, office_code, act, is_read, subject_kind,"
    " subject_id, why, request_id)"
    " VALUES (now(), 'system', 'x', 'system', '', 'audit.tested', false, 'x', gen_random_uuid(), '', '')"
)


def test_an_entry_waits_for_every_older_transaction(empty_audit: Any, outside_folder: Path) -> None:
    """A row that commits late must not end up behind the horizon: it would look slipped in."""
    with psycopg.connect(empty_audit.url) as slow:
        slow.execute(INSERT)
        write_entries(3)
        assert seal_entries() == 0
        slow.commit()
    assert seal_entries() == 4
    assert verify_audit().is_clean


def test_heads_name_their_predecessor_and_batches_may_cut_a_transaction(empty_audit: Any, outside_folder: Path) -> None:
    write_entries(23, each_transaction=23)
    sealed = []
    while done := seal_entries(limit=5):
        sealed.append(done)
    assert sealed == [5, 5, 5, 5, 3]
    heads = list(Head.objects.order_by("size"))
    assert [bytes(head.previous_hash) for head in heads] == [
        GENESIS,
        *(bytes(head.head_hash) for head in heads[:-1]),
    ]
    assert sorted(Leaf.objects.values_list("leaf_index", flat=True)) == list(range(23))
    assert verify_audit().is_clean


def test_many_sealers_at_once_seal_each_entry_once(empty_audit: Any, outside_folder: Path) -> None:
    write_entries(60)
    failures: list[BaseException] = []

    def seal() -> None:
        try:
            for _ in range(6):
                seal_entries(limit=7)
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    sealers = [threading.Thread(target=seal) for _ in range(4)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()
    while seal_entries(limit=7):
        pass
    assert not failures
    assert Leaf.objects.count() == Entry.objects.count() == 60
    assert verify_audit().is_clean


def test_a_sealer_does_not_bury_a_broken_head(sealed_audit: Any) -> None:
    with psycopg.connect(sealed_audit.owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE audit_head DISABLE TRIGGER USER")
        owner.execute("UPDATE audit_head SET peaks = jsonb_set(peaks, '{0}', to_jsonb(repeat('0', 64)))")
    with pytest.raises(SealBroken):
        seal_entries()


def test_a_sealer_does_not_go_on_over_a_cut(sealed_audit: Any) -> None:
    with psycopg.connect(sealed_audit.owner_url, autocommit=True) as owner:
        owner.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        owner.execute("DELETE FROM audit_entry WHERE id = (SELECT max(entry_id) FROM audit_leaf)")
    with pytest.raises(SealBroken):
        seal_entries()


def test_copies_outside_are_written_at_most_once_an_interval(
    empty_audit: Any, outside_folder: Path, settings: Any
) -> None:
    settings.PHUENG_OUTSIDE_HEADS_SECONDS = 3600
    assert publish_heads() == 0
    write_entries(4)
    seal_entries()
    assert publish_heads() == 1
    assert publish_heads() == 0
    clock.set_clock_offset(timedelta(hours=1, seconds=1))
    assert publish_heads() == 1, "without news the copy says that nothing happened"
    assert [head.size for head in outside.read_heads(outside_folder)] == [4, 4]
    assert len(list(outside.read_leaves(outside_folder))) == 4
    assert HeadCopy.objects.count() == 2


def test_a_half_written_line_outside_is_repaired(sealed_audit: Any, outside_folder: Path) -> None:
    for name in ("leaves.txt", "heads.jsonl"):
        with (outside_folder / name).open("a") as file:
            file.write("0000000000")
    assert [head.size for head in outside.read_heads(outside_folder)] == [10, 20, 30]
    with (outside_folder / "heads.jsonl").open("a") as file:
        file.write("\n")
    assert publish_heads() == 1
    assert len(list(outside.read_leaves(outside_folder))) == 40


def test_evidence_that_stopped_stops_release(empty_audit: Any, outside_folder: Path) -> None:
    assert not sealing_is_fresh(clock.now()), "without any copy outside there is no evidence"
    write_entries(2)
    seal_entries()
    publish_heads()
    assert sealing_is_fresh(clock.now())
    write_entries(1)
    written = oldest_unsealed_at()
    assert written is not None
    assert sealing_is_fresh(written + timedelta(seconds=60))
    assert not sealing_is_fresh(written + timedelta(seconds=61))
    seal_entries()
    copied = HeadCopy.objects.latest("published_at").published_at
    assert sealing_is_fresh(copied + timedelta(hours=4))
    assert not sealing_is_fresh(copied + timedelta(hours=4, seconds=1))


def test_entries_are_paged_newest_first(db: Any) -> None:
    person, case = uuid4(), uuid4()
    for n in range(53):
        EntryFactory.create(person_id=person, subject_id=case, is_read=n % 2 == 0)
    first = entries_about_person(person)
    assert (len(first.entries), first.entries[0].id > first.entries[1].id) == (50, True)
    rest = entries_about_person(person, older_than=first.older_than)
    assert (len(rest.entries), rest.older_than) == (3, None)
    assert len({entry.id for entry in first.entries + rest.entries}) == 53
    assert len(entries_about(("application", case), reads=True).entries) == 27

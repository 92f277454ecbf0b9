"""Does every column travel in the document, and nothing that could be misread?"""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from phueng.audit.actions import entry_of
from phueng.audit.actors import SYSTEM
from phueng.audit.models import Entry, Head
from phueng.audit.prepared import columns_in
from phueng.audit.together import as_document, as_rows, columns_of, insert_into, rows_in

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ENTRY = entry_of(by=SYSTEM("tests"), at=AT, act="tests.write", subject=("thing", UUID(int=7)), after={"a": "ก"})


def test_what_the_database_fills_is_left_to_it() -> None:
    filled = columns_of(Entry)
    assert {"at", "act", "subject_id", "before"} <= set(filled)
    assert not {"id", "xid", "written_at"} & set(filled)


def test_a_row_travels_as_the_database_reads_it() -> None:
    document = as_document({"entries": as_rows([ENTRY])})
    assert '"at":"2026-11-22T03:00:00+00:00"' in document
    assert f'"subject_id":"{UUID(int=7)}"' in document
    assert '"after":{"a":"ก"}' in document
    assert '"before"' not in document  # what is not there is NULL


def test_the_statement_names_each_column_once_and_takes_what_is_computed() -> None:
    statement = insert_into(Entry, rows_in(Entry, "entries"), {"after": "r.before"})
    assert statement.startswith(f"INSERT INTO audit_entry ({', '.join(columns_of(Entry))}) SELECT r.at,")
    assert statement.count("r.before") == 2
    assert "r.after" not in statement


def test_bytes_and_unknown_values_do_not_travel() -> None:
    with pytest.raises(TypeError, match="has bytes"):
        columns_of(Head)
    with pytest.raises(TypeError, match="does not travel"):
        as_document({"amount": 1.5j})


def test_sealed_columns_are_read_through_their_field() -> None:
    from phueng.questionnaires.models import Answer

    with pytest.raises(TypeError, match="through its fields"):
        columns_in(Answer, "a")

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from export_books import sampled, small

from reaffirm.errors import UsageError
from reaffirm.export import jsonl
from reaffirm.export.filters import part
from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book

pytest_plugins = ["samples"]
STATEMENT = "03-2032-02-joint-statement.txt"


def ids(book: Book, kind: str) -> list[str]:
    return [row["id"] for row in book.rows[kind]]


def test_without_filters_all_is_kept(sample: Path) -> None:
    assert part(sampled(sample)) is sampled(sample)
    assert part(sampled(sample), issue=None, since="") is sampled(sample)


@pytest.mark.parametrize("wanted", [{"document": STATEMENT}, {"since": "2033", "until": "2034-01-22"}, {"until": "2031"},
{"since": "2032-02-20"}])
def test_documents_and_periods_are_those_of_the_questions(sample: Path, wanted: dict[str, str]) -> None:
    found = part(sampled(sample), **wanted)
    with Ledger(sample) as ledger:
        assert ids(found, "statements") == [said.statement.id for said in ledger.said(**wanted)]  # type: ignore[arg-type]
        assert ids(found, "commitments") == [item.row.id for item in ledger.commitments(**wanted)]  # type: ignore[arg-type]
        assert ids(found, "demands") == [item.row.id for item in ledger.demands(**wanted)]  # type: ignore[arg-type]


@pytest.mark.parametrize("wanted", [{"issue": "orrin-shoals"}, {"party": "Velmara"}, {"issue": "Treaty of Mutual", "party": "saoren"},
{"forum": "Straits Security"}])
def test_commitments_are_those_of_the_question(sample: Path, wanted: dict[str, str]) -> None:
    found = part(sampled(sample), **wanted)
    with Ledger(sample) as ledger:
        expected = [item.row.id for item in ledger.commitments(**wanted)]  # type: ignore[arg-type]
    assert ids(found, "commitments") == expected
    assert expected


@pytest.mark.parametrize("speaker", ["Elna Marsten", "marsten", "Ondaro"])
def test_statements_of_a_speaker_are_those_of_the_question(sample: Path, speaker: str) -> None:
    found = part(sampled(sample), speaker=speaker)
    with Ledger(sample) as ledger:
        assert ids(found, "statements") == [said.statement.id for said in ledger.said(speaker=speaker)]
    assert {row["statement"] for row in found.rows["commitments"]} <= set(ids(found, "statements"))
    assert found.rows["commitments"]


def test_what_hangs_on_what_stays_stays(sample: Path) -> None:
    found = part(sampled(sample), document=STATEMENT)
    assert [row["doc"] for row in found.rows["documents"]] == list(found.texts) == [STATEMENT]
    assert {row["doc"] for kind in ("mentions", "timex") for row in found.rows[kind]} == {STATEMENT}
    assert all(any(place["doc"] == STATEMENT for place in row["evidence"]) for row in found.rows["meetings"])
    assert found.rows["meetings"]
    kept = {key for kind in ("statements", "commitments", "demands", "meetings") for key in ids(found, kind)}
    threads = {row["id"] for row in sampled(sample).rows["threads"] if any(kept & set(step["members"]) for step in row["steps"])}
    assert set(ids(found, "threads")) == threads != set()
    assert 0 < len(found.rows["actors"]) < len(sampled(sample).rows["actors"])
    assert found.filters == (("document", STATEMENT),)
    assert ("filter document", STATEMENT) in found.provenance()


def test_an_item_filter_leaves_out_documents_without_items(sample: Path) -> None:
    found = part(sampled(sample), issue="export-controls")
    docs = {row["doc"] for kind in ("statements", "commitments", "demands") for row in found.rows[kind]}
    assert {row["doc"] for row in found.rows["documents"]} == docs < set(sampled(sample).texts)


def test_a_part_can_be_written_in_the_exchange_format() -> None:
    files = dict(jsonl.written(part(small("x"), document="a.txt")))
    assert files["texts/a.txt.txt"] == small("x").texts["a.txt"].encode()
    assert not dict(jsonl.written(part(small("x"), until="1999")))["statements.jsonl"]


def test_the_id_of_a_document_or_its_beginning_names_it() -> None:
    assert part(small("x"), document="d-1").rows["documents"] == small("x").rows["documents"]


@pytest.mark.parametrize(("wanted", "words"), [({"document": "none.txt"}, "reaffirm documents"), ({"since": "soon"}, "is no date")])
def test_what_cannot_be_asked_says_what_to_do(wanted: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        part(small("x"), **wanted)

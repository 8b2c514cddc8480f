from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_builders import Filled

from reaffirm.store import queries
from reaffirm.store.fulltext import MARKS, WIDTH, marks, match, snippet
from reaffirm.store.sqlite import SqliteStore, open_ledger

HOSTILE = [
    '"', "''", '"""', "*", "NEAR(", "NEAR(a b, 2)", "alliance AND", "OR", "NOT alliance", "text:alliance", "{a b}: c", "^alliance",
    "a-b", "(", ")", "+", "\x00", "alliance\x00strong", "😀", "日本", "\ud800", "x" * 5000, "strong " * 500,
    "alliance'); DROP TABLE raw; --",
    "%_", "\ue0f0\ue0f1", '"open phrase', "**", '"*', "´`", "\u0300", "٢", "ⅷ",
    "\U0001f1ef\U0001f1f5", "a" + "\u0301" * 50,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_no_search_breaks_the_syntax(filled: Filled, query: str) -> None:
    queries.search(filled.store, query)
    queries.said(filled.store, text=query)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    with open_ledger(tmp_path_factory.mktemp("search") / "ledger.db", create=True) as store:
        yield store


@given(st.text())
def test_no_text_at_all_breaks_the_syntax(shared: SqliteStore, query: str) -> None:
    assert queries.search(shared, query) == []


@pytest.mark.parametrize(("query", "terms"), [
    ("alliance strong", '"alliance" "strong"'),
    ('"the alliance" strong', '"the alliance" "strong"'),
    ("“the alliance”", '"the alliance"'),
    ('"the alliance', '"the alliance"'),
    ("reaffirm*", '"reaffirm"*'),
    ("2+2", '"2+2"'),
    ("a OR b", '"a" "OR" "b"'),
    ("- * 😀", None),
    ("", None),
])  # fmt: skip
def test_what_is_typed_is_searched_as_words(query: str, terms: str | None) -> None:
    assert match(query) == terms


@pytest.mark.parametrize(("query", "found"), [
    ("ALLIANCE strong", ["alliance", "strong"]),
    ('"alliance is strong"', ["alliance is strong"]),
    ('"strong alliance"', []),
    ("reaff*", ["reaffirmed"]),
    ("reaff", []),
    ("alliance weak", []),
    ("PRINT", []),
    ("year\x00again", ["again", "year"]),
])  # fmt: skip
def test_searching_finds_words_at_their_offsets(filled: Filled, query: str, found: list[str]) -> None:
    text = filled.observation.document.text
    hits = queries.search(filled.store, query)
    assert [text[start:end] for hit in hits for start, end in hit.marks] == found
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)


def test_marks_that_the_text_itself_contains_are_not_trusted() -> None:
    begin, end = MARKS
    assert marks("a b", f"a {begin}b{end}") == ((2, 3),)
    assert marks(f"a{begin} b", f"a{begin} {begin}b{end}") == ()


def test_a_snippet_shows_the_find_between_whole_words() -> None:
    text = "word " * 200 + "needle " + "word " * 200
    shown = snippet(text, ((1000, 1006),))
    assert shown.startswith("… word ")
    assert shown.endswith(" word …")
    assert "needle" in shown
    assert len(shown) < 4 * WIDTH
    assert snippet("short\n text", ()) == "short text"
    assert snippet("x" * 1000, ((500, 501),)).count("x") > 1

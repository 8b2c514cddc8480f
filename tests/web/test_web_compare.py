"""Pages that hold documents against each other: threads, redlines, chains, new language, audits."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm.export.redlines.paragraphs import NEW, OLD
from reaffirm.ledger import Ledger
from reaffirm.linking.redline import redline
from reaffirm.model import Span
from reaffirm.web import redlining

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.testclient import TestClient

pytest_plugins = ["samples", "web_client"]
THIRD, FOURTH = "07-2033-03-joint-statement.txt", "11-2034-01-22-joint-statement.txt"
PAIR = f"a={THIRD}&b={FOURTH}"
CHAIN = "issue=export-controls&forum=straits-security-dialogue"


def lines(a: str, b: str) -> tuple[redlining.Line, ...]:
    return redlining.lines(redline(a, b).pieces, ((0, 0),), ((0, 0),))


def side(line: redlining.Line, gone: frozenset[str]) -> str:
    return "".join(run.text for run in line.runs if run.kind not in gone)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("We agree. We part.", "We agree. We part.", [("same", "We agree."), ("same", "We part.")]),
        ("The ships sail in May.", "The ships sail in June.", [("changed", "The ships sail in MayJune.")]),
        (
            "The ships sail in May.\n\nThe study ends.", "The ships sail in May.\n\nNobody was there at all.\n\nThe study ends.",
            [("same", "The ships sail in May."), ("inserted", "Nobody was there at all."), ("same", "The study ends.")],
        ),
        ("1. The ships of both sides sail.", "The ships of both sides sail.", [("changed", "1. The ships of both sides sail.")]),
    ],
)  # fmt: skip
def test_lines_end_where_both_texts_do(a: str, b: str, expected: list[tuple[str, str]]) -> None:
    assert [(line.kind, "".join(run.text for run in line.runs)) for line in lines(a, b)] == expected


def test_a_moved_sentence_leads_to_its_other_end() -> None:
    moved = "The two governments will complete the joint study on undersea cables by the end of the year."
    rest = ["They met in Hanaru in the spring.", "They spoke of export controls at length.", "They will meet again in Ostrel."]
    found = lines("\n\n".join([moved, *rest]), "\n\n".join([*rest, moved]))
    ends = {line.kind: line for line in found if line.other}
    assert set(ends) == {"moved away", "moved here"}
    assert ends["moved away"].other == ends["moved here"].number
    (told,) = redlining.changes(found)
    assert (told.kind, told.was, told.other) == ("moved", moved, ends["moved here"].number)


TEXTS = st.lists(st.sampled_from(["We agree. ", "They met in May", "2. ", "\n\n", "The study ends. ", "– it holds;", " "])).map("".join)


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_no_word_of_either_text_is_lost(a: str, b: str) -> None:
    found = lines(a, b)
    for gone, text in ((NEW, a), (OLD, b)):
        shown = "".join(side(line, gone) for line in found).replace(redlining.MARK, "")
        assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)
    assert [line.number for line in found] == list(range(1, len(found) + 1))


def test_extents_are_those_of_the_documents(sample: Path) -> None:
    with Ledger(sample, read_only=True) as ledger:
        found = ledger.compared(THIRD, FOURTH)
        texts = [ledger.opened(key).entry.document.text for key in (THIRD, FOURTH)]
    shown = redlining.lines(found.pieces, found.first.places, found.second.places)
    for line in shown:
        for extent, gone, text in ((line.first, NEW, texts[0]), (line.second, OLD, texts[1])):
            words = side(line, gone).replace(redlining.MARK, "").split()
            assert (extent is not None) == bool(words)
            if extent:
                assert "".join(text[slice(*extent)].split()) == "".join(words)


def test_marked_words_are_cut_out_of_their_span() -> None:
    whole, part, other = Span("D-1", 10, 21, "a new study"), Span("D-1", 12, 15, "new"), Span("D-2", 12, 15, "new")
    assert [(r.kind, r.text) for r in redlining.marked(whole, [(part, "inserted"), (other, "deleted")])] == [
        ("same", "a "), ("inserted", "new"), ("same", " study"),
    ]  # fmt: skip


# Threads


def test_threads_are_narrowed(asked: Callable[[str], Any]) -> None:
    whole = asked("/threads.json")
    for facet in whole["found"]["facets"]:
        chosen = facet["counts"][0]
        assert asked(f"/threads.json?{facet['name']}={chosen['value']}")["found"]["total"] == chosen["n"] > 0
    assert len(asked("/threads.json?per=2")["sheet"]["rows"]) == 2


def test_every_row_leads_to_its_thread(client: TestClient, asked: Callable[[str], Any]) -> None:
    course = asked("/threads.json?issue=article-4&status=strengthened")["sheet"]["rows"][0]
    life = asked(f"/thread/{course['id']}.json")
    steps = [moment["step"] for moment in life["moments"] if moment["step"]]
    rows = [item["id"] for step in steps for item in step["members"]]
    for row in {*rows[:3], course["id"][:12]} - {course["id"]}:
        assert client.get(f"/thread/{row}", follow_redirects=False).headers["location"] == f"/thread/{course['id']}"
    assert client.get(f"/row/{course['id']}", follow_redirects=False).headers["location"] == f"/thread/{course['id']}"
    assert client.get("/thread/S-zz").status_code == 404


def test_a_thread_shows_both_wordings_and_the_rule(client: TestClient, asked: Callable[[str], Any]) -> None:
    course = asked("/threads.json?issue=article-4&status=strengthened")["sheet"]["rows"][0]
    page = client.get(f"/thread/{course['id']}").text
    assert '<ins><span class="unseen">added: </span>applies' in page
    assert '<del><span class="unseen">removed: </span>extends' in page
    for moment in asked(f"/thread/{course['id']}.json")["moments"]:
        if moment["step"]:
            assert moment["step"]["rule"] in unescape(page)
            assert all(f"?c={item['wording'][0]['start']}-" in page for item in moment["step"]["members"])


def test_silence_stands_between_the_steps_with_its_receipt(client: TestClient, asked: Callable[[str], Any]) -> None:
    course = next(c for c in asked("/threads.json")["sheet"]["rows"] if c["silent"])
    life = asked(f"/thread/{course['id']}.json")
    gaps = [moment["silence"] for moment in life["moments"] if moment["silence"]]
    page = unescape(client.get(f"/thread/{course['id']}").text)
    assert len(gaps) == course["silent"]
    assert all(gap["searched"] in page for gap in gaps)
    days = [(m["step"] or m["silence"])["place"]["first"] or "9" for m in life["moments"]]
    assert days == sorted(days)


def test_what_is_late_depends_on_the_day(client: TestClient, asked: Callable[[str], Any]) -> None:
    course = next(c for c in asked("/threads.json?status=delayed")["sheet"]["rows"] if "study" in c["label"])
    late = asked(f"/thread/{course['id']}.json?as_of=2036-01-01")["late"]
    assert late["days"] > 0
    assert "Late on 1 Jan 2036" in client.get(f"/thread/{course['id']}?as_of=2036-01-01").text
    assert asked(f"/thread/{course['id']}.json?as_of=2031")["late"] is None
    assert client.get(f"/thread/{course['id']}?as_of=soon").status_code in {404, 422}


# Redlines


def test_a_redline_is_told_in_words_as_well(client: TestClient, asked: Callable[[str], Any]) -> None:
    found = asked(f"/redline.json?{PAIR}")
    page = client.get(f"/redline?{PAIR}").text
    assert found["changes"]
    assert f"The changes as a list, {len(found['changes'])}" in page
    assert {c["line"] for c in found["changes"]} <= {line["number"] for line in found["lines"] if line["kind"] != "same"}
    assert asked(f"/redline.json?a={THIRD}&b={THIRD}")["changes"] == []
    assert "Nothing was changed" in client.get(f"/redline?a={THIRD}&b={THIRD}").text


@pytest.mark.parametrize("address", [f"/redline/file?{PAIR}", f"/chain/file?{CHAIN}"])
def test_redlines_are_saved_as_files(client: TestClient, address: str) -> None:
    word, alone = client.get(f"{address}&form=docx"), client.get(f"{address}&form=html")
    assert "word/document.xml" in zipfile.ZipFile(BytesIO(word.content)).namelist()
    assert alone.text.startswith("<!doctype html>")
    assert all(found.headers["content-disposition"].startswith("attachment;") for found in (word, alone))
    assert client.get(f"{address}&form=exe").status_code == 422


@pytest.mark.parametrize("path", ["/redline", "/redline/file"])
def test_no_file_of_the_machine_is_read(client: TestClient, path: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("The password is swordfish.\n")
    found = client.get(path, params={"a": str(secret), "b": THIRD})
    assert found.status_code in {404, 422}
    assert "swordfish" not in found.text


def test_a_chain_says_what_it_says_of_one_issue(client: TestClient, asked: Callable[[str], Any]) -> None:
    links = asked(f"/chain.json?{CHAIN}")["links"]
    assert [link["against"] is None for link in links][:2] == [True, False]
    assert all(bool(link["passages"]) != bool(link["gap"]) for link in links)
    page = client.get(f"/chain?{CHAIN}").text
    assert all(f"?c={link['passages'][0]['start']}-" in page for link in links if link["passages"])


# New language, audits


def test_what_is_new_is_ranked_with_its_words(client: TestClient, homes: dict[str, str], asked: Callable[[str], Any]) -> None:
    found = asked(f"/new/{homes['07']}.json")
    ranks = [remarked["rank"] for group in found["groups"] for remarked in group["remarks"]]
    assert sorted(ranks) == list(range(1, len(ranks) + 1))
    assert {g["name"] for g in found["groups"] if g["remarks"]} >= {"shifted", "first", "gone", "returns"}
    page = client.get(f"/new/{homes['07']}").text
    assert all(f"/d/{t['id']}" in page for t in found["searched"])
    assert client.get(f"/new/{homes['01']}").status_code == 404


def test_each_quotation_has_its_verdict_and_both_places(client: TestClient, homes: dict[str, str], asked: Callable[[str], Any]) -> None:
    found = asked(f"/audit/{homes['12']}.json")
    page = client.get(f"/audit/{homes['12']}").text
    assert sum(n for _, n in found["counts"]) == len(found["quotations"]) > 0
    for checked in found["quotations"]:
        verdict = checked["verdict"]
        spans = [verdict["quotation"]["span"], *verdict["standing"]]
        assert all(f"/d/{s['document']}?c={s['start']}-{s['end']}" in page for s in spans)


def test_the_reader_leads_to_what_compares(client: TestClient, homes: dict[str, str]) -> None:
    page = client.get(f"/d/{homes['07']}").text
    for address in (f"/new/{homes['07']}", f"/audit/{homes['07']}", f"/redline?a={THIRD}"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200

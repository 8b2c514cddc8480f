"""One subject down a chain of the sample corpus: passages, redlines and gaps, in every form."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import docx
import pytest

from reaffirm.descent import descent
from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from samples import Outcome

    Run = Callable[..., Outcome]

pytest_plugins = ["samples"]
FIRST, SECOND, THIRD = "01-2031-04-12-joint-statement.txt", "03-2032-02-joint-statement.txt", "07-2033-03-joint-statement.txt"
FOURTH = "11-2034-01-22-joint-statement.txt"
CHAIN = [FIRST, SECOND, THIRD, FOURTH]


@pytest.fixture(scope="module")
def ledger(sample: Path) -> Iterator[Ledger]:
    with Ledger(sample) as opened:
        yield opened


def rows(ledger: Ledger, issue: str, forum: str | None = None, chain: str | None = None) -> list[dict[str, Any]]:
    return list(json.loads(ledger.chain_redline(issue, forum=forum, chain=chain, form="json"))["sections"])


@pytest.mark.parametrize("chain", [{"forum": "Dialogue"}, {"chain": FIRST}, {"chain": FOURTH}])
def test_the_chain_is_a_forums_or_a_documents(ledger: Ledger, chain: dict[str, str]) -> None:
    found = rows(ledger, "export-controls", **chain)
    assert [section["place"]["doc"] for section in found] == CHAIN
    assert [section["against"] for section in found] == [None, FIRST, SECOND, THIRD]


@pytest.mark.parametrize("issue", ["export-controls", "Article 4", "undersea-cables", "patrols", "scholarship"])
def test_each_redline_leads_from_one_documents_passages_to_the_nexts(ledger: Ledger, issue: str) -> None:
    before = None
    for section in rows(ledger, issue, forum="Dialogue"):
        texts = [span["exact"] for span in section["passages"]]
        assert bool(texts) == (section["gap"] is None)
        if not texts:
            continue
        after = "".join(p["text"] for p in section["pieces"] if p["kind"] not in {"deleted", "moved-from"})
        was = "".join(p["text"] for p in section["pieces"] if p["kind"] not in {"inserted", "moved-to"})
        assert (after, was) == ("\n\n".join(texts), before or after)
        before = after


def test_a_passage_is_a_sentence_with_a_row_of_the_issue_or_with_its_name(ledger: Ledger) -> None:
    first, *_, last = rows(ledger, "export-controls", forum="Dialogue")
    assert [span["exact"] for span in first["passages"]] == [
        "The Ministers agreed to coordinate their export controls on dual-use technology.",
        "They confirmed that a common list of controlled goods will be drawn up by officials.",  # filed, not named
    ]
    assert [span["exact"][:30] for span in last["passages"]] == ["The Ministers recalled their e"]  # named, no row


def test_a_document_that_says_nothing_is_a_gap_with_its_receipt(ledger: Ledger) -> None:
    first, second, *later = rows(ledger, "scholarship", forum="Dialogue")
    assert (len(first["passages"]), first["gap"]) == (1, None)
    for section in (second, *later):
        assert (section["passages"], section["pieces"], section["against"]) == ([], [], None)
        assert "scholarship" in section["gap"]["searched"]
        assert section["gap"]["nearest"]["document"] == section["place"]["document"]


def test_after_a_gap_the_last_document_with_passages_is_compared(ledger: Ledger) -> None:
    found = descent(ledger.store, "Port Selwick", "Dialogue")
    against = [(section.place.doc, section.against) for section in found if section.passages]
    assert [one for one, _ in against[:-1]] == [other for _, other in against[1:]]


def test_every_form(ledger: Ledger, sample: Path, run: Run, tmp_path: Path) -> None:
    shown = run("redline", "--issue", "export-controls", "--forum", "Dialogue", "--ledger", sample).out
    assert "2032-02-20  03-2032-02-joint-statement.txt: against 01-2031" in shown
    assert "[-agreed to coordinate-]{+stressed the importance of coordinating+}" in shown
    page = ledger.chain_redline("scholarship", forum="Dialogue", form="html").decode()
    assert re.findall("<h2>(.*?)</h2>", page)[1] == f"2032-02-20  {SECOND}: not mentioned"
    assert "<title>scholarship in Dialogue</title>" in page
    out = tmp_path / "chain.docx"
    assert run("redline", "--issue", "export-controls", "--chain", FIRST, "--form", "docx", "--out", out, "--ledger", sample).code == 0
    read = docx.Document(io.BytesIO(out.read_bytes()))
    assert next(p.text for p in read.paragraphs if p.style and p.style.name == "Heading 1") == f"2031-04-12  {FIRST}: first passages"
    assert read.sections[0].header.paragraphs[0].text == f"export-controls in the chain of {FIRST}"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--issue", "export-controls"), "say which chain"),
        (("--issue", "export-controls", "--forum", "Dialogue", "--chain", FIRST), "say which chain"),
        (("--issue", "no such issue", "--forum", "Dialogue"), "none of 4 documents says anything"),
        (("--issue", "export-controls", "--forum", "Regatta"), "no forum with outputs"),
        ((FIRST,), "name two texts"),
        ((FIRST, SECOND, "--issue", "export-controls"), "name two texts"),
        (("--issue", "export-controls", "--forum", "Dialogue", "--form", "docx"), "needs a file"),
    ],
)
def test_what_cannot_be_shown_says_what_to_do(sample: Path, run: Run, arguments: tuple[str, ...], says: str) -> None:
    refused = run("redline", *arguments, "--ledger", sample)
    assert (refused.code, says in refused.err) == (2, True)

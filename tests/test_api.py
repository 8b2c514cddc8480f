"""The Python interface as a stranger uses it: twenty names, loaded when they are asked for, typed; and the tutorial that shows them."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import reaffirm

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["samples"]
ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "examples/tutorial.py"


@pytest.fixture
def ledger(sample: Path) -> Iterator[reaffirm.Ledger]:
    with reaffirm.Ledger(sample, read_only=True) as found:
        yield found


# Names


def test_there_are_twenty_names_at_most_and_each_is_documented() -> None:
    assert len(reaffirm.__all__) == 20
    assert sorted(set(reaffirm.__all__)) == sorted(reaffirm.__all__)
    assert [name for name in reaffirm.__all__ if not (getattr(reaffirm, name).__doc__ or "").strip()] == []
    assert set(dir(reaffirm)) >= set(reaffirm.__all__)


def test_the_names_are_those_that_type_checkers_see() -> None:
    tree = ast.parse(Path(reaffirm.__file__).read_text(encoding="utf-8"))
    seen = {alias.asname for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names if alias.asname}
    assert seen - {"_version"} == set(reaffirm.__all__)
    assert resources.files("reaffirm").joinpath("py.typed").is_file()


def test_importing_loads_nothing_large() -> None:
    code = "import sys, reaffirm; print(sorted({name.partition('.')[0] for name in sys.modules} & {'spacy', 'numpy', 'lxml', 'fastapi'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'reaffirm' has no attribute 'nothing'"):
        reaffirm.nothing  # noqa: B018


# The nouns as answers


def test_answers_are_made_of_the_nouns(ledger: reaffirm.Ledger) -> None:
    said = ledger.said(cue="pledged")
    statement: reaffirm.Statement = said[0].statement
    span: reaffirm.Span = statement.content[0]
    opened = ledger.opened(span.document).entry
    document: reaffirm.Document = opened.document
    meeting: reaffirm.Meeting = ledger.meetings()[0].meeting
    promised: reaffirm.Commitment = ledger.commitments(limit=1)[0].row
    asked: reaffirm.Demand = ledger.demands(limit=1)[0].row
    thread: reaffirm.Thread = ledger.threads(limit=1)[0]
    step: reaffirm.Step = thread.steps[0]
    problem: reaffirm.Problem = ledger.problems()[0].problem
    actor: reaffirm.Actor = next(actor for actor in opened.actors)
    when: reaffirm.When = next(when for when in opened.times)
    packs: reaffirm.Packs = ledger.packs
    brief: reaffirm.Brief = ledger.brief("meeting", meeting.id)
    run: reaffirm.Run = ledger.status().runs[0][0]
    nouns = (statement, span, document, meeting, promised, asked, thread, step, problem, actor, when, packs, brief, run)
    assert {type(noun).__name__ for noun in nouns} == set(reaffirm.__all__) - {
        "Ledger", "Judgement", "ReaffirmError", "UsageError", "restore", "upgrade",
    }  # fmt: skip
    assert document.text[span.start : span.end] == span.exact


def test_a_judgement_is_kept_and_undone_and_a_backup_is_brought_back(book: Path, tmp_path: Path) -> None:
    with reaffirm.Ledger(book) as ledger:
        row = ledger.said(cue="pledged")[0].statement.id
        ledger.backup(tmp_path / "kept.db")
        judgement: reaffirm.Judgement = ledger.judge(row, "rejected", who="Runa")
        assert (judgement.verdict, judgement.who) == ("rejected", "Runa")
        assert row not in {said.statement.id for said in ledger.said(cue="pledged")}
    reaffirm.restore(tmp_path / "kept.db", book)
    with reaffirm.Ledger(book) as ledger:
        assert row in {said.statement.id for said in ledger.said(cue="pledged")}
    assert reaffirm.upgrade(book) is None


def test_one_class_catches_what_reaffirm_raises_on_purpose(ledger: reaffirm.Ledger, tmp_path: Path) -> None:
    with pytest.raises(reaffirm.UsageError, match="reaffirm"):
        ledger.thread("C-nothing")
    with pytest.raises(reaffirm.ReaffirmError):
        reaffirm.Ledger(tmp_path / "none.db")


# The tutorial


def test_the_tutorial_runs_and_draws_a_network_and_a_timeline(tmp_path: Path) -> None:
    for library in ("matplotlib", "networkx"):
        pytest.importorskip(library, reason="the extra `plots` is not installed")
    from PIL import Image  # noqa: PLC0415 - only where pictures are drawn

    command = [sys.executable, "-W", "error::UserWarning", str(TUTORIAL), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("12 documents, ")
    assert re.search("“to receive the first scholars in the autumn of 2032” .*: 420 days late", done.stdout)
    for name in ("network.png", "timeline.png"):
        with Image.open(tmp_path / name) as picture:
            colours = picture.convert("RGB").getcolors(maxcolors=1 << 24) or []
            assert picture.width > 800
            assert len(colours) > 20, name
            assert sum(count for count, colour in colours if colour != (255, 255, 255)) > 10_000
    assert (tmp_path / "brief.md").read_text(encoding="utf-8").startswith("# Straits Security Dialogue, no. 4")


def environment() -> dict[str, str]:
    return {**os.environ, "MPLBACKEND": "Agg", "PYTHONPATH": str(ROOT / "src")}


def test_the_tutorial_is_in_cells_with_a_heading_each() -> None:
    cells = [line for line in TUTORIAL.read_text(encoding="utf-8").splitlines() if line.startswith("# %%")]
    assert len(cells) >= 8
    assert [cell for cell in cells if len(cell) < 15] == []

"""The scorer beside the shared gold and ours give the same figures; gold against itself is right everywhere."""

from __future__ import annotations

import contextlib
import copy
import importlib.util
import io
import json
import random
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from review_folders import EXAMPLE, SEEDS, SHARED, TEXTS, required, write

from reaffirm.review import scoring
from reaffirm.review.rows import JSON, KINDS, Row, read, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

    from reaffirm.review.tally import Tally


@pytest.fixture(scope="module")
def original() -> Iterator[ModuleType]:
    """The original scorer, imported by path together with its two neighbours; nothing is written beside it."""
    path = SHARED / "gold" / "score.py"
    if not path.is_file():
        pytest.skip(f"no original scorer at {path}: set REAFFIRM_SHARED to the shared folder")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(path.parent)
        patch.setattr(sys, "dont_write_bytecode", True)
        for neighbour in ("matching", "tally"):
            patch.delitem(sys.modules, neighbour, raising=False)
        spec = importlib.util.spec_from_file_location("original_score", path)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module
        for neighbour in ("matching", "tally"):
            sys.modules.pop(neighbour)


def printed(original: ModuleType, *arguments: object) -> str:
    """What the original prints for some arguments."""
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out):
        patch.setattr(sys, "argv", ["score.py", *map(str, arguments)])
        original.main()
    return out.getvalue()


def spans_of(value: JSON) -> Iterator[Row]:
    if isinstance(value, list):
        for member in value:
            yield from spans_of(member)
    elif isinstance(value, dict):
        if isinstance(value.get("start"), int):
            yield value
        for member in value.values():
            yield from spans_of(member)


def spoil(row: Row, key: str, pool: list[JSON], chance: random.Random) -> None:
    """Gives a field some other row's value, or none: another name, kind, date, parent, status."""
    value = row[key]
    if isinstance(value, list) and value and not isinstance(value[0], dict):
        row[key] = [v for v in value if chance.random() < 0.6] + chance.choice([[], [chance.choice(value)]])
    else:
        row[key] = chance.choice(pool)


def shift(row: Row, chance: random.Random) -> None:
    """Moves some spans of a row, trims them, or takes their place away."""
    for span in spans_of(row):
        if chance.random() < 0.3:
            words, start = str(span["text"]), span["start"]
            assert isinstance(start, int)
            cut = chance.randrange(max(1, len(words) // 2))
            span["text"], span["start"] = words[cut:], start + cut + chance.choice([0, 0, 0, 1, -1])
            if chance.random() < 0.1:
                span["start"] = span["end"] = None


FIXED = {"id", "doc", "content", "action", "surface", "evidence", "steps", "optional", "class", "furniture", "incomplete"}


def mutate(row: Row, peers: list[Row], rate: float, chance: random.Random) -> None:
    """Spoils some fields and spans of a row; `peers` are the rows that lend it their values."""
    for key in sorted(row.keys() - FIXED):
        if chance.random() < rate / 2 and not key.endswith("_accept"):
            spoil(row, key, [peer[key] for peer in peers] + [None], chance)
    if chance.random() < rate:
        shift(row, chance)
    if "optional" in row and chance.random() < rate / 3:
        row["optional"] = not row["optional"]
    if "class" in row and chance.random() < rate / 3:
        row["class"] = chance.choice(["demand", "evaluation", "question", "inference"])


def regroup(meetings: list[Row], rate: float, chance: random.Random) -> None:
    """Takes evidence from meetings, and gives some the evidence of another."""
    chance.shuffle(meetings)
    lent = [records(row, "evidence") for row in meetings]
    for row, own, other in zip(meetings, lent, lent[1:] + lent[:1], strict=True):
        if chance.random() < rate:
            kept = chance.sample(own, chance.randint(1, len(own)))
            row["evidence"] = [*kept, *(other if chance.random() < rate else [])]


def mutated(gold: Path, seed: int, rate: float) -> dict[str, list[Row]]:
    """A folder's rows with rows dropped, doubled and shuffled, spans shifted, fields changed, parents swapped."""
    chance = random.Random(seed)  # noqa: S311 - a mutation is no secret
    files = {kind: read(gold, kind) for kind in (*KINDS, "actors")}
    for kind in KINDS:
        rows = [copy.deepcopy(r) for r in files[kind] if chance.random() > rate / 2]
        rows += [{**copy.deepcopy(r), "id": f"again-{kind}-{n}"} for n, r in enumerate(rows) if chance.random() < rate / 3]
        chance.shuffle(rows)
        steps = [step for r in rows for step in records(r, "steps")]
        for peers in (rows, steps):
            for row in peers:
                mutate(row, peers, rate, chance)
        files[kind] = rows
    regroup(files["meetings"], rate, chance)
    return files


def shared(tally: Tally) -> Tally:
    """The counts of the measures that both scorers have."""
    for kind, measures in scoring.OWN.items():
        for measure in measures:
            tally.cells.pop((kind, measure), None)
        tally.rows[kind, "wrong"] = [row for row in tally.rows[kind, "wrong"] if row["wrong"] not in measures]
    return tally


def ours(gold: Path, pred: Path, texts: Path | None = None, docs: set[str] | None = None) -> str:
    return json.dumps(scoring.report(shared(scoring.score(gold, pred, docs, texts))), indent=1) + "\n"


@pytest.mark.parametrize("folder", [SEEDS, EXAMPLE], ids=["seeds", "example"])
def test_gold_against_itself_gives_the_original_figures(original: ModuleType, folder: Path) -> None:
    gold = required(folder)
    assert ours(gold, gold) == printed(original, gold, gold, "--json")
    tally = shared(scoring.score(gold, gold))
    for by in ("all", "kind", "doc"):
        assert "\n".join(scoring.render(tally, by)) + "\n" == printed(original, gold, gold, "--by", by)


@pytest.mark.parametrize("rate", [0.1, 0.4, 0.8])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("folder", [SEEDS, EXAMPLE], ids=["seeds", "example"])
def test_mutated_gold_gives_the_original_figures(original: ModuleType, tmp_path: Path, folder: Path, seed: int, rate: float) -> None:
    gold = required(folder)
    pred = write(tmp_path / "pred", mutated(gold, seed, rate))
    texts = TEXTS if folder == SEEDS else None
    assert ours(gold, pred, texts) == printed(original, gold, pred, "--json", *(["--texts", texts] if texts else []))
    assert ours(gold, pred) != ours(gold, gold)


@pytest.mark.parametrize("seed", range(4))
def test_the_original_lists_the_same_rows(original: ModuleType, tmp_path: Path, seed: int) -> None:
    gold = required(SEEDS)
    pred = write(tmp_path / "pred", mutated(gold, seed, 0.5))
    theirs, tally = original.score(gold, pred, None, TEXTS), shared(scoring.score(gold, pred, None, TEXTS))
    for kind in (*KINDS, "spans"):
        for which in scoring.WHICH:
            listed = json.loads(json.dumps(theirs.rows[kind, which]))
            assert scoring.listing(tally, which, kind) == listed, (kind, which)


@pytest.mark.parametrize("seed", range(3))
def test_mutated_rows_as_gold_and_a_choice_of_documents(original: ModuleType, tmp_path: Path, seed: int) -> None:
    gold = required(SEEDS)
    rows = mutated(gold, seed, 0.3)
    full = {kind: read(gold, kind) if kind in {"documents", "actors"} else found for kind, found in rows.items()}
    for kind, lists in (("commitments", ("parties", "undertaker")), ("meetings", ("participants",))):
        for row in full[kind]:
            row |= {key: row[key] or [] for key in lists}
    other = write(tmp_path / "gold", full)
    doc = read(gold, "documents")[seed]["doc"]
    assert ours(other, gold) == printed(original, other, gold, "--json")
    assert ours(other, gold, None, {str(doc)}) == printed(original, other, gold, "--json", "--docs", doc)


@pytest.mark.parametrize("folder", [SEEDS, EXAMPLE], ids=["seeds", "example"])
def test_gold_against_itself_is_right_everywhere(folder: Path, tmp_path: Path) -> None:
    gold = required(folder)
    pred = shutil.copytree(gold, tmp_path / "copy")
    for (kind, measure), cells in scoring.score(gold, pred).cells.items():
        for scope, (right, asked, given) in cells.items():
            expected = (0, asked, asked) if "(count" in measure else (asked, asked, asked)
            assert (right, asked, given) == expected, (kind, measure, scope)

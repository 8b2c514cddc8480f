"""The page reader measured on pages in different layouts: all body recovered, no furniture in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reaffirm import formats

if TYPE_CHECKING:
    from reaffirm.model import Source

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(page.stem for page in PAGES.glob("*.html"))


@dataclass(frozen=True)
class Expected:
    """A page's sidecar."""

    body: list[str]
    furniture: list[str]
    hints: dict[str, str]
    metadata: list[tuple[str, str]]
    known: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def fold(text: str) -> str:
    return " ".join(text.split())


def load(name: str) -> tuple[Source, Expected]:
    source = formats.read((PAGES / f"{name}.html").read_bytes(), f"{name}.html")
    return source, Expected(**json.loads((PAGES / f"{name}.json").read_text("utf-8")))


def parts(source: Source, *, furniture: bool) -> list[str]:
    return [fold(source.text[n.start : n.end]) for n in source.nodes if bool(n.furniture) == furniture]


@pytest.mark.parametrize("name", NAMES)
def test_body_is_whole_and_clean(name: str) -> None:
    source, expected = load(name)
    body = parts(source, furniture=False)
    assert [text for text in map(fold, expected.body) if text not in body] == []
    assert sorted(set(body) - set(map(fold, expected.body))) == sorted(expected.known)


@pytest.mark.parametrize("name", NAMES)
def test_furniture_stays_in_the_text_and_is_marked(name: str) -> None:
    source, expected = load(name)
    marked = parts(source, furniture=True)
    assert [text for text in map(fold, expected.furniture) if text not in marked] == []


@pytest.mark.parametrize("name", NAMES)
def test_hints_metadata_and_problems(name: str) -> None:
    source, expected = load(name)
    hints = {(fold(source.text[n.start : n.end]), n.hint) for n in source.nodes}
    assert {(fold(text), hint) for text, hint in expected.hints.items()} <= hints
    fields = [(field.key, field.value) for field in source.metadata]
    assert [field for field in expected.metadata if tuple(field) not in fields] == []
    assert [problem[0] for problem in source.problems] == list(expected.problems)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_text_that_is_not_shown(name: str) -> None:
    source, _ = load(name)
    for never in ("never text", "<!--", "{", "color:red"):
        assert never not in source.text


def test_coverage(capsys: pytest.CaptureFixture[str]) -> None:
    """Print what share of each page is body, and how much of body and furniture is right, in characters."""
    found = wanted = caught = marked = 0
    lines = []
    for name in NAMES:
        source, expected = load(name)
        body, furniture = parts(source, furniture=False), parts(source, furniture=True)
        wanted += sum(map(len, map(fold, expected.body)))
        found += sum(len(text) for text in map(fold, expected.body) if text in body)
        marked += sum(map(len, map(fold, (*expected.furniture, *expected.known))))
        caught += sum(len(text) for text in map(fold, expected.furniture) if text in furniture)
        share = sum(map(len, body)) / sum(map(len, body + furniture))
        lines.append(f"{name:>16}: {share:4.0%} of the text is body, {len(body)} blocks of {len(body + furniture)}")
    with capsys.disabled():
        print("", *lines, sep="\n")  # noqa: T201
        print(f"body recovered {found / wanted:.1%}, furniture marked {caught / marked:.1%}, {len(NAMES)} pages")  # noqa: T201
    assert found == wanted
    assert caught / marked >= 0.97

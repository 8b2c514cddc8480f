"""The measure of bench/pages.py, and its bars over all of its pages."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reaffirm import formats, packs

if TYPE_CHECKING:
    from types import ModuleType

BENCH = Path(__file__).parents[1] / "bench"
BODY = ("The envoys met for nine hours in the old customs house.", "They agreed on a survey of the strait.", "They will meet again.")


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCH))
        return importlib.import_module("pages")


@pytest.fixture(scope="module")
def results(pages: ModuleType) -> Any:  # noqa: ANN401 - a module loaded by its path has no types
    return pages.measure()


@pytest.mark.parametrize("part", ["dev", "held out"])
def test_the_bars_of_each_part(part: str, results: dict[str, dict[str, float]]) -> None:
    row = results[part]
    assert row["pages"] >= 60
    assert row["body"] >= 0.99
    assert row["furniture"] <= 0.03
    assert row["lost_ways"] == 0
    assert row["dates_wrong"] == row["dates_invented"] == 0
    assert row["dates_right"] >= 55


@pytest.mark.parametrize(
    ("text", "kept", "leaked"),
    [
        ("\n".join(BODY), [1, 1, 1], 0),
        (f"Menu\n{BODY[0]}  {BODY[1]}\n\n{BODY[2]}", [1, 1, 1], 4),
        (f"{BODY[0]}\n{BODY[2]}", [1, 0, 1], 0),
        ("\n".join(reversed(BODY)), [1, 0, 0], 0),  # out of order: only what still stands behind what came before
        (f"{BODY[0]}\nThey agreed on a survey\n{BODY[2]}", [1, 13 / 31, 1], 0),
        ("", [0, 0, 0], 0),
    ],
)
def test_what_a_text_keeps(text: str, kept: list[float], leaked: int, pages: ModuleType) -> None:
    pieces = [pages.page_layouts.Piece("furniture", "Menu"), *(pages.page_layouts.Piece("body", words) for words in BODY)]
    own, site = pages.found(text, pieces)
    sizes = [len(pages.fold(words)) for words in BODY]
    assert [n / size for n, size in zip(own, sizes, strict=True)] == pytest.approx(kept)
    assert site == [leaked]


def test_pages_are_the_same_every_time_and_hold_their_strings(pages: ModuleType) -> None:
    first, second = pages.page_layouts.pages(), pages.page_layouts.pages()
    assert [page.data for page in first] == [page.data for page in second]
    for page in first:
        whole = pages.fold(page.data.decode())
        own = [pages.fold(piece.text) for piece in page.pieces if piece.role == "body"]
        assert own
        assert len(set(own)) == len(own)
        assert not any(words in other for words in own for other in own if words != other), page.name
        assert "\ue000" not in whole


def test_a_wrong_path_is_a_lost_way(pages: ModuleType) -> None:
    page, knowledge = pages.page_layouts.pages("dev")[0], packs.load()
    source = formats.read(page.data, page.name)
    assert pages.lost_ways(page, source, knowledge) == 0
    for path in ("/html/body/p[99]", "/html/head", "///"):
        astray = replace(source, nodes=tuple(replace(node, path=path) for node in source.nodes))
        assert pages.lost_ways(page, astray, knowledge) > 5

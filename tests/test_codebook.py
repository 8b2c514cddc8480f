from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

import pytest

from reaffirm import packs
from reaffirm.codebook import CODES, LISTED, codebook


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    kind: str = ""
    forms: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    strength: int | None = None
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@pytest.mark.parametrize(("title", "kind", "meanings"), CODES, ids=[title for title, _, _ in CODES])
def test_every_code_of_a_closed_list_has_a_meaning_of_its_own(title: str, kind: object, meanings: dict[str, str]) -> None:
    assert set(meanings) == set(get_args(kind))
    assert len(set(meanings.values())) == len(meanings)
    assert f"## {title}" in codebook({})


def test_an_entry_shows_what_calls_for_it_and_what_does_not() -> None:
    entry = Entry("bees", "insect", ("bee", "hive_box"), re.compile("a|b"), 3, ("The bee flew.",), ("The bead fell.",))
    page = codebook({"Hobbies": [entry]})
    section = page[page.index("## Hobbies") :]
    assert section.splitlines() == [
        "## Hobbies", "", "1 entries of the pack.", "", "### Hobbies: insect", "", "**`bees`**  ", "*forms*: bee, hive\\_box  ",
        "*pattern*: `a\\|b`  ", "*strength*: 3  ", "- yes: The bee flew.", "- no: The bead fell.",
    ]  # fmt: skip


def test_entries_stand_in_the_order_of_the_pack_within_their_group() -> None:
    page = codebook({"P": [Entry("one", "b"), Entry("two", "a"), Entry("three", "b")]})
    assert re.findall(r"### P: (.)|`(one|two|three)`", page) == [("a", ""), ("", "two"), ("b", ""), ("", "one"), ("", "three")]


def test_a_long_list_is_cut_and_says_so() -> None:
    page = codebook({"P": [Entry("long", forms=tuple(f"w{n}" for n in range(LISTED + 2)))]})
    assert f"w{LISTED - 1} … and 2 more" in page
    assert f"w{LISTED}" not in page


def test_a_pack_without_entries_has_no_section() -> None:
    assert "## Nothing" not in codebook({"Nothing": []})


def test_what_is_no_entry_is_refused() -> None:
    with pytest.raises(TypeError, match="no entry of a pack"):
        codebook({"P": ["text"]})


KNOWN = packs.load()


def test_the_shipped_packs_are_all_in_it_with_every_issue() -> None:
    sections = {
        "Ladder": KNOWN.ladder, "Issues": KNOWN.issues, "Things": KNOWN.things, "Commitments": KNOWN.bonds,
        "Demands": (*KNOWN.askings, *KNOWN.judgements, *KNOWN.questions, *KNOWN.hedges),
    }  # fmt: skip
    page = codebook(sections)
    assert [title for title in sections if f"\n## {title}\n" not in page] == []
    assert [issue.id for issue in KNOWN.issues if f"(`{issue.id}`)" not in page] == []
    assert [form for issue in KNOWN.issues for form in issue.examples if form not in page.replace("\\", "")] == []

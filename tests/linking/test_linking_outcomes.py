"""Each entry of the outcomes pack finds its examples; words that set rows off link them; "its" ties a row to the thing before it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from linking_threads import place, said

from reaffirm.linking.strands import SEVERAL, strands
from reaffirm.linking.threads import kin, threads
from reaffirm.occurrences import Outcome
from reaffirm.packs import load

OUTCOMES = load().outcomes
FIRST, SECOND = place("2031-04-12"), place("2032-02-20")
SHOWN = re.compile(r"<(.+?)>")
OTHERS = ["to mend the lamps", "to dredge the canal", "to count the seals", "to print the tide tables", "to paint the buoys"]


@pytest.mark.parametrize("entry", OUTCOMES, ids=lambda entry: entry.id)
def test_an_entry_finds_its_examples(entry: Outcome) -> None:
    assert entry.examples
    for example in entry.examples:
        found, shown = entry.pattern.search(example.replace("<", "").replace(">", "")), SHOWN.search(example)
        assert (found and found[0]) == (shown and shown[1]), example
    assert [c for c in entry.counterexamples if entry.pattern.search(c)] == []


def test_an_entry_of_a_users_pack_is_read() -> None:
    own = Outcome("own", "reversed", "words", re.compile("sent to the bottom"))
    (row,) = strands([said(FIRST, "that the barge was sent to the bottom", "statement")], [own])
    assert [(sign.becomes, sign.words, sign.own) for sign in row.signs] == [("reversed", "sent to the bottom", True)]


def document(day: str, words: str, many: int) -> list[Any]:
    where = place(day)
    return [said(where, text, start=100 * n) for n, text in enumerate([words, *OTHERS[: many - 1]])]


@pytest.mark.parametrize(("many", "together"), [(SEVERAL, 1), (SEVERAL - 1, 0)])
def test_words_that_set_two_rows_off_link_them_where_there_is_enough_else(many: int, together: int) -> None:
    first = document("2031-04-12", "inviting pilots from Orla and Tamm to the next regatta", many)
    second = document("2032-02-20", "pilots from Orla and Tamm will be invited", many)
    rows = [*first, *(row for n, row in enumerate(second) if n == 0 or many < SEVERAL)]
    rows += [said(SECOND, f"to do other work number {n}", start=1000 + n) for n in range(many)] if many >= SEVERAL else []
    linked = [thread for thread in threads(rows) if {"pilots", "inviting"} & set(thread.label.split()) and len(thread.steps) == 2]
    assert len(linked) == together


@pytest.mark.parametrize(
    ("words", "parties", "tied"),
    [
        ("to double its capacity within two years", ("Marn", "Ruvia"), True),
        ("to double its capacity within two years", ("Marn",), False),
        ("to double their capacity within two years", ("Marn", "Ruvia"), False),
    ],
)
def test_what_several_promise_of_its_capacity_is_of_the_thing_before(words: str, parties: tuple[str, ...], *, tied: bool) -> None:
    sentence = said(FIRST, f"the opening of the stockpile, and {words}", "statement").wording
    one = said(FIRST, "the opening of the stockpile", "statement", around=sentence)
    other = said(FIRST, words, start=34, around=sentence, parties=parties)
    assert bool(kin(strands([one, other]))) is tied

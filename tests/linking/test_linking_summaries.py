from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from linking_threads import place, said

from reaffirm.linking.threads import threads

if TYPE_CHECKING:
    from reaffirm.sequels import Place

GIST = place("2031-04-12", "gist.txt", "transcript", meeting="M-talks")
PAPER = place("2031-04-14", "paper.txt", "account", meeting="M-talks")
OTHER = place("2032-02-20", "other.txt", "comment", meeting="M-other")
LIST = "the harbour dues, the salt marshes and the missing pilots"
PILOTS = ("to look for the men by night as by day", "whether a ransom may be paid")
WRITER: dict[str, Any] = {"voice": "writer", "actors": ("Marn",), "parties": ()}


@pytest.mark.parametrize(
    ("words", "listed", "tied"),
    [
        (LIST, ("dues", "marshes", "pilots"), 3),  # it lists what was spoken of
        (LIST, ("pilots",), 0),  # it says one thing of its own
        ("alarm at the harbour pilots lost off the marshes", ("dues", "marshes", "pilots"), 0),  # one thing, filed under three
    ],
)
def test_a_row_that_lists_issues_sums_up_what_another_account_says_on_one(words: str, listed: tuple[str, ...], tied: int) -> None:
    rows = [said(GIST, told, issues=("pilots",), start=90 * n) for n, told in enumerate(PILOTS)]
    found = threads([*rows, said(PAPER, words, "statement", issues=listed)])
    assert [len(step.members) for thread in found for step in thread.steps] == ([2, 1] if tied else [])
    assert all("sums up" in why for thread in found for *_, why in thread.rules)


def test_an_account_of_another_meeting_sums_up_nothing() -> None:
    rows = [said(GIST, words, issues=("pilots",), start=90 * n) for n, words in enumerate(PILOTS)]
    assert threads([*rows, said(OTHER, LIST, "statement", issues=("dues", "marshes", "pilots"))]) == ()


@pytest.mark.parametrize(
    ("target", "issue", "texts"),
    [
        (("Marn",), "burdens", 2),
        (("Ruvia",), "burdens", 0),  # asked of somebody else
        (("Marn",), "salt", 0),  # on something else
    ],
)
def test_writers_who_ask_one_addressee_on_one_issue_ask_the_same(target: tuple[str, ...], issue: str, texts: int) -> None:
    one = said(PAPER, "do its fair share", "demand", issues=("burdens",), **WRITER)
    other = said(OTHER, "play a greater role", "demand", issues=(issue,), **{**WRITER, "actors": target})
    assert [len(thread.steps) for thread in threads([one, other])] == ([texts] if texts else [])


def test_many_demands_on_one_addressee_are_different_ones() -> None:
    wishes = enumerate(("pay", "arm itself", "wake up"))
    many = [said(PAPER, words, "demand", issues=("burdens",), start=60 * n, **WRITER) for n, words in wishes]
    assert threads([*many, said(OTHER, "play a greater role", "demand", issues=("burdens",), **WRITER)]) == ()


GUEST: dict[str, Any] = {"issues": ("mediation",), "things": ()}
INVITED = "its intention to invite Orvelia to the next talks as an observer"


@pytest.mark.parametrize(
    ("where", "words", "steps"),
    [
        (PAPER, "Orvelia be given a seat at the talks", 2),
        (OTHER, "Orvelia be given a seat at the talks", 0),  # after another meeting
        (PAPER, "Teruun be given a seat at the talks", 0),  # somebody else
    ],
)
def test_what_is_promised_and_asked_of_one_outsider_after_one_meeting_is_one_item(where: Place, words: str, steps: int) -> None:
    found = threads([said(GIST, INVITED, **GUEST), said(where, words, "demand", **WRITER, **GUEST)])
    assert [len(thread.steps) for thread in found] == ([steps] if steps else [])

"""Hearsay that a later text tells as fact."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest
from linking_accounts import account

from reaffirm import packs
from reaffirm.linking.hardening import hardened

if TYPE_CHECKING:
    from reaffirm.linking.accounts import Account
    from reaffirm.model import Relation

PACKS = packs.load()
WHAT = "Marn asked for softer words on the export of tide pumps"
HEARD: dict[str, Any] = {"words": WHAT, "factuality": "hearsay", "cue": "is said", "parties": ("Marn",)}
PLAIN: dict[str, Any] = {"words": "softer words on the export of tide pumps", "cue": "asked for", "parties": ("Marn",)}
EARLIER, LATER = "2031-03-01", "2031-04-01"


def report(day: str | None = EARLIER) -> Account:
    return account("early", f"It is said that {WHAT}.", "comment", day, HEARD)


def fact(
    text: str = f"{WHAT}.", day: str | None = LATER, relation: Relation = "comment", said: tuple[dict[str, Any], ...] = (PLAIN,)
) -> Account:
    return account("late", text, relation, day, *said)


def found(*accounts: Account) -> list[str]:
    return [" | ".join(span.exact for span in problem.evidence) for problem in hardened(accounts, PACKS)]


def test_hearsay_that_a_later_text_tells_as_fact_is_queried_with_both_places() -> None:
    (problem,) = hardened([report(), fact()], PACKS)
    assert (problem.kind, problem.severity, problem.document) == ("hardened report", "medium", "D-late")
    assert [(span.document, span.exact) for span in problem.evidence] == [("D-late", f"{WHAT}."), ("D-early", WHAT)]
    assert "early tells it on hearsay (“is said”), late later as fact" in problem.message


@pytest.mark.parametrize(
    "other",
    [
        fact(day=EARLIER),  # not later
        fact(day=None),  # nobody knows
        fact(day="2031-02-01"),
        fact(relation="output"),  # that would be the proof
        fact(f"{WHAT}?"),
        fact("Marn never asked for softer words on the export of tide pumps."),
        fact("Marn may have asked for softer words on the export of tide pumps."),
        fact(f"It is said that {WHAT}.", said=({**HEARD, "cue": "is said"},)),
        fact(f"The envoy said that {WHAT}.", said=({"words": WHAT, "cue": "said", "parties": ("Ruvia",)},)),
        fact("Ruvia asked for softer words on the export of tide pumps.", said=({**PLAIN, "parties": ("Ruvia",)},)),
        fact("Marn asked for softer words on the import of sea salt.", said=()),
    ],
    ids=[
        "same day", "undated", "earlier", "official", "question", "denied", "guessed", "hearsay again", "with a source", "another party",
        "another matter",
    ],
)  # fmt: skip
def test_what_is_no_plain_later_fact_without_a_source_is_not(other: Account) -> None:
    assert found(report(), other) == []


@pytest.mark.parametrize(("day", "left"), [("2031-03-15", 0), ("2030-01-01", 0), (None, 0), ("2031-06-01", 1)])
def test_an_official_text_that_has_it_confirms_it_unless_it_came_after(day: str | None, left: int) -> None:
    official = account("paper", f"The Ministers note that {WHAT}.", "output", day)
    assert len(found(report(), fact(), official)) == left


def test_the_first_later_text_is_shown_and_the_order_of_arrival_does_not_matter() -> None:
    third = account("third", f"{WHAT}.", "comment", "2031-06-01", PLAIN)
    rows = [report(), fact(), third]
    assert {tuple(found(*order)) for order in itertools.permutations(rows)} == {(f"{WHAT}. | {WHAT}",)}


def test_what_was_inferred_counts_and_what_the_parties_said_does_not() -> None:
    guessed = account("early", f"This shows that {WHAT}.", "comment", EARLIER, {**HEARD, "factuality": "inferred", "cue": "shows"})
    (problem,) = hardened([guessed, fact()], PACKS)
    assert "on inference" in problem.message
    told = account("early", f"It is said that {WHAT}.", "comment", EARLIER, {**HEARD, "factuality": "plain"})
    assert found(told, fact()) == []

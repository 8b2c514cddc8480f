from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linking_threads import held, place, planned, said

from reaffirm.linking.threads import late, threads

if TYPE_CHECKING:
    import random

    from reaffirm.sequels import Item, StepStatus

FIRST, SECOND, THIRD = (place(day) for day in ("2031-04-12", "2032-02-20", "2033-03-14"))
TIDE: dict[str, Any] = {"issues": ("harbours",)}
LEAGUE: dict[str, Any] = {"things": ("Grain League",)}
ONE_ITEM: list[tuple[str, str, dict[str, Any]]] = [
    ("to dredge the outer harbour of Tessel", "to dredge the outer harbour of Tessel by next spring", TIDE),
    ("to coordinate their tolls on grain ships", "the importance of coordinating tolls on grain ships", {"issues": ("tolls",)}),
    ("Article 4 of the Grain Treaty extends to the Tessel Shoals", "Article 4 of the Grain Treaty applies to the Tessel Shoals",
     {"things": ("Article 4 of the Grain Treaty", "Tessel Shoals")}),
]  # fmt: skip
TWO_ITEMS: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("to dredge the outer harbour", TIDE, "to light the coastal beacons", TIDE),
    ("their support for the Grain League", LEAGUE, "to send clerks to the Grain League", LEAGUE),
    ("the wealth of free trade", {"issues": ("economy",)}, "the risks of free trade", {"issues": ("economy",)}),
    ("the promotion of free trade", {"issues": ("free-trade",)}, "the risks that free trade brings", {"issues": ("free-trade",)}),
    ("Article 4 covers the bay", {"things": ("Article 4",)}, "Article 5 covers the bay", {"things": ("Article 5",)}),
    ("to dredge the outer harbour", {**TIDE, "parties": ("Marn",)}, "to dredge the outer harbour", {**TIDE, "parties": ("Veyle",)}),
]


def statuses(items: list[Item]) -> list[StepStatus | None]:
    (thread,) = threads(items)
    return [step.status for step in thread.steps]


@pytest.mark.parametrize(("before", "after", "filed"), ONE_ITEM)
def test_one_item_in_two_documents_is_a_thread(before: str, after: str, filed: dict[str, Any]) -> None:
    (thread,) = threads([said(SECOND, after, **filed), said(FIRST, before, **filed)])
    assert [step.place for step in thread.steps] == [FIRST, SECOND]
    assert thread.label == before
    assert thread.rules


@pytest.mark.parametrize(("one", "filed", "other", "otherwise"), TWO_ITEMS)
def test_two_items_are_none(one: str, filed: dict[str, Any], other: str, otherwise: dict[str, Any]) -> None:
    assert threads([said(FIRST, one, **filed), said(SECOND, other, **otherwise)]) == ()


def test_two_items_of_one_document_are_never_joined_through_another() -> None:
    both = "to dredge the outer harbour and light the coastal beacons"
    rows = [said(FIRST, "to dredge the outer harbour", **TIDE), said(FIRST, "to light the coastal beacons", start=90, **TIDE)]
    for thread in threads([*rows, said(SECOND, both, **TIDE)]):
        assert len(thread.steps[0].members) == 1


def test_a_statement_and_its_commitment_are_one_strand_and_a_turn_is_none() -> None:
    words = "to dredge the outer harbour of Tessel"
    turn = said(FIRST, f"We agreed {words}. Thank you.", "statement", directness="turn", statement="S-2031-04-12.txt-0")
    inner = said(FIRST, words, "statement", start=10, nested_in=turn.id, **TIDE)
    promise = said(FIRST, words, start=10, statement=inner.id, **TIDE)
    (thread,) = threads([turn, inner, promise, said(SECOND, words, **TIDE)])
    assert [item.id for item in thread.steps[0].members] == [promise.id, inner.id]


def test_a_pronoun_ties_a_promise_to_what_was_said_before_it() -> None:
    told = said(SECOND, "the dredging of the outer harbour has not been completed", "statement", **TIDE)
    again = said(SECOND, "to complete it by the end of 2033", start=60, due="2033-12-31", around=(*told.wording,), **TIDE)
    first = said(FIRST, "to complete the dredging of the outer harbour by the end of 2031", due="2031-12-31", **TIDE)
    (thread,) = threads([first, told, again])
    assert [len(step.members) for step in thread.steps] == [1, 2]
    assert [step.status for step in thread.steps] == ["introduced", "delayed"]


def test_a_person_links_what_no_rule_links_and_cuts_what_a_rule_links() -> None:
    one, other = said(FIRST, "to dredge the outer harbour", **TIDE), said(SECOND, "to deepen the roadstead", issues=("shipping",))
    assert threads([one, other]) == ()
    assert len(threads([one, other], [(other.id, one.id, True)])) == 1
    same = said(SECOND, "to dredge the outer harbour", **TIDE)
    assert len(threads([one, same])) == 1
    assert threads([one, same], [(one.id, same.id, False)]) == ()


def test_the_next_meeting_is_one_thread_through_to_its_being_held() -> None:
    comment = place("2031-04-20", relation="comment", meeting=FIRST.meeting)
    late_one = place("2032-02-20")
    rows = [
        planned(FIRST, "the next round of talks will be held within the year", "2031"), held(FIRST),
        said(comment, "to call for another round of the Tide Talks later in the year"),
        held(late_one),
    ]  # fmt: skip
    (thread,) = threads(rows)
    assert [step.place for step in thread.steps] == [FIRST, comment, late_one]
    assert thread.steps[-1].status == "delayed"
    assert "2032-02-20" in thread.steps[-1].rule
    assert "2031" in thread.steps[-1].rule


def test_a_meeting_within_its_window_is_carried_out_and_one_years_later_another() -> None:
    plan = planned(FIRST, "the next round of talks will be held within the year", "2032-06-30")
    assert statuses([plan, held(FIRST), held(place("2032-02-20"))]) == ["introduced", "carried out"]
    assert statuses([plan, held(FIRST), held(place("2036-02-20"))]) == ["introduced"]


def test_one_document_is_a_thread_only_where_something_is_to_come() -> None:
    assert threads([said(FIRST, "to dredge the outer harbour", **TIDE)]) == ()
    assert statuses([said(FIRST, "to dredge the outer harbour by 2032", due="2032", **TIDE)]) == ["introduced"]
    assert threads([held(FIRST)]) == ()


def test_what_is_overdue_is_computed_for_a_day() -> None:
    promise = said(FIRST, "to open the mole of Tessel by the end of 2031", due="2031-12-31", **TIDE)
    (open_,) = threads([promise])
    found = late(open_, "2032-01-31")
    assert found is not None
    assert (found.item, found.due, found.days, found.told) == (promise, "2031-12-31", 31, None)
    assert late(open_, "2031-12-31") is None
    done = said(SECOND, "the mole of Tessel has been opened", "statement", lemma="welcomed", **TIDE)
    (kept,) = threads([promise, done])
    assert kept.steps[-1].status == "carried out"
    assert late(kept, "2032-06-01") is None


def test_a_meeting_that_was_held_late_is_not_late_any_more() -> None:
    plan = planned(FIRST, "the next round of talks will be held by the end of 2031", "2031-12-31")
    (still,) = threads([plan])
    assert late(still, "2032-02-01") is not None
    (thread,) = threads([plan, held(place("2032-02-20"))])
    assert thread.steps[-1].status == "delayed"
    assert late(thread, "2032-06-01") is None


@given(st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_items_changes_nothing(random: random.Random) -> None:
    rows = [said(where, words, **filed) for before, after, filed in ONE_ITEM for where, words in ((FIRST, before), (SECOND, after))]
    rows += [said(THIRD, ONE_ITEM[0][0], **TIDE), planned(FIRST, "the next meeting of the talks", "2032", 700), held(FIRST), held(SECOND)]
    rows = [*{row.id: row for row in rows}.values()]
    mixed = random.sample(rows, len(rows))
    assert threads(mixed) == threads(rows)


def test_states_are_never_read_off_the_words() -> None:
    rows = [said(FIRST, "Marn and Ruvia", **TIDE), said(SECOND, "Marn and Ruvia", **TIDE)]
    assert threads(rows) == (), "names of the parties are no content"

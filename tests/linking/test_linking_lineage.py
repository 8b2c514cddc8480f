"""Lines of strands are the same in whatever order documents come, and after some have gone again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linking_threads import held, place, planned, said

from reaffirm.linking import lineage
from reaffirm.linking.keys import groups, keys, rank, standing
from reaffirm.linking.lineage import settled, unweave, weave
from reaffirm.linking.looms import Memory
from reaffirm.linking.strands import strands
from reaffirm.linking.threads import kin

if TYPE_CHECKING:
    import random

    from reaffirm.linking.strands import Strand
    from reaffirm.sequels import Item

WORDS = ("dredge", "light", "widen", "repair"), ("outer", "inner", "old"), ("harbour", "beacon", "mole", "lock")
Documents = dict[str, list["Strand"]]


@st.composite
def documents(draw: st.DrawFn) -> Documents:
    """Up to nine documents of a few days, each with some promises about few things."""
    items: list[Item] = []
    for n in range(draw(st.integers(2, 9))):
        where = place(f"2031-0{draw(st.integers(1, 4))}-01", f"{n}.txt", draw(st.sampled_from(["output", "account"])))
        for start in range(draw(st.integers(1, 4))):
            verb, which, thing = (draw(st.sampled_from(words)) for words in WORDS)
            fields: dict[str, Any] = {"issues": (draw(st.sampled_from(["harbours", "coasts"])),)}
            items.append(said(where, f"to {verb} the {which} {thing} of Tessel", start=100 * start, **fields))
        items += [planned(where, "the next round of talks will be held", "2032", 700)] if draw(st.booleans()) else []
        items += [held(where)] if draw(st.booleans()) else []
    return sorted_by_document(strands(items))


def sorted_by_document(rows: list[Strand]) -> Documents:
    found: defaultdict[str, list[Strand]] = defaultdict(list)
    for row in rows:
        found[rank(row.place)].append(row)
    return dict(found)


def put(loom: Memory, rows: list[Strand]) -> None:
    loom.put(rows, [(a, b) for a, b, _ in kin(rows)])
    settled(loom, weave(loom, rows))


def state(loom: Memory) -> tuple[object, ...]:
    links = {name: sorted(found, key=repr) for name, found in loom.earlier.items() if found}
    return loom.lines, loom.chosen, loom.above, links


def whole(found: Documents) -> Memory:
    loom = Memory()
    for key in sorted(found):
        put(loom, found[key])
    return loom


@pytest.fixture(autouse=True, scope="module")
def _narrow() -> Any:  # noqa: ANN401 - a fixture that yields nothing
    """Windows so narrow that few documents push others out of them."""
    before = lineage.NEAR, lineage.TOP, lineage.LONG
    lineage.NEAR, lineage.TOP, lineage.LONG = 2, 2, 4
    yield
    lineage.NEAR, lineage.TOP, lineage.LONG = before


@given(documents(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_documents_changes_nothing(found: Documents, random: random.Random) -> None:
    loom = Memory()
    for key in random.sample(sorted(found), len(found)):
        put(loom, found[key])
    assert state(loom) == state(whole(found))


@given(documents(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_what_went_again_leaves_no_trace(found: Documents, random: random.Random) -> None:
    loom = whole(found)
    gone = random.sample(sorted(found), random.randint(1, len(found) - 1) if len(found) > 1 else 0)
    for key in gone:
        settled(loom, *unweave(loom, found[key]))
    assert state(loom) == state(whole({key: rows for key, rows in found.items() if key not in gone}))


@given(documents())
@settings(max_examples=50, deadline=None)
def test_a_line_holds_nothing_different_of_one_document(found: Documents) -> None:
    loom = whole(found)
    for key, rows in found.items():
        roots = loom.roots(map(standing, rows))
        for a in rows:
            for b in rows:
                one, other = standing(a), standing(b)
                promised = a.head.kind == b.head.kind == "commitment" and not (a.again or b.again)
                if one < other and roots[one] == roots[other] and promised:
                    assert frozenset({one, other}) in loom.alike(key) or loom.of_document(key)[one] == loom.of_document(key)[other]


def test_strands_of_one_item_share_a_key() -> None:
    first, second = strands([said(place(day), "to dredge the outer harbour of Tessel") for day in ("2031-04-12", "2032-02-20")])
    assert set(keys(first)) & set(keys(second))
    other = strands([said(place("2032-02-20"), "to dredge the outer harbour of Tessel", parties=("Veyle",))])[0]
    assert not set(keys(first)) & set(keys(other))
    assert groups(first) == ()

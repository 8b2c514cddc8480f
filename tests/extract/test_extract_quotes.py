from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reaffirm.extract.quotes import LONGEST, Quotation, quotations


def read(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we agree” twice.", ["“we agree”"]),
        ('He said "we agree" twice.', ['"we agree"']),
        ("He said ‘we agree’ twice.", ["‘we agree’"]),
        ("He said 'we agree' twice.", ["'we agree'"]),
        ("He said «we agree» twice.", ["«we agree»"]),
        ("He said „we agree“ twice.", ["„we agree“"]),
        ("“One,” he said, “and two.”", ["“One,”", "“and two.”"]),
        ('"One," he said, "and two."', ['"One,"', '"and two."']),
        ("He said ''we agree'' twice.", ["''we agree''"]),
        ("He said ``we agree'' twice.", ["``we agree''"]),
        ("''One,'' he said. ''Two.''", ["''One,''", "''Two.''"]),
        ("''She said 'never' to me,'' he said.", ["''She said 'never' to me,''"]),
        ("''He shouted 'never!''' she said.", ["''He shouted 'never!'''"]),  # a single mark closes inside the doubled one
        ("a 6'' pipe and a 7'' pipe", []),
        ("we agree'' he said", []),
        ("“A” and 'b' and «c»", ["“A”", "'b'", "«c»"]),
        # nested: the outermost counts
        ("“She said ‘never’ to me,” he said.", ["“She said ‘never’ to me,”"]),
        ("'She said \"never\" to me,' he said.", ["'She said \"never\" to me,'"]),
        ('“She said "never" to me.”', ['“She said "never" to me.”']),
        # an apostrophe is no mark
        ("The guild’s yard and the envoys’ car", []),
        ("The guild's yard and the envoys' car", []),
        ("‘The guild’s yard’ it said", ["‘The guild’s yard’"]),
        ("'The guild's yard' it said", ["'The guild's yard'"]),
        ("It’s the envoys’ ‘last word’", ["‘last word’"]),
        ('a 6" pipe and a 7" pipe', []),
        # not closed
        ("He said “we agree and left", ["“we agree and left"]),
        ('He said "we agree and left', []),
        ("He said ‘we agree and left", []),
        ("we agree” he said", []),
        # brackets, dashes, edges
        ("(“we agree”)", ["“we agree”"]),
        ("—“we agree”—", ["“we agree”"]),
        ("“we agree”", ["“we agree”"]),
        ("““we agree””", ["““we agree”"]),
        ("“”", []),  # bare marks quote nothing
        ("“𝒳 😀”", ["“𝒳 😀”"]),
        ("", []),
    ],
)  # fmt: skip
def test_marks_are_paired_by_their_kind(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(("text", "open_ended"), [("“we agree” he said", False), ("“we agree", True), ("«we agree", True)])
def test_a_quotation_that_runs_on_says_so(text: str, open_ended: bool) -> None:  # noqa: FBT001
    assert [q.open_ended for q in quotations(text, 0, len(text))] == [open_ended]


@pytest.mark.parametrize(("text", "inside"), [("“we”", "we"), ("''we''", "we"), ("``we''", "we"), ("“we", "we")])
def test_the_words_inside_the_marks(text: str, inside: str) -> None:
    assert [text[slice(*q.inside)] for q in quotations(text, 0, len(text))] == [inside]


def test_only_the_paragraph_that_is_asked_for_is_read() -> None:
    text = "“one”\n\n“two”\n\n“three”"
    assert quotations(text, 7, 12) == [Quotation(7, 12)]


def test_an_opening_mark_without_an_end_far_and_wide_is_none() -> None:
    assert read("“" + "a" * (LONGEST + 1)) == []
    assert read("“" + "a" * (LONGEST - 10) + "”") != []


def test_what_a_quotation_holds() -> None:
    q = Quotation(2, 6)
    assert [q.holds(2, 6), q.holds(3, 4), q.holds(1, 4), q.holds(4, 7)] == [True, True, False, False]


@given(st.text(alphabet=st.sampled_from("“”‘’«»„`\"' ab.\n")), st.data())
def test_quotations_lie_in_their_extent_in_order_and_apart(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = quotations(text, start, end)
    edges = list(itertools.chain.from_iterable((q.start, q.end) for q in found))
    assert edges == sorted(edges)
    assert all(start <= q.start < q.end <= end for q in found)
    assert all(q.end == end for q in found if q.open_ended)

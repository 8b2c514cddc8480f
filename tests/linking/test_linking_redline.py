from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reaffirm.linking.cuts import cut
from reaffirm.linking.edits import changes
from reaffirm.linking.redline import Piece, redline

WORDS = ["the", "Assembly", "of", "talks.", "(annex)", "“water”", "U.N.", "co-operation", "-", "。", "3,000", "é", "\u2067x", "will"]
SPACES = [" ", " ", " ", "\n", "\n\n", "", "\t", "\r\n", " \n ", "\u00a0"]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SPACES)), max_size=40).map(lambda parts: "".join(map("".join, parts)))
SENTENCES = [
    "The envoys of Torvane opened the fourth session on the lake treaty.",
    "They noted that the dredging of the northern channel had begun.",
    "Both delegations welcomed the survey of the spawning grounds.",
    "A joint panel will report on ferry tariffs before the harvest.",
    "The envoys asked the harbour board to publish its accounts.",
    "Nothing in this record alters the limits drawn in the first protocol.",
    "The next session will be held in the upper town.",
]
PARAGRAPHS = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join), max_size=5).map("\n\n".join)
KINDS = {"same": "", "deleted": "-", "inserted": "+", "moved-from": "<", "moved-to": ">"}


def marked(a: str, b: str) -> str:
    """The redline on one line: -gone-, +come+, <moved away<, >moved here>."""
    return "".join(f"{KINDS[piece.kind]}{piece.text}{KINDS[piece.kind]}" for piece in redline(a, b).pieces)


# Laws


@pytest.mark.parametrize("texts", [st.tuples(TEXTS, TEXTS), st.tuples(PARAGRAPHS, PARAGRAPHS), st.tuples(st.text(), st.text())])
def test_applied_it_gives_the_second_text_and_taken_back_the_first(texts: st.SearchStrategy[tuple[str, str]]) -> None:
    @given(texts)
    def law(pair: tuple[str, str]) -> None:
        a, b = pair
        found = redline(a, b)
        assert (found.before, found.after) == (a, b)

    law()


@given(TEXTS | PARAGRAPHS, TEXTS | PARAGRAPHS)
def test_extents_are_those_of_the_text_and_leave_no_gap(a: str, b: str) -> None:
    pieces = redline(a, b).pieces
    for text, extents in ((a, [p.a for p in pieces if p.a]), (b, [p.b for p in pieces if p.b])):
        assert all(one[1] == two[0] for one, two in pairwise(extents))
        assert (extents[0][0], extents[-1][1]) == (0, len(text)) if extents else not text
    for piece in pieces:
        assert piece.text
        assert (piece.a is None) == (piece.kind in {"inserted", "moved-to"})
        assert (piece.b is None) == (piece.kind in {"deleted", "moved-from"})
        assert all(text[slice(*extent)] == piece.text for text, extent in ((a, piece.a), (b, piece.b)) if extent)


@given(TEXTS | PARAGRAPHS)
def test_equal_texts_have_no_mark(text: str) -> None:
    found = redline(text, text)
    assert {piece.kind for piece in found.pieces} <= {"same"}
    assert not found.changed


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_move_has_both_its_ends(a: str, b: str) -> None:
    pieces = redline(a, b).pieces
    away, here = ({p.move for p in pieces if p.kind == kind} for kind in ("moved-from", "moved-to"))
    assert away == here
    assert None not in away
    assert sorted(n for n in away if n) == list(range(1, len(away) + 1))


@given(PARAGRAPHS, PARAGRAPHS)
def test_sizes_add_up_in_both_directions(a: str, b: str) -> None:
    for found in (redline(a, b), redline(b, a)):
        size = {kind: sum(len(p.text) for p in found.pieces if p.kind == kind) for kind in KINDS}
        assert size["same"] + size["deleted"] + size["moved-from"] == len(found.before)
        assert size["same"] + size["inserted"] + size["moved-to"] == len(found.after)


@given(st.lists(st.sampled_from("abcde")), st.lists(st.sampled_from("abcde")))
def test_what_lies_between_two_changes_is_equal(a: list[str], b: list[str]) -> None:
    i = j = 0
    for start, end, begin, stop in (*changes(a, b), (len(a), len(a), len(b), len(b))):
        assert a[i:start] == b[j:begin]
        i, j = end, stop


@given(TEXTS)
def test_tokens_and_the_white_space_between_are_the_text(text: str) -> None:
    found = cut(text)
    ends = [0, *(end for _, end in found.places)]
    assert all(not text[end:start].strip() for end, (start, _) in zip(ends, found.places, strict=False))
    assert not text[ends[-1] :].strip()
    assert [s.start for s in found.sentences] == [0, *(s.end for s in found.sentences)][: len(found.sentences)]


# Words


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("The panel met in May.", "The panel met in June.", "The panel met in -May-+June+."),
        ("The panel met.", "The panel never met.", "The panel+ never+ met."),
        ("They agreed to co-operate.", "They agreed to cooperate.", "They agreed to -co-operate-+cooperate+."),
        ("The duty is 3,000 crowns.", "The duty is 3,500 crowns.", "The duty is -3,000-+3,500+ crowns."),
        ("The board met, spoke and left.", "The board met and left.", "The board met-, spoke- and left."),
        ("The board will report.", "The board (the older one) will report.", "The board+ (the older one)+ will report."),
        # two changes that only one short word parts are one
        ("They have a plan of the port.", "They have no map of the port.", "They have -a plan-+no map+ of the port."),
        ("Ships pay by the ton here.", "Ships paid for the mile here.", "Ships -pay by the ton-+paid for the mile+ here."),
    ],
)
def test_words_are_marked_as_a_person_would(a: str, b: str, expected: str) -> None:
    assert marked(a, b) == expected


# Sentences and paragraphs


def test_a_sentence_dropped_and_one_added_leave_the_others_alone() -> None:
    a, b = " ".join(SENTENCES[:3]), " ".join([SENTENCES[0], SENTENCES[2], SENTENCES[3]])
    assert marked(a, b) == f"{SENTENCES[0]}- {SENTENCES[1]}- {SENTENCES[2]}+ {SENTENCES[3]}+"


def test_the_first_sentence_of_a_paragraph_goes_without_its_break() -> None:
    a, b = f"{SENTENCES[0]}\n\n{SENTENCES[1]} {SENTENCES[2]}", f"{SENTENCES[0]}\n\n{SENTENCES[2]}"
    assert marked(a, b) == f"{SENTENCES[0]}\n\n-{SENTENCES[1]} -{SENTENCES[2]}"


def test_a_sentence_cut_in_two_is_no_other_sentence() -> None:
    a = "Both delegations welcomed the survey of the spawning grounds and asked the harbour board to publish its accounts."
    b = "Both delegations welcomed the survey of the spawning grounds. They asked the harbour board to publish its accounts."
    assert marked(a, b) == (
        "Both delegations welcomed the survey of the spawning grounds- and-+. They+ asked the harbour board to publish its accounts."
    )


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The envoys of Torvane opened the fourth session\non the lake.", "The envoys of Torvane opened the fourth\nsession on the lake."),
        ("One clause. Two clauses.", "One clause.  Two clauses."),
        ("A first part\n\nA second part", "A first part\r\n\r\nA second part\n"),
        ("It was a long account of both texts of the well-\nknown act.", "It was a long account of both texts of the well-known\nact."),
    ],
)
def test_layout_alone_is_no_change(a: str, b: str) -> None:
    found = redline(a, b)
    assert not found.changed
    assert (found.before, found.after) == (a, b)


def test_a_paragraph_split_is_a_change_of_its_break_only() -> None:
    a, b = f"{SENTENCES[0]} {SENTENCES[1]}", f"{SENTENCES[0]}\n\n{SENTENCES[1]}"
    changed = [piece for piece in redline(a, b).pieces if piece.kind != "same"]
    assert changed == [
        Piece("deleted", " ", (len(SENTENCES[0]), len(SENTENCES[0]) + 1), None),
        Piece("inserted", "\n\n", None, (len(SENTENCES[0]), len(SENTENCES[0]) + 2), paragraph=True),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One met. Two did not.", ["One met.", "Two did not."]),
        ("Mr. Orlo spoke. So did J. Pell.", ["Mr. Orlo spoke.", "So did J. Pell."]),
        ("See Art. 5 of it. “Why?” Nobody knew.", ["See Art. 5 of it.", "“Why?”", "Nobody knew."]),
        ("A list:\n- of ports\n- of tolls", ["A list:", "- of ports", "- of tolls"]),
        ("会議を開いた。次回は未定。", ["会議を開いた。", "次回は未定。"]),
        ("", []),
    ],
)
def test_sentences_are_cut_without_a_parse(text: str, expected: list[str]) -> None:
    found = cut(text)
    assert [text[found.start(each.start) : found.lead(each.end)] for each in found.sentences] == expected


# Moves


def test_a_moved_paragraph_is_shown_as_moved() -> None:
    first, second, third = SENTENCES[0], " ".join(SENTENCES[1:4]), SENTENCES[5]
    a, b = f"{first}\n\n{second}\n\n{third}", f"{second}\n\n{third}\n\n{first}"
    assert marked(a, b) == f"<{first}<<\n\n<{second}\n\n{third}>\n\n>>{first}>"


def test_words_changed_on_the_way_are_marked_inside_the_move() -> None:
    moved, now = SENTENCES[0], SENTENCES[0].replace("fourth", "fifth")
    rest = "\n\n".join(SENTENCES[1:5])
    pieces = redline(f"{moved}\n\n{rest}", f"{rest}\n\n{now}").pieces
    assert {(piece.kind, piece.text.strip()) for piece in pieces if piece.move == 1 and piece.text.strip()} == {
        ("moved-from", "The envoys of Torvane opened the"), ("deleted", "fourth"), ("moved-from", "session on the lake treaty."),
        ("moved-to", "The envoys of Torvane opened the"), ("inserted", "fifth"), ("moved-to", "session on the lake treaty."),
    }  # fmt: skip


def test_a_few_words_that_recur_are_no_move() -> None:
    a, b = f"Thank you. {SENTENCES[0]} {SENTENCES[1]}", f"{SENTENCES[0]} {SENTENCES[1]} Thank you."
    assert "<" not in marked(a, b)


def test_two_moves_have_two_numbers() -> None:
    a = "\n\n".join(SENTENCES)
    b = "\n\n".join([SENTENCES[6], *SENTENCES[2:6], SENTENCES[0], SENTENCES[1]])
    found = [(piece.kind, piece.move) for piece in redline(a, b).pieces if piece.kind.startswith("moved")]
    assert {move for _, move in found} == {1, 2}


# Size


def test_a_hundred_thousand_characters_take_no_time() -> None:
    lines = [f"Item {n} of the schedule binds port {n * 7 % 911}." for n in range(2500)]
    a, b = "\n".join(lines), "\n".join([*lines[1200:], *(line.replace("binds", "frees") for line in lines[:1200])])
    found = redline(a, b)
    assert (found.before, found.after) == (a, b)
    assert any(piece.kind == "moved-to" for piece in found.pieces)


@pytest.mark.parametrize(("a", "b"), [("x " * 9000, "y x " * 9000), ("Thank you. " * 5000, "Thank you all. " * 5000), ("a" * 50000, "b")])
def test_repetition_is_no_trap(a: str, b: str) -> None:
    found = redline(a, b)
    assert (found.before, found.after) == (a, b)

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from extract_marks import PACKS, document, ids, mark, marked, plain, read
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm import formats, packs, pipeline
from reaffirm.extract.statements import balanced, read_text, statements
from reaffirm.language.parse import parse
from reaffirm.model import Block, Card, Document, Field, Label
from reaffirm.text import prove

if TYPE_CHECKING:
    from reaffirm.model import BlockKind, Statement

CORPUS = sorted((Path(__file__).parents[2] / "examples/corpus").iterdir())
SAMPLE = packs.load(Path(__file__).parents[2] / "examples/pack")


def turn(text: str) -> Document:
    """A gist of one turn, whose label ends at the first colon; further paragraphs stand behind blank lines."""
    colon = text.index(":")
    parts, start = [], colon + 2
    for part in text[start:].split("\n\n"):
        parts.append((start, start + len(part)))
        start += len(part) + 2
    block = Block("turn", 0, len(text), tuple(parts), Label(0, colon, colon, colon + 1))
    return Document("D-0", "", text, "", "test", blocks=(block,), card=Card(genre=Field("gist", "stated")))


def spoken(text: str) -> list[str]:
    return [mark(text, row) for row in read(turn(text))]


# Turns


def test_a_turn_is_a_statement_from_its_colon_to_the_end_of_its_last_paragraph() -> None:
    text = "VARGA: The port is open.\n\nThe yard is not."
    (row,) = read(turn(text))
    assert mark(text, row) == "<VARGA>[:] {The port is open.\n\nThe yard is not.}"
    assert (row.directness, row.factuality, row.rule, row.nested_in) == ("turn", "plain", "turn.label", None)


def test_a_turn_whose_label_has_no_cue() -> None:
    text = "VARGA\nThe port is open."
    block = Block("turn", 0, len(text), ((6, len(text)),), Label(0, 5, 5, 5))
    (row,) = read(Document("D-0", "", text, "", "test", blocks=(block,)))
    assert (row.cue, row.source and row.source.exact) == (None, "VARGA")


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        # the first person is the turn's own voice, but for joint acts
        ("VARGA: I welcome the accord.", []),
        ("VARGA: We welcome the accord and I hope that it holds.", []),
        ("VARGA: I agreed to come.", []),
        ("VARGA: We agreed to dredge the canal.", ["VARGA: <We> [agreed] {to dredge the canal}."]),
        ("VARGA: We confirmed that the strait is open.", ["VARGA: <We> [confirmed] that {the strait is open}."]),
        ("VARGA: We both agreed to dredge the canal.", ["VARGA: <We both> [agreed] {to dredge the canal}."]),
        ("VARGA: We share the concern about the raids.", ["VARGA: <We> [share] {the concern about the raids}."]),
        ("VARGA: We discussed the raids.", ["VARGA: <We> [discussed] {the raids}."]),
        ("VARGA: We need to dredge the canal.", []),
        ("VARGA: We will dredge the canal.", []),
        # others are reported in it
        ("VARGA: The envoy said the canal was dry.", ["VARGA: <The envoy> [said] {the canal was dry}."]),
        ("VARGA: The two ports agreed to meet.", ["VARGA: <The two ports> [agreed] {to meet}."]),
    ],
)
def test_what_is_nested_in_a_turn(text: str, nested: list[str]) -> None:
    rows = read(turn(text))
    assert spoken(text)[1:] == nested
    assert all(row.nested_in == rows[0].id for row in rows[1:])


# The first person elsewhere


@pytest.mark.parametrize(
    ("genre", "expected", "directness"),
    [
        ("editorial", "<We> [welcome] {the accord}.", "authorial"),
        ("analysis", "<I> [think] that {the accord will hold}.", "authorial"),
        ("editorial", "<We> [would like to point out] that {the port is closed}.", "authorial"),
        ("editorial", "<The council> [said] {it would sign}.", "indirect"),
        ("editorial", "{“We welcome the accord,”} <the envoy> [said].", "direct"),
        ("joint statement", "<We> [reaffirm] {our alliance}.", "indirect"),
        ("joint statement", "<We> [agreed] {to open the ports}.", "indirect"),
        ("communique", "<The Ministers> [condemned] {the raid}.", "indirect"),
    ],
)
def test_the_first_person_of_a_writer_and_of_an_official_text(genre: str, expected: str, directness: str) -> None:
    assert marked(plain(expected), genre) == [expected]
    assert [row.directness for row in read(document(plain(expected), genre))] == [directness]


def test_a_we_that_is_no_act_of_the_writer_is_left_out_of_an_editorial() -> None:
    assert marked("We told the children that the harbour was shut.", "editorial") == []


# Nesting


def test_a_statement_about_another_is_its_parent_and_the_smallest_around_it() -> None:
    expected = [
        "<The envoy> [said] that {the guild had told the council that the mayor had promised to open the yard}.",
        "The envoy said that <the guild> [had told] the council that {the mayor had promised to open the yard}.",
        "The envoy said that the guild had told the council that <the mayor> [had promised] {to open the yard}.",
    ]
    rows = read(document(plain(expected[0])))
    assert marked(plain(expected[0])) == expected
    assert [row.nested_in for row in rows] == [None, rows[0].id, rows[1].id]


def test_what_is_nested_in_hearsay_is_hearsay() -> None:
    rows = read(document("It is said that the guild promised to leave."))
    assert [row.factuality for row in rows] == ["hearsay", "hearsay"]
    assert rows[1].nested_in == rows[0].id


@pytest.mark.parametrize(
    "expected",
    [
        "<The envoy> [said] {she believed the talks would fail}.",
        "<The envoys> [confirmed] that {they remained opposed to the toll}.",
        "<The guild> [said] {it welcomed the accord}.",
    ],
)
def test_an_attitude_of_the_speakers_own_is_no_further_level(expected: str) -> None:
    assert marked(plain(expected)) == [expected]


def test_a_joint_act_of_the_speakers_own_is_one() -> None:
    rows = read(document("The envoys said they had agreed to meet."))
    assert [row.nested_in for row in rows] == [None, rows[0].id]


# Identity and place


def test_ids_depend_on_the_document_and_places_only() -> None:
    text = "The envoy said that the talks had failed."
    (one,) = read(document(text, "news report"))
    (two,) = read(document(text, "editorial"))
    (other,) = read(replace(document(text), id="D-1"))
    assert one.id == two.id != other.id
    assert one.id.startswith("S-")


def test_a_paragraph_before_moves_statements_and_changes_nothing_else() -> None:
    text = "The envoy said that the talks had failed. “We will not sign,” the guild added."
    before = "The rain fell on the harbour."
    alone, after = read(document(text)), read(document(f"{before}\n\n{text}"))
    shift = len(before) + 2
    assert [(r.cue and r.cue.start + shift, r.cue and r.cue.exact, r.rule) for r in alone] == [
        (r.cue and r.cue.start, r.cue and r.cue.exact, r.rule) for r in after
    ]


def test_furniture_titles_and_notes_give_no_statement() -> None:
    text = "The envoy said the talks had failed."
    kinds: tuple[BlockKind, ...] = ("title", "heading", "furniture", "caption", "note", "standfirst")
    for kind in kinds:
        assert read(document(text, kind=kind)) == ()
    assert len(read(document(text, kind="list item"))) == 1


def test_no_content_crosses_a_paragraph() -> None:
    assert [s.exact for r in read(document("The envoy said that\n\nthe talks had failed.")) for s in r.content] == []


def test_each_item_of_a_list_has_the_lead_as_source() -> None:
    text = "The Ministers:\n\nwelcomed the accord on the locks;\n\nurged both crews to leave the pier."
    cuts: tuple[tuple[BlockKind, int, int], ...] = (("paragraph", 0, 14), ("list item", 16, 49), ("list item", 51, len(text)))
    blocks = tuple(Block(kind, start, end, ((start, end),)) for kind, start, end in cuts)
    doc = Document("D-0", "", text, "", "test", blocks=blocks, card=Card(genre=Field("communique", "stated")))
    assert [mark(text, row) for row in read(doc)] == [
        text.replace("The Ministers:", "<The Ministers>:").replace(bare, full)
        for bare, full in (
            ("welcomed the accord on the locks", "[welcomed] {the accord on the locks}"),
            ("urged both crews to leave the pier", "[urged] {both crews to leave the pier}"),
        )
    ]


@pytest.mark.parametrize(
    ("text", "inside", "expected"),
    [
        ("[We] agree", (1, 10), "[We] agree"),
        ("we [agree]", (0, 9), "we [agree]"),
        ("we [all] agree", (0, 14), "we [all] agree"),
        ("we", (0, 2), "we"),
    ],
)
def test_brackets_are_balanced(text: str, inside: tuple[int, int], expected: str) -> None:
    start, end = balanced(text, *inside)
    assert text[start:end] == expected


def test_read_text_reads_a_bare_text_as_news() -> None:
    assert [r.cue and r.cue.exact for r in read_text(" The envoy said that it rained. \n", PACKS)] == ["said"]
    assert read_text("", PACKS) == read_text(" \n", PACKS) == ()


# Every span proves itself


def check(doc: Document, rows: tuple[Statement, ...]) -> None:
    found = statements(doc, parse(doc), SAMPLE)
    by_id = {row.id: row for row in found}
    assert len(by_id) == len(found) == len(rows)
    furniture = [b for b in doc.blocks if b.kind == "furniture"]
    for row in found:
        spans = [s for s in (row.source, row.cue, *row.content) if s]
        prove(doc.text, spans)
        assert row.content
        assert [s.start for s in row.content] == sorted(s.start for s in row.content)
        assert all(s.exact == s.exact.strip() for s in spans)
        assert not any(b.start < s.end and s.start < b.end for b in furniture for s in spans)
        if row.cue:
            assert not any(c.start < row.cue.end and row.cue.start < c.end for c in row.content)
        if row.nested_in:
            parent = by_id[row.nested_in]
            inner = row.cue or row.content[0]
            assert any(c.start <= inner.start and inner.end <= c.end for c in parent.content)


@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem)
def test_the_sample_corpus(path: Path) -> None:
    data = path.read_bytes()
    observation = pipeline.observe(path.name, data, SAMPLE)
    assert observation.statements
    check(observation.document, observation.statements)
    assert pipeline.observe(path.name, data, SAMPLE) == observation
    assert [v.statement for v in observation.voices] == ids(observation.statements)


clauses = st.sampled_from([
    "The envoy said that the talks had failed.", "“We agree,” the guild added.", "“We agree", "said the envoy.”",
    "The council [condemned] the raid", "and urged the crews to leave", ", according to the guild,", "It is said that", "we agreed to meet",
    "the guild’s criticism of the law", "“", "”", "‘", "’", '"', "[", "]", "(", ")", "—", ":", ".", "?", "\n", "\r\n", "\n\n", "VARGA: ",
    "1. ", "• ", "who", "which", "to", "by", "𝒳", "\u00a0", "not",
])  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(st.lists(clauses, max_size=14).map(" ".join), st.lists(clauses, max_size=14).map("".join)),
    st.sampled_from(["editorial", "gist"]),
)
def test_any_text(text: str, genre: str) -> None:
    source = formats.read(text.encode(), "x.txt")
    doc = replace(pipeline.identify(text.encode(), source, SAMPLE), card=Card(genre=Field(genre, "stated")))
    check(doc, statements(doc, parse(doc), SAMPLE))


@pytest.mark.parametrize(
    "expected",
    [
        "<The mayor> [insisted] in a speech at the mill that {the toll would stay}.",
        "<We> [will not accept] {a wall across the bay}.",
        "<Kestria> [no longer supports] {the plan}.",
        "{The ferry} [is seen] {as a danger}.",
    ],
)
def test_clauses_hung_elsewhere_refusals_and_views_of_nobody(expected: str) -> None:
    assert expected in marked(plain(expected))


def test_a_second_saying_of_the_same_speaker_is_no_content_of_the_first() -> None:
    text = "He says he respects the judge and calls her a friend."
    assert "<He> [says] {he respects the judge} and calls her a friend." in marked(text)


def test_a_third_person_s_future_refusal_is_no_statement() -> None:
    assert marked("The council won’t accept the wall.") == []

"""The commitments of small texts about invented states, and a walk over the commitments pack."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from extract_marks import document, plain
from hypothesis import given, settings
from hypothesis import strategies as st

from reaffirm import packs
from reaffirm.errors import PackError
from reaffirm.extract.commitments import commitments
from reaffirm.extract.statements import statements
from reaffirm.language.parse import parse
from reaffirm.language.times import times
from reaffirm.model import Block, Card, Document, Field, Label

if TYPE_CHECKING:
    from reaffirm.readings import Commitment

PACKS = packs.load(Path(__file__).parents[2] / "examples/pack")
LORE = packs.load().bonds
JOINT = "joint statement"


def read(text: Document) -> tuple[Commitment, ...]:
    """The commitments of a document by the sample packs."""
    parsed = parse(text)
    return commitments(text, parsed, statements(text, parsed, PACKS), times(text, PACKS), PACKS)


def said(text: str, genre: str = "news report") -> tuple[Commitment, ...]:
    """The commitments of a text of some genre."""
    return read(document(text, genre))


def turn(label: str, words: str) -> Document:
    """A press conference of one turn."""
    text = f"{label}: {words}"
    end = len(label)
    block = Block("turn", 0, len(text), ((end + 2, len(text)),), Label(0, end, end, end + 1))
    card = Card(genre=Field("press-conference transcript", "stated"))
    return Document("D-0", "", text, "", "test", blocks=(block,), card=card)


def listing(lead: str, *items: str) -> Document:
    """A joint statement of a lead and the items under it."""
    text, blocks = lead, [Block("paragraph", 0, len(lead), ((0, len(lead)),))]
    for item in items:
        text += "\n\n"
        blocks.append(Block("list item", len(text), len(text) + len(item), ((len(text), len(text) + len(item)),)))
        text += item
    return Document("D-0", "", text, "", "test", blocks=tuple(blocks), card=Card(genre=Field(JOINT, "stated")))


def actions(rows: tuple[Commitment, ...]) -> list[str]:
    """The words of the actions."""
    return [row.action.exact for row in rows]


# A walk over the pack

GENRES = {"Q: ": "turn", "SPEECH ": "remarks", "OFFICIAL ": "communique"}
EXAMPLES = {f"{entry.id}/{n}": (entry, text) for entry in LORE for n, text in enumerate(entry.examples)}
COUNTEREXAMPLES = {f"{entry.id}/{n}": (entry, text) for entry in LORE for n, text in enumerate(entry.counterexamples)}


@cache
def walked(text: str) -> tuple[Commitment, ...]:
    """The commitments of an example: of a turn, a speech or a report."""
    words = plain(text)
    if words.startswith("Q: "):
        return read(turn("Q", words.removeprefix("Q: ")))
    prefix = next((p for p in GENRES if words.startswith(p)), "")
    return said(words.removeprefix(prefix), GENRES.get(prefix, "news report"))


def rests(row: Commitment, entry: packs.Bond) -> bool:
    """Whether a row rests on an entry: its steps name it, or what the entry's kind decides is there."""
    told = {"condition": row.condition is not None, "refusal": row.polarity == "withheld", "unbounded": row.due is not None}
    weighed = {"light": row.force.object == 2, "event": row.rule == "commitment.set", "schedule": row.rule == "commitment.set"}
    named = any(step.endswith(f"commitments/{entry.id}") for step in row.force.steps)
    told |= {"coming": row.rule == "commitment.coming", "awaited": row.rule == "commitment.due"}
    loose = {"carrier": "(" in row.illocution, "position": row.position, "kept": row.position, "need": row.position}
    return (told | weighed | loose | {"treaty": "treaty" in " ".join(row.force.steps)}).get(entry.kind, named)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_of_the_pack_is_read_and_rests_on_its_entry(name: str) -> None:
    entry, text = EXAMPLES[name]
    wanted = text[text.index("{") + 1 : text.index("}")]
    rows = {row.action.exact: row for row in walked(text)}
    assert wanted in rows
    assert rests(rows[wanted], entry), rows[wanted].force.steps


@pytest.mark.parametrize("name", COUNTEREXAMPLES)
def test_no_commitment_of_a_counterexample_rests_on_the_entry(name: str) -> None:
    entry, text = COUNTEREXAMPLES[name]
    rows = walked(text)
    if "{" in text:
        assert text[text.index("{") + 1 : text.index("}")] in actions(rows)
    assert not any(rests(row, entry) for row in rows)


def test_every_question_of_the_test_is_answered() -> None:
    (row,) = said("The ministers agreed to open a lock.")
    assert [question for question, _ in row.test] == [form for entry in LORE if entry.kind == "question" for form in entry.forms]


@pytest.mark.parametrize(
    "text", ["- id: x\n  kind: oath\n", "- id: x\n  kind: verb\n  force: 4\n", "- id: x\n  kind: verb\n  takes: [oath]\n", "x: 1\n"]
)
def test_a_wrong_entry_is_refused_by_name(text: str, tmp_path: Path) -> None:
    (tmp_path / "commitments").mkdir()
    (tmp_path / "commitments/commitments.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError, match=r"commitments\.yaml"):
        packs.load(tmp_path)


# Acts and their words


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ministers agreed to open a lock and to dredge the river.", ["to open a lock", "to dredge the river"]),
        ("The ministers agreed to open locks and sluices.", ["to open locks and sluices"]),
        ("The ministers agreed to expand and deepen cooperation on fishing.", ["to expand and deepen cooperation on fishing"]),
        ("They stressed the need to dredge the river and mend the locks.", ["to dredge the river", "mend the locks"]),
        ("They are committed to sharing data and to publishing prices.", ["sharing data", "publishing prices"]),
        ("The ministers confirmed that patrols will begin in May and that the harbour will be closed.", None),
    ],
)
def test_each_verb_is_an_act_and_objects_are_not(text: str, wanted: list[str] | None) -> None:
    found = actions(said(text, JOINT))
    assert found == wanted if wanted else found[0].startswith("patrols will begin in May")


@pytest.mark.parametrize(
    "text",
    [
        "The ministers welcomed the new bridge.",
        "The ministers expressed concern about the raids.",
        "The ministers discussed the opening of a lock.",
        "The council is reviewing its plans for the river.",
        "The minister must agree to open the lock.",
        "When the council agrees to open the lock, the boats return.",
        "How far the council is ready to go is unknown.",
        "The river will rise in spring.",
        "People who are determined to leave should be helped.",
    ],
)
def test_what_promises_nothing_is_no_commitment(text: str) -> None:
    assert actions(said(text)) == []


def test_who_only_tells_of_others_binds_nobody_and_a_promise_inside_a_media_report_is_one() -> None:
    assert actions(said("Analysts said that Saoren would send two tugs.")) == []
    (row,) = said("Local media reported that Saoren had promised to pay for the fence.")
    assert (row.action.exact, row.mode, row.passes) == ("to pay for the fence", "media report", False)


# Illocution, polarity, condition, time, strength


def test_illocution_is_the_printed_cue_with_the_governed_act_in_brackets() -> None:
    rows = said("The Saorenese side conveyed its intention to send a tug. Velmara remains committed to the pact.")
    assert [row.illocution for row in rows] == ["convey (intention)", "remain committed"]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The ministers pledged not to raise the toll.", "will not"),
        ("The ministers pledged to raise the toll.", "will"),
        ("The ministers did not agree on the toll.", "withheld"),
        ("The ministers stopped short of announcing joint patrols.", "withheld"),
        ("Velmara declined to commit to a timetable.", "withheld"),
    ],
)
def test_polarity_tells_a_refusal_from_a_promise_not_to_act(text: str, polarity: str) -> None:
    (row,) = said(text)
    assert row.polarity == polarity
    assert (row.force.strength == 0) == (polarity == "withheld")


@pytest.mark.parametrize(
    ("text", "due", "condition"),
    [
        ("They agreed to publish the list by the end of June 2034.", "by the end of June 2034", None),
        ("They agreed to publish the list in the coming years.", None, None),
        ("They agreed to publish the list every year.", None, None),
        ("They agreed to mend the lock that was closed in 2029.", None, None),
        ("They agreed to pursue the 2030 goals.", None, None),
        ("They undertook to lend pilots if the guild agrees.", None, "if the guild agrees"),
        ("They undertook to lend pilots, subject to the vote of the guild.", None, "subject to the vote of the guild"),
    ],
)
def test_time_and_condition_are_those_of_the_act(text: str, due: str | None, condition: str | None) -> None:
    (row,) = said(text)
    assert (row.due and row.due.exact, row.condition and row.condition.exact) == (due, condition)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The ministers agreed to open a lock by the end of 2031.", (3, 2, 1)),
        ("The ministers agreed to coordinate their controls.", (3, 1, 0)),
        ("The ministers agreed to meet every year.", (3, 1, 0)),
        ("The ministers agreed on the notion that the pilots need to train together.", (2, 0, 0)),
        ("The ministers reaffirmed their support for the league.", (2, 0, 0)),
        ("The ministers reaffirmed that the pact applies to the outer banks.", (2, 1, 0)),
        ("Saoren plans to station two tugs at the bar within the year.", (1, 2, 1)),
        ("The Saorenese side conveyed its intention to consider all offers.", (1, 0, 0)),
    ],
)
def test_strength_is_verb_and_object_and_time(text: str, parts: tuple[int, int, int]) -> None:
    (row,) = said(text)
    assert (row.force.verb, row.force.object, row.force.time) == parts
    assert len(row.force.steps) == 3


# Where it stands


def test_will_binds_in_a_turn_and_the_moderator_binds_nobody() -> None:
    words = "The harvest was poor. Velmara will open a second lock next year. We pledge to train the pilots."
    rows = read(turn("MINISTER VARGA", words))
    assert [(r.action.exact, r.illocution, r.mode) for r in rows] == [
        ("open a second lock next year", "will", "turn"),
        ("to train the pilots", "pledge", "turn"),
    ]
    assert read(turn("MODERATOR", "We will now take questions.")) == ()


def test_a_turn_without_a_cue_is_the_statement() -> None:
    text = turn("MINISTER VARGA", "We will open a second lock.")
    (row,) = read(text)
    (whole,) = statements(text, parse(text), PACKS)
    assert row.statement == whole.id


def test_a_report_s_own_will_counts_only_with_a_date_and_quoted_words_count() -> None:
    assert actions(said("The two countries will hold talks in June. The two countries will grow closer.")) == ["hold talks in June"]
    (row,) = said("“We will not close the harbour,” the Velmaran premier said.")
    assert (row.action.exact, row.polarity, row.mode) == ("close the harbour", "will not", "quotation")


def test_a_list_under_a_lead_that_binds() -> None:
    text = listing("To reach these goals, the two governments will:", "Establish a joint commission by 2035;", "Exchange data on shipping;")
    assert [(r.action.exact, r.illocution) for r in read(text)] == [
        ("Establish a joint commission by 2035", "will"),
        ("Exchange data on shipping", "will"),
    ]
    assert read(listing("The two governments recalled:", "Establish a joint commission by 2035;")) == ()


def test_items_under_a_subject_are_statements_of_it() -> None:
    text = listing("The Ministers:", "– welcomed the new bridge;", "– agreed to build a second one by 2035;")
    assert actions(read(text)) == ["to build a second one by 2035"]


SPEECH = "Mr. President, I thank you for your words. My country, Saoren, has known storms. " + "The sea gives and the sea takes away. " * 40


def test_in_a_speech_only_the_speaker_s_side_binds_itself() -> None:
    words = (
        "Saoren remains committed to free passage. My Government will open a second harbour by 2035. Drevonia is ready to send ships. "
        "All nations agreed to protect the whales. We must stop the raids."
    )
    assert actions(said(SPEECH + words, "remarks")) == ["free passage", "open a second harbour by 2035"]


@pytest.mark.parametrize(
    "words",
    [
        "I shall again warn of the raids.",
        "I will now turn to the reef.",
        "If we are going to deliver, all must act.",
        "A poet wrote: “We will build a fort on the rocks.”",
        "The problems that we seek to solve are many.",
        "We have often decided to ignore the storm.",
        "The world will see a better day.",
        "We will not have the strength.",
        "Soon I will have served my people for ten years.",
    ],
)
def test_what_a_speaker_says_foretells_or_quotes_binds_nobody(words: str) -> None:
    assert actions(said(SPEECH + words, "remarks")) == []


def test_not_only_is_no_refusal() -> None:
    (row,) = said(SPEECH + "We will not only protect the reef.", "remarks")
    assert row.polarity == "will"


@pytest.mark.parametrize(
    ("genre", "wanted"), [("manifesto", ["Abolish the toll on the river", "repeal the salt tax"]), ("news report", ["repeal the salt tax"])]
)
def test_a_bare_verb_begins_a_promise_in_a_programme_alone(genre: str, wanted: list[str]) -> None:
    rows = said("Abolish the toll on the river.\n\nThe two parties will repeal the salt tax in 2035.", genre)
    assert [action.removesuffix(" in 2035") for action in actions(rows)] == wanted


def test_words_that_name_who_acts_are_kept() -> None:
    (row,) = said("The ministers confirmed that the Velmaran Navy will provide two ships.")
    assert row.undertaker is not None
    assert row.undertaker.exact == "the Velmaran Navy"


def test_the_evidence_of_a_position_is_joint() -> None:
    assert actions(said("The ministers stressed the importance of dredging the river.")) == ["the importance of dredging the river"]
    assert actions(said("The premier stressed the importance of dredging the river.")) == []


WORDS = [
    "the",
    "ministers",
    "agreed",
    "to",
    "open",
    "a",
    "lock",
    "and",
    "will",
    "not",
    "by",
    "2031",
    ",",
    ".",
    "if",
    "that",
    "“",
    "”",
    "we",
    "need",
    ":",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), st.sampled_from(["news report", JOINT, "remarks", "editorial"]))
def test_spans_lie_in_the_text_and_ids_are_unique_whatever_the_words(words: list[str], genre: str) -> None:
    text = " ".join(words)
    rows = said(text, genre)
    assert len({row.id for row in rows}) == len(rows)
    for row in rows:
        for span in (row.action, row.cue, row.undertaker, row.condition, row.due):
            assert span is None or text[span.start : span.end] == span.exact != ""
        assert 0 <= row.force.strength <= 6


# Texts that undertake without a finite verb, or through others


def under(heading: str, *items: str) -> Document:
    """A communique of a heading and the items under it."""
    found = listing(heading, *items)
    blocks = (Block("heading", 0, len(heading), ((0, len(heading)),)), *found.blocks[1:])
    return Document("D-0", "", found.text, "", "test", blocks=blocks, card=Card(genre=Field("communique", "stated")))


def test_items_under_an_agenda_are_acts_named_by_nouns_or_bare_verbs() -> None:
    items = ("Establishment of a river guard", "Finalise the map of the shoals", "The weather was fine")
    assert actions(read(under("Action items", *items))) == list(items[:2])
    assert read(under("Guests and music", *items)) == ()


def test_items_under_what_was_agreed_have_its_force() -> None:
    rows = read(listing("They agreed on the following measures:", "creation of a joint river guard;", "training of 200 pilots in 2035."))
    assert [(r.action.exact, r.illocution, r.force.verb) for r in rows] == [
        ("creation of a joint river guard", "agree", 3),
        ("training of 200 pilots in 2035", "agree", 3),
    ]


def test_a_line_says_who_is_to_do_what() -> None:
    (row,) = read(under("Velmara to lend two tugs to Saoren", "A list of guests"))
    assert (row.action.exact, row.illocution, row.undertaker and row.undertaker.exact) == ("lend two tugs to Saoren", "be to", "Velmara")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We tasked our ministers to conclude the review by May.", [("our ministers to conclude the review by May", "task", "will")]),
        ("We tasked the reporters to wait.", []),
        ("They instructed Saoren to open the lock.", []),
        ("They did not instruct officials to open the lock.", []),
        ("They tasked senior officials with drafting a code.", [("senior officials with drafting a code", "task", "will")]),
        ("They charged the board with mending the locks.", [("the board with mending the locks", "charge", "will")]),
        ("Rivers: The two governments will open a lock.", [("open a lock", "will", "will")]),
        ("They did not reach agreement on the toll.", [("the toll", "agreement", "withheld")]),
        ("They were unable to reach agreement on the toll.", [("the toll", "agreement", "withheld")]),
        ("They reached agreement on a common toll.", [("a common toll", "agreement", "will")]),
        ("The ministers reaffirmed it for the river.", []),
    ],
)
def test_acts_told_in_other_words(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert [(r.action.exact, r.illocution, r.polarity) for r in said(text, JOINT)] == wanted


def test_somebody_is_scheduled_to_act() -> None:
    (row,) = said("The premier is scheduled to visit Saoren in May 2035.")
    assert (row.action.exact, row.illocution, row.force.strength) == ("to visit Saoren in May 2035", "be scheduled", 4)


@pytest.mark.parametrize(
    ("text", "genre", "wanted"),
    [
        ("The first ten are to be handed over in May 2035.", "other", ["The first ten are to be handed over in May 2035"]),
        ("The next round is expected to take place by May 2035.", JOINT, ["The next round is expected to take place by May 2035"]),
        ("A dialogue, to be launched by 2035, is planned.", "other", ["A dialogue, to be launched by 2035"]),
        ("Work on the lock will begin in May 2035.", JOINT, ["Work on the lock will begin in May 2035"]),
        ("The ferry will be ready by June 2035.", "other", ["The ferry will be ready by June 2035"]),
        ("The talks are to continue.", JOINT, []),
        ("The harvest is expected to rise in 2035.", JOINT, []),
        ("Prices will fall in May 2035.", JOINT, []),
        ("The first ten were to be handed over in May 2035.", "other", []),
    ],
)
def test_what_comes_on_a_day_binds_who_says_so(text: str, genre: str, wanted: list[str]) -> None:
    assert actions(said(text, genre)) == wanted


def test_to_go_on_considering_is_to_consider() -> None:
    (row,) = said("They agreed to continue considering a common toll.", JOINT)
    assert row.force.object == 0


def test_a_stance_that_the_parties_say_they_take_is_a_position() -> None:
    (row,) = said("The ministers affirmed that they firmly oppose the toll.", JOINT)
    assert (row.position, row.force.object) == (True, 0)
    assert said("The ministers affirmed that the fishermen oppose the toll.", JOINT) == ()


def test_what_comes_without_a_day_binds_in_a_turn_where_it_is_refused() -> None:
    assert actions(read(turn("MINISTER VALE", "No, they will not be armed."))) == ["they will not be armed"]
    assert actions(read(turn("MINISTER VALE", "The boats will be sold by May 2035."))) == ["The boats will be sold by May 2035"]
    assert actions(read(turn("MINISTER VALE", "Mistakes will be made."))) == []
    assert actions(read(turn("MINISTER VALE", "I am glad to announce that we will sell two boats."))) == ["sell two boats"]


def test_a_deadline_behind_what_was_done_is_that_of_the_act() -> None:
    (row,) = said("They agreed to finish a pact on ports, under which Saoren will help to mend five piers, by May 2035.", JOINT)
    assert row.due
    assert row.due.exact == "by May 2035"
    (row,) = said("They agreed to list the boats built by 2020.", JOINT)
    assert row.due is None


def test_who_is_prepared_behind_another_verb_undertakes() -> None:
    text = "The River Board will review the list in light of the tides and is prepared to cut it."
    assert "to cut it" in actions(said(text, "other"))
    assert "to cut it" not in actions(said(text.replace("is prepared", "is not prepared"), "other"))


def test_it_stands_for_a_body_named_before() -> None:
    wanted = "take a balanced approach"
    assert actions(said(f"When the River Board decides to dredge, it will {wanted}.", "other")) == [wanted]
    assert actions(said(f"When the rain stops, it will {wanted}.", "other")) == []


def test_a_title_tells_a_text_that_a_body_issues() -> None:
    wanted = "the importance of the full implementation of the pact"
    words = f"The Council stresses {wanted}."
    text = f"Council conclusions on the river\n\n{words}"
    title = Block("title", 0, 32, ((0, 32),))
    body = Block("paragraph", 34, len(text), ((34, len(text)),))
    assert actions(read(Document("D-0", "", text, "", "test", blocks=(title, body)))) == [wanted]
    assert actions(said(words, "other")) == []


def test_what_one_is_committed_to_is_no_discrete_act() -> None:
    (row,) = said("The two sides remain committed to the river agreement.", JOINT)
    assert row.force.object == 1


def test_who_warns_of_something_promises_nothing() -> None:
    assert said("The harbour guild warned that jobs will be lost.") == ()

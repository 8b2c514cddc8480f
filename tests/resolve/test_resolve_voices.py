from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from resolve_scenes import PACKS, scene, spoken

from reaffirm import packs
from reaffirm.extract.statements import statements
from reaffirm.language.names import mentions
from reaffirm.language.parse import parse
from reaffirm.model import Actor
from reaffirm.resolve.voices import actors, voices

if TYPE_CHECKING:
    from reaffirm.model import Document, Mention, Statement
    from reaffirm.packs import Packs

BOTH = ("Saoren", "Velmara")
FOUR = ("Dorun Keshiwa", "Elna Marsten", "Joan Ferrand", "Lise Ondaro")
TITLE = "The Straits Security Dialogue"
FULL = (
    "Velmaran Foreign Secretary Elna Marsten, Velmaran Defence Secretary Joan Ferrand, Saorenese Foreign Minister Lise Ondaro and "
    "Saorenese Defence Minister Dorun Keshiwa met in Ostrel."
)
HEADS = "Velmaran President Edda Lorne and Saorenese Premier Obin Resuna met in the harbour."


# Names


@pytest.mark.parametrize(
    ("text", "source", "speakers", "parties", "rule"),
    [
        (
            "Saorenese Premier Obin Resuna said the port was open.",
            "Saorenese Premier Obin Resuna",
            ("Obin Resuna",),
            ("Saoren",),
            "voice.person",
        ),
        ("Obin Resuna said the port was open.", "Obin Resuna", ("Obin Resuna",), ("Saoren",), "voice.person"),
        ("Edda Lorne and Obin Resuna said it rained.", "Edda Lorne and Obin Resuna", ("Edda Lorne", "Obin Resuna"), BOTH, "voice.person"),
        ("Velmara said the port was open.", "Velmara", ("Velmara",), ("Velmara",), "voice.name"),
        ("The Republic of Velmara said it rained.", "The Republic of Velmara", ("Velmara",), ("Velmara",), "voice.name"),
        ("Both Velmara and Saoren said it rained.", "Both Velmara and Saoren", BOTH, BOTH, "voice.name"),
        ("The Velmaran Navy said it rained.", "The Velmaran Navy", ("Velmaran Navy",), ("Velmara",), "voice.name"),
        ("Odo Brask said it rained.", "Odo Brask", ("Odo Brask",), (), "voice.unknown-name"),
    ],
)
def test_names(text: str, source: str, speakers: tuple[str, ...], parties: tuple[str, ...], rule: str) -> None:
    voice = spoken(scene(text))[source]
    assert (voice.speakers, voice.parties, voice.rule) == (speakers, parties, rule)


@pytest.mark.parametrize(("name", "state"), [("Ostrel", "Velmara"), ("Hanaru", "Saoren"), ("Zelmach", "Drevonia")])
def test_a_metonym_is_its_state_probably(name: str, state: str) -> None:
    voice = spoken(scene(f"{name} said the port was open."))[name]
    assert (voice.speakers, voice.parties, voice.certainty) == ((state,), (state,), "probable")


@pytest.mark.parametrize(
    "source",
    ["A spokesman", "An official of the port", "One diplomat", "The harbour master", "A person close to the talks", "Local fishermen"],
)
def test_a_role_without_a_name_keeps_its_words_behind_a_question_mark(source: str) -> None:
    voice = spoken(scene(f"{source} said the port was open."))[source]
    assert (voice.speakers, voice.parties, voice.offices, voice.certainty) == ((f"?{source}",), (), (), None)


def test_the_office_of_a_speaker_is_that_of_the_day() -> None:
    text = "Obin Resuna said the port was open."
    assert [o.office for o in spoken(scene(text, day="2031-05-01"))["Obin Resuna"].offices] == ["Premier (Saoren)"]
    assert spoken(scene(text))["Obin Resuna"].offices == ()


# Titles alone


@pytest.mark.parametrize(
    ("opening", "source", "speakers", "certainty"),
    [
        (HEADS, "The president", ("Edda Lorne",), "probable"),
        (HEADS, "The Velmaran president", ("Edda Lorne",), "probable"),
        (HEADS, "The premier", ("Obin Resuna",), "probable"),
        (FULL, "The Saorenese foreign minister", ("Lise Ondaro",), "probable"),
        (FULL, "The Velmaran defence secretary", ("Joan Ferrand",), "probable"),
        ("They met in the harbour.", "The Saorenese premier", ("Saoren",), "external"),
        ("They met in the harbour.", "The premier", ("?The premier",), None),
    ],
)
def test_a_title_alone(opening: str, source: str, speakers: tuple[str, ...], certainty: str | None) -> None:
    voice = spoken(scene(opening, f"{source} said the port was open."))[source]
    assert (voice.speakers, voice.certainty) == (speakers, certainty)


def test_a_title_alone_that_only_the_packs_can_fill_names_its_holder_outside_the_text() -> None:
    text = "The Saorenese premier said the port was open."
    assert spoken(scene(text, day="2031-05-01"))["The Saorenese premier"].external == ("Obin Resuna",)
    assert spoken(scene(text))["The Saorenese premier"].external == ()


# Collectives


@pytest.mark.parametrize(
    ("paragraphs", "title", "source", "speakers", "certainty"),
    [
        ([FULL], TITLE, "The four ministers", FOUR, "certain"),
        ([FULL], TITLE, "The ministers", FOUR, "certain"),
        ([FULL], TITLE, "The foreign ministers", ("Elna Marsten", "Lise Ondaro"), "certain"),
        ([FULL], TITLE, "The two defence ministers", ("Dorun Keshiwa", "Joan Ferrand"), "certain"),
        ([FULL], TITLE, "The five ministers", BOTH, "underspecified"),
        ([HEADS], "", "The two leaders", ("Edda Lorne", "Obin Resuna"), "certain"),
        # nobody is named: the states stand for them
        (["Velmara and Saoren held talks."], "", "The ministers", BOTH, "underspecified"),
        (["They met in Ostrel."], TITLE, "The four ministers", BOTH, "underspecified"),
        (["The rain fell."], "", "The ministers", ("?The ministers",), None),
        # states
        ([FULL], TITLE, "The two countries", BOTH, "certain"),
        ([FULL], TITLE, "Both sides", BOTH, "certain"),
        ([FULL], TITLE, "The Velmaran side", ("Velmara",), "probable"),
        ([FULL], TITLE, "The Saorenese delegation", ("Saoren",), "probable"),
        ([FULL], TITLE, "Velmaran officials", ("Velmara",), "underspecified"),
        # governments
        ([FULL], TITLE, "The Velmaran government", ("Velmara",), None),
        ([FULL], TITLE, "The government of Saoren", ("Saoren",), None),
        ([HEADS], "", "The Lorne administration", ("Lorne administration",), None),
        # a text that speaks, and a forum
        ([FULL], TITLE, "The joint statement", FOUR, "certain"),
    ],
)
def test_collectives(paragraphs: list[str], title: str, source: str, speakers: tuple[str, ...], certainty: str | None) -> None:
    voice = spoken(scene(*paragraphs, f"{source} said the port was open.", title=title))[source]
    assert (voice.speakers, voice.certainty) == (speakers, certainty)


def test_members_whom_only_the_packs_know_stand_outside() -> None:
    said = "The four ministers said the port was open."
    known = spoken(scene(said, title=TITLE, day="2034-01-22"))["The four ministers"]
    assert (known.speakers, known.parties, known.external) == (BOTH, BOTH, FOUR)
    assert spoken(scene(said, title=TITLE))["The four ministers"].external == ()


def test_the_members_of_a_day_are_those_of_that_day() -> None:
    said = "The four ministers said the port was open."
    old = spoken(scene(said, title=TITLE, day="2031-04-12"))["The four ministers"]
    assert old.external == ("Ashen Talumi", "Dorun Keshiwa", "Elna Marsten", "Piers Haldor")


@pytest.mark.parametrize("source", ["The two countries", "The two governments", "Both sides"])
def test_the_parties_of_a_collective_are_the_states(source: str) -> None:
    voice = spoken(scene(FULL, f"{source} said the port was open.", title=TITLE))[source]
    assert (voice.parties, voice.rule.partition("/")[0]) == (BOTH, "collectives")


def test_a_count_that_does_not_fit_names_no_states() -> None:
    assert spoken(scene(HEADS, "The three countries said the port was open.", "The two countries agreed. The two countries met."))[
        "The three countries"
    ].speakers == ("?The three countries",)


# Pronouns


@pytest.mark.parametrize(
    ("text", "source", "speakers"),
    [
        ("Edda Lorne said the port was open. She added that it rained.", "She", ("Edda Lorne",)),
        ("Edda Lorne left early. She added that it rained.", "She", ("Edda Lorne",)),
        ("Obin Resuna said the port was open. He added that it rained.", "He", ("Obin Resuna",)),
        ("Velmara said the port was open. It added that the yard was not.", "It", ("Velmara",)),
        ("Velmara and Saoren said the port was open. They added that it rained.", "They", BOTH),
        ("Velmara said it rained. Obin Resuna said the port was open. It added that the yard was not.", "It", ("Velmara",)),
        ("Velmara said it rained. Obin Resuna said the port was open. He added that the yard was not.", "He", ("Obin Resuna",)),
        ("A spokesman said it rained. He added that the port was open.", "He", ("?A spokesman",)),
        ("A spokeswoman said it rained. He added that the port was open.", "He", ("?He",)),
        ("Rui Castell left. A senior diplomat said it rained. She added that the port was open.", "She", ("?A senior diplomat",)),
        ("The rain fell. They added that it was cold.", "They", ("?They",)),
    ],
)
def test_pronouns(text: str, source: str, speakers: tuple[str, ...]) -> None:
    assert spoken(scene(text))[source].speakers == speakers


def test_a_pronoun_does_not_look_back_over_half_the_text() -> None:
    far = "Edda Lorne said the port was open. " + "The rain fell. " * 40 + "She added that it was cold."
    assert spoken(scene(far))["She"].speakers == ("?She",)


def test_they_at_the_head_of_a_paragraph_are_those_who_issue_the_text() -> None:
    issued = scene(FULL, "Both sides agreed to dredge.", "2. They agreed to trade.", title=TITLE, genre="joint statement")
    assert spoken(issued)["They"].speakers == FOUR
    account = scene(FULL, "Both sides agreed to dredge.", "They agreed to trade.", title=TITLE)
    assert spoken(account)["They"].speakers == BOTH


def test_one_in_an_opinion_is_the_writer() -> None:
    assert spoken(scene("One hopes that the port will open.", genre="editorial"))["One"].speakers == ("writer",)
    assert spoken(scene("One hopes that the port will open."))["One"].speakers == ("?One",)


def test_a_counterpart_with_a_name() -> None:
    voice = spoken(scene("Her counterpart, Rui Castell, said that it rained."))
    assert [v.speakers for v in voice.values()] == [("Rui Castell",)]


@pytest.mark.parametrize(
    ("text", "source", "speakers"),
    [
        ("President Miru Askan of Saoren came. The prime minister said it rained.", "The prime minister", ("Velmara",)),
        ("President Miru Askan of Saoren came. The prime minister said it rained. She added that it was cold.", "She", ("Velmara",)),
        ("Velmaran Prime Minister Ruth Calvane came. The president said it rained.", "The president", ("Saoren",)),
        # nobody is named, or both have such an office
        ("They came. The prime minister said it rained.", "The prime minister", ("?The prime minister",)),
        ("They came. The president said it rained.", "The president", ("?The president",)),
    ],
)
def test_an_unnamed_head_is_of_the_state_that_sends_no_other(text: str, source: str, speakers: tuple[str, ...]) -> None:
    assert spoken(scene(text, title=TITLE))[source].speakers == speakers


# The first person


@pytest.mark.parametrize(
    ("document", "source", "speakers", "rule"),
    [
        (scene("We welcome the accord.", genre="editorial"), "We", ("writer",), "voice.editorial-we"),
        (scene("I doubt that it will hold.", genre="analysis"), "I", ("writer",), "voice.editorial-we"),
        (scene(FULL, "We reaffirm our alliance.", title=TITLE, genre="joint statement"), "We", FOUR, "voice.issuers-we"),
        (scene("We reaffirm our alliance.", title=TITLE, genre="joint statement"), "We", BOTH, "voice.issuers-we"),
        (scene("Velmara and Saoren held talks.", "We reaffirm our alliance.", genre="communique"), "We", BOTH, "voice.issuers-we"),
        (scene("“I promised to come,” Edda Lorne said."), "Edda Lorne", ("Edda Lorne",), "voice.person"),
        (scene(FULL, "|Secretary Elna Marsten|: We agreed to meet.", title=TITLE, genre="gist"), "We", FOUR, "voice.joint-we"),
        (scene("|Elna Marsten|: We agreed to dredge the canal.", title=TITLE, genre="gist"), "We", BOTH, "voice.joint-we"),
    ],
)  # fmt: skip
def test_the_first_person(document: Document, source: str, speakers: tuple[str, ...], rule: str) -> None:
    voice = spoken(document)[source]
    assert (voice.speakers, voice.rule) == (speakers, rule)


@pytest.mark.parametrize(
    ("text", "cue"), [("Both crews are urged to leave the pier.", "are urged"), ("It is hoped that it rains.", "is hoped")]
)
def test_the_writers_own_appeal_is_the_writers(text: str, cue: str) -> None:
    assert spoken(scene(text, genre="editorial"))[cue].speakers == ("writer",)


@pytest.mark.parametrize(
    ("text", "title", "cue", "speakers"),
    [
        ("It is said that the port is open.", TITLE, "is said", ("?",)),
        ("It was agreed that the port would open.", TITLE, "was agreed", BOTH),
        ("It was agreed that the port would open.", "", "was agreed", ("?",)),
    ],
)
def test_nobody(text: str, title: str, cue: str, speakers: tuple[str, ...]) -> None:
    assert spoken(scene(text, title=title))[cue].speakers == speakers


# Labels


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("Foreign Secretary Elna Marsten", "Elna Marsten"),
        ("Marsten", "Elna Marsten"),
        ("MARSTEN", "Elna Marsten"),
        ("ELNA MARSTEN", "Elna Marsten"),
        ("SECRETARY MARSTEN", "Elna Marsten"),
        ("Elna Marsten (Velmara)", "Elna Marsten"),
        ("Elna Marsten, Foreign Secretary", "Elna Marsten"),
        ("Q", "?Q"),
        ("MODERATOR", "?MODERATOR"),
        ("REPORTER (Meridian Wire)", "?REPORTER (Meridian Wire)"),
        ("Odo Brask", "Odo Brask"),
        ("MR. JON DE LA BRASK", "Jon de la Brask"),
    ],
)
def test_labels(label: str, speaker: str) -> None:
    document = scene("Velmaran Foreign Secretary Elna Marsten met the press.", f"|{label}|: The port is open.", genre="gist")
    assert spoken(document)[label].speakers == (speaker,)


def test_a_label_in_capitals_that_two_people_share_is_nobodys() -> None:
    document = scene("Foreign Minister Odo Brask and Defence Minister Ana Brask met.", "|BRASK|: The port is open.", genre="gist")
    assert spoken(document)["BRASK"].speakers == ("?BRASK",)


# The derived layer as a whole


TEXT = scene(FULL, "The ministers said the port was open. They agreed to meet. A spokesman said it rained.", title=TITLE, day="2034-01-22")


def test_every_statement_has_one_voice_in_order() -> None:
    rows = statements(TEXT, parse(TEXT), PACKS)
    found = voices(TEXT, rows, mentions(TEXT, PACKS), PACKS)
    assert [v.statement for v in found] == [r.id for r in rows]
    assert len({v.inputs for v in found}) == 1
    assert all(v.speakers and v.rule for v in found)


def test_the_hash_of_inputs_changes_with_packs_names_rows_and_day_and_with_nothing_else() -> None:
    rows, named = statements(TEXT, parse(TEXT), PACKS), mentions(TEXT, PACKS)

    def inputs(
        document: Document = TEXT, rows: tuple[Statement, ...] = rows, named: tuple[Mention, ...] = named, knowledge: Packs = PACKS
    ) -> str:
        return voices(document, rows, named, knowledge)[0].inputs

    card = replace(TEXT.card, event_dates=())
    others = [
        inputs(knowledge=packs.load()), inputs(knowledge=replace(PACKS, fingerprint="other")), inputs(named=named[1:]),
        inputs(rows=rows[1:]), inputs(named=(replace(named[0], name="Odo Brask"), *named[1:])), inputs(document=replace(TEXT, card=card)),
    ]  # fmt: skip
    assert inputs() == inputs(document=replace(TEXT, sha256="other"))
    assert len({inputs(), *others}) == len(others) + 1


def test_actors_are_those_whom_voices_name() -> None:
    rows, named = statements(TEXT, parse(TEXT), PACKS), mentions(TEXT, PACKS)
    found = actors(voices(TEXT, rows, named, PACKS), named)
    assert list(found) == sorted(found)
    assert Actor("Elna Marsten", "person", "Velmara") in found
    assert {a.name for a in found} == {*FOUR, *BOTH}


def test_without_packs_every_speaker_keeps_its_words() -> None:
    bare = replace(packs.Packs(), verbs=PACKS.verbs, nouns=PACKS.nouns, texts=PACKS.texts, speakers=PACKS.speakers, fingerprint="bare")
    assert [v.speakers for v in spoken(scene("Velmara said it rained. The ministers said it rained."), bare).values()] == [
        ("?Velmara",), ("?The ministers",),
    ]  # fmt: skip


def test_a_title_that_only_one_person_of_its_kind_has() -> None:
    document = scene(FULL, "The defence secretary said the port was open.")
    assert spoken(document)["The defence secretary"].speakers == ("Joan Ferrand",)


@pytest.mark.parametrize(
    ("text", "genre"), [("We agreed to meet, Edda Lorne said.", "news report"), ("We reaffirm our alliance.", "joint statement")]
)
def test_no_voice_is_without_a_speaker(text: str, genre: str) -> None:
    assert all(voice.speakers for voice in spoken(scene(text, genre=genre)).values())


def test_two_titles_are_two_persons() -> None:
    met = "Defence Secretary Piers Haldor of Velmara met Minister of Defence Dorun Keshiwa of Saoren."
    text = f"{met} The Secretary and the Minister agreed to trade."
    voice = spoken(scene(text, genre="communique", day="2031-04-12"))["The Secretary and the Minister"]
    assert (set(voice.speakers), set(voice.parties)) == ({"Dorun Keshiwa", "Piers Haldor"}, {"Saoren", "Velmara"})


def test_bodies_in_a_row_are_no_persons() -> None:
    voice = spoken(scene("The council and the court agreed that the rain had stopped."))["The council and the court"]
    assert voice.rule != "voice.joined"


def test_the_text_of_a_forum_with_many_members_is_the_forums() -> None:
    voice = spoken(scene("We reaffirm our support for the pact.", title="NATO Summit Communique", genre="communique"))["We"]
    assert (voice.speakers, voice.certainty, voice.rule) == (("NATO",), "probable", "voice.forum-we")


@pytest.mark.parametrize("mark", ["’", "'"])
def test_a_states_possessive_is_the_state(mark: str) -> None:
    voice = spoken(scene(f"Velmara{mark}s decision to close the harbour surprised nobody."))[f"Velmara{mark}s"]
    assert voice.speakers == ("Velmara",)


@pytest.mark.parametrize("words", ["Maridel’s Ada Venn", "Maridel's Ada Venn"])
def test_an_unknown_person_of_a_state_that_is_named(words: str) -> None:
    voice = spoken(scene(f"{words} said that the rain had stopped."))[words]
    assert (voice.speakers, voice.parties, voice.certainty) == (("Ada Venn",), ("Maridel",), "probable")



def test_the_council_of_an_official_text_is_the_organisation_that_it_names() -> None:
    text = "The Peace Council of the African Union met. The Council decided to send a mission."
    voice = spoken(scene(text, title="Communique of the African Union", genre="communique"))["The Council"]
    assert (voice.speakers, voice.parties, voice.rule) == (("African Union",), ("African Union",), "voice.issuer")

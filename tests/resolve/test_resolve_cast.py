from __future__ import annotations

from dataclasses import replace

import pytest
from resolve_scenes import PACKS, at_table, scene

from reaffirm.model import Field
from reaffirm.packs import Forum, Packs
from reaffirm.resolve.cast import Cast, Principal, find_forum

FOREIGN = "Velmaran Foreign Secretary Elna Marsten and Saorenese Foreign Minister Lise Ondaro met in the harbour on Monday."
DEFENCE = "Velmaran Defence Secretary Joan Ferrand and Saorenese Defence Minister Dorun Keshiwa were there too."


@pytest.mark.parametrize(
    ("title", "paragraphs", "states"),
    [
        ("Velmara and Saoren hold talks", ["The envoys met on Monday."], {"Velmara", "Saoren"}),
        ("Velmara and Saoren hold talks", ["Drevonia objected.", "Drevonia objected again. Drevonia, Drevonia."], {"Velmara", "Saoren"}),
        ("Salt talks", [FOREIGN, "Drevonia and Maridel objected. Drevonia did so twice."], {"Velmara", "Saoren"}),
        ("Salt talks", ["Velmara, Saoren and Maridel met. The three countries agreed to trade."], {"Velmara", "Saoren", "Maridel"}),
        ("Velmara, Saoren, Maridel, Drevonia meet", ["The four countries agreed."], {"Velmara", "Saoren", "Maridel", "Drevonia"}),
        ("Salt talks", ["Velmara, Saoren and Maridel held trilateral talks."], {"Velmara", "Saoren", "Maridel"}),
        (
            "Velmara and Saoren hold talks",
            ["They met.", "It rained.", "It rained.", "It rained.", "A trilateral meeting with Maridel is planned."],
            {"Velmara", "Saoren"},
        ),
        ("Salt talks", ["The rain fell."], set()),
        ("Joint Statement of the Leaders of Velmara and Maridel", ["The Leaders agreed to trade."], {"Velmara", "Maridel"}),
        ("Salt", ["We, the Foreign Ministers of Velmara, Saoren and Maridel, met."], {"Velmara", "Saoren", "Maridel"}),
        ("Salt", ["Ministers from Velmara, Saoren and Maridel met in Ostrel. Drevonia did not."], {"Velmara", "Saoren", "Maridel"}),
        ("Salt", ["Envoys met. Velmara, Saoren and Maridel were flooded.", "They met in Saoren and in Velmara."], {"Velmara", "Saoren"}),
        ("Salt", ["The leaders of the harbour guild met in Velmara."], set()),
        (
            "Velmara and Saoren leave Drevonia at the door",
            ["When Velmara and Saoren hold talks, Drevonia looks on. Drevonia must wake up.", "Drevonia, Drevonia."],
            {"Velmara", "Saoren"},
        ),
    ],
)
def test_the_states_at_the_table(title: str, paragraphs: list[str], states: set[str]) -> None:
    assert set(at_table(scene(*paragraphs, title=title)).states) == states


@pytest.mark.parametrize(
    ("text", "forum", "states"),
    [
        ("The Straits Security Dialogue met in Ostrel.", "straits-security-dialogue", ("Velmara", "Saoren")),
        ("The ministers of the Velmara–Saoren Straits Security Dialogue met.", "straits-security-dialogue", ("Velmara", "Saoren")),
        ("The straits were calm.", None, ()),
    ],
)
def test_the_members_of_a_forum(text: str, forum: str | None, states: tuple[str, ...]) -> None:
    found = at_table(scene(text))
    assert (found.forum.id if found.forum else None, found.states) == (forum, states)


def test_a_forum_named_far_behind_the_opening_is_not_that_of_the_text() -> None:
    assert find_forum(scene(*["The rain fell."] * 6, "The Straits Security Dialogue met."), PACKS) is None


def test_a_forum_of_many_members_gives_no_cast() -> None:
    forum = Forum("league", "Salt League", ("Salt League",), members=("Velmara", "Saoren", "Maridel", "Drevonia", "Ilen Islands"))
    packs = replace(PACKS, forums=(forum,), fingerprint="other")
    assert len(at_table(scene("The Salt League met in Ostrel. Velmara and Saoren spoke."), packs).states) == 2


def test_principals_are_those_whom_the_text_names_with_an_office() -> None:
    found = at_table(scene(FOREIGN, DEFENCE, title="The Straits Security Dialogue"))
    assert set(found.principals) == {
        Principal("Elna Marsten", "Velmara", "foreign"), Principal("Lise Ondaro", "Saoren", "foreign"),
        Principal("Joan Ferrand", "Velmara", "defence"), Principal("Dorun Keshiwa", "Saoren", "defence"),
    }  # fmt: skip
    assert found.complete
    assert not at_table(scene(FOREIGN, title="The Straits Security Dialogue")).complete


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (FOREIGN + " Former Velmaran Foreign Secretary Odo Brask watched.", {"Elna Marsten", "Lise Ondaro"}),
        (FOREIGN + " Marsten said little; Ondaro said more.", {"Elna Marsten", "Lise Ondaro"}),
        (FOREIGN + " Mr. Odo Brask kept the minutes.", {"Elna Marsten", "Lise Ondaro"}),
        ("Velmara and Saoren met.", set()),
    ],
)
def test_who_is_no_principal(text: str, names: set[str]) -> None:
    assert {p.name for p in at_table(scene(text)).principals} == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FOREIGN, (("foreign",),)),
        (FOREIGN + " " + DEFENCE, (("foreign",), ("defence",))),
        ("Velmaran President Edda Lorne and Saorenese Premier Obin Resuna met.", (("head_of_government", "head_of_state"),)),
        ("The leaders of Velmara and Saoren met. Velmaran President Edda Lorne spoke.", (("head_of_government", "head_of_state"),)),
        ("Velmara and Saoren met.", ()),
    ],
)
def test_the_kinds_of_office_at_the_table(text: str, expected: tuple[tuple[str, ...], ...]) -> None:
    assert at_table(scene(text)).expected == expected


def test_heads_of_state_and_of_government_are_one_kind() -> None:
    people = (Principal("A", "Velmara", "head_of_state"), Principal("B", "Saoren", "head_of_government"))
    assert Cast(("Velmara", "Saoren"), people, None, ("head_of_government", "head_of_state"), None).complete
    assert not Cast((), (), None, (), None).complete


@pytest.mark.parametrize(
    ("events", "published", "expected"),
    [
        (["2033-03-14"], "2033-03-15", "2033-03-14"),
        ([], "2033-03-15", "2033-03-15"),
        ([], None, None),
        (["2033-03-14", "2033-03-10"], None, "2033-03-14"),
    ],
)
def test_the_day_is_that_of_the_event_else_of_publication(events: list[str], published: str | None, expected: str | None) -> None:
    document = scene("They met.")
    card = replace(document.card, event_dates=tuple(Field(e, "stated") for e in events), published=Field(published, "stated"))
    assert replace(document, card=card).card.day == expected


def test_nothing_is_known_without_packs() -> None:
    assert at_table(scene(FOREIGN), Packs()) == Cast((), (), None, (), None)


@pytest.mark.parametrize(
    "text",
    ["Velmara and Saoren held talks on the mines of Drevonia.", FOREIGN + " Drevonian Foreign Minister Varan Dreskov objected."],
)
def test_of_states_that_weigh_the_same_those_named_first_consult(text: str) -> None:
    assert set(at_table(scene(text)).states) == {"Velmara", "Saoren"}


@pytest.mark.parametrize("title", ["Velmara and Saoren meet", "Velmaran Foreign Secretary Elna Marsten meets Saoren’s Lise Ondaro"])
def test_a_headline_in_the_present_tense(title: str) -> None:
    assert set(at_table(scene("The rain fell.", title=title)).states) == {"Velmara", "Saoren"}


def test_a_forum_in_general_words_is_that_of_the_states_that_meet() -> None:
    general = Forum("talks", "Talks", ("Talks",))
    own = Forum("straits", "Velmara-Saoren Talks on Trade", ("Straits Forum",), members=("Saoren", "Velmara"))
    other = Forum("lakes", "Velmara-Maridel Talks", ("Lakes Forum",), members=("Maridel", "Velmara"))
    knowledge = replace(PACKS, forums=(general, own, other))
    pairs = ("Velmara and Saoren", "Saoren and Maridel")
    found = [at_table(scene(f"{pair} met.", title=f"{pair} Talks"), knowledge).forum for pair in pairs]
    assert [forum.id if forum else None for forum in found] == ["straits", "talks"]


@pytest.mark.parametrize(
    ("opening", "names"),
    [
        (  # as many of each state: all of them, whatever their matter
            ("Foreign Secretary Elna Marsten and Energy Minister Eva Lund of Velmara met Foreign Minister Lise Ondaro and Climate Minister "
            "Bo Imre of Saoren."),
            {"Elna Marsten", "Eva Lund", "Lise Ondaro", "Bo Imre"},
        ),
        (  # not as many: those of the usual kinds
            "Velmaran Foreign Secretary Elna Marsten and Energy Minister Eva Lund of Velmara met Saorenese Foreign Minister Lise Ondaro.",
            {"Elna Marsten", "Lise Ondaro"},
        ),
    ],
)
def test_delegations_of_ministers_sit_at_the_table(opening: str, names: set[str]) -> None:
    found = at_table(scene(opening, title="Velmara–Saoren Ministerial Dialogue"))
    assert {p.name for p in found.principals} == names


def test_a_forum_in_general_words_has_the_ministers_whom_the_text_names() -> None:
    title = "Joint Statement of the Velmara–Saoren Strategic Dialogue"
    assert at_table(scene(FOREIGN, title=title)).kinds == ("foreign",)
    assert at_table(scene(FOREIGN, DEFENCE, title="Velmara–Saoren 2+2")).kinds == ("foreign", "defence")

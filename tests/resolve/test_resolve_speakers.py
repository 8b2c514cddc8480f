"""Who speaks: names, titles, places, governments, sides, collectives and pronouns, one sentence a case, its answer beside it."""

from __future__ import annotations

import pytest
from resolve_scenes import scene, spoken

BOTH = ("Saoren", "Velmara")
NEWS = "The ferry ran again on Monday."
TALKS = "Velmara and Saoren held talks in the harbour."
FOUR = (
    "Velmaran Foreign Secretary Elna Marsten, Velmaran Defence Secretary Joan Ferrand, Saorenese Foreign Minister Lise Ondaro and "
    "Saorenese Defence Minister Dorun Keshiwa met in Ostrel."
)
MINISTERS = "Velmaran Foreign Secretary Elna Marsten met Saorenese Foreign Minister Lise Ondaro in Ostrel."
LEADERS = "Velmaran President Edda Lorne and Saorenese Premier Obin Resuna held a summit in the harbour."
THREE = "Foreign Ministers Ana Duarte of Velmara, Lise Ondaro of Saoren and Varan Dreskov of Drevonia held trilateral talks."
PAIR = ("Elna Marsten", "Lise Ondaro")
SAID = " said the port was open."


def said(
    source: str, *before: str, end: str = SAID, title: str = "", day: str | None = None, genre: str = "news report"
) -> tuple[object, ...]:
    """Speakers, parties and certainty of a source that speaks after some paragraphs."""
    voice = spoken(scene(*before, source + end, title=title, day=day, genre=genre))[source]
    return voice.speakers, voice.parties, voice.certainty


# Names in both orders, surnames, initials, titles on either side


@pytest.mark.parametrize(
    ("source", "opening", "speakers", "parties"),
    [
        ("Resuna Obin", NEWS, "Obin Resuna", "Saoren"),
        ("Premier Resuna Obin", NEWS, "Obin Resuna", "Saoren"),
        ("Foreign Minister Ondaro Lise", NEWS, "Lise Ondaro", "Saoren"),
        ("ONDARO Lise", NEWS, "Lise Ondaro", "Saoren"),
        ("Ondaro", MINISTERS, "Lise Ondaro", "Saoren"),
        ("Ms. Ondaro", MINISTERS, "Lise Ondaro", "Saoren"),
        ("Ms Ondaro", MINISTERS, "Lise Ondaro", "Saoren"),
        ("Minister Ondaro", MINISTERS, "Lise Ondaro", "Saoren"),
        ("Secretary Marsten", MINISTERS, "Elna Marsten", "Velmara"),
        ("Madam Marsten", MINISTERS, "Elna Marsten", "Velmara"),
        ("Elna J. Marsten", NEWS, "Elna Marsten", "Velmara"),
        ("Velmara’s foreign secretary, Elna Marsten,", NEWS, "Elna Marsten", "Velmara"),
        ("Elna Marsten, the Velmaran foreign secretary,", NEWS, "Elna Marsten", "Velmara"),
        ("Elna Marsten, foreign secretary of Velmara,", NEWS, "Elna Marsten", "Velmara"),
        ("The foreign secretary, Elna Marsten,", NEWS, "Elna Marsten", "Velmara"),
        ("Vice Foreign Minister Toma Aleri", "Saoren sent Vice Foreign Minister Toma Aleri of Saoren.", "Toma Aleri", "Saoren"),
        ("Peruvian Foreign Minister Ana Duarte", NEWS, "Ana Duarte", "Peru"),
        ("Prime Minister of Norway Kari Holm", NEWS, "Kari Holm", "Norway"),
        ("Ambassador Joss Arden of Canada", NEWS, "Joss Arden", "Canada"),
    ],
)
def test_a_person(source: str, opening: str, speakers: str, parties: str) -> None:
    words = source.rstrip(",")
    voice = spoken(scene(opening, source + SAID))
    found = next(v for k, v in voice.items() if k.rstrip(",") == words)
    assert (found.speakers, found.parties) == ((speakers,), (parties,))


def test_namesakes_who_are_both_in_the_text_are_told_apart_by_their_given_names() -> None:
    text = "Peruvian Foreign Minister Ana Duarte and Chilean Defence Minister Rui Duarte met."
    assert said("Rui Duarte", text)[:2] == (("Rui Duarte",), ("Chile",))
    assert said("Ana Duarte", text)[:2] == (("Ana Duarte",), ("Peru",))


@pytest.mark.parametrize("source", ["Duarte", "Mr. Duarte"])
def test_a_surname_of_two_people_of_the_text_is_ambiguous_and_lists_both(source: str) -> None:
    text = "Peruvian Foreign Minister Ana Duarte and Chilean Defence Minister Rui Duarte met."
    assert said(source, text) == (("Ana Duarte", "Rui Duarte"), ("Chile", "Peru"), "ambiguous")


def test_a_title_tells_namesakes_apart() -> None:
    text = "Peruvian Foreign Minister Ana Duarte and Chilean Defence Minister Rui Duarte met."
    assert said("Foreign Minister Duarte", text)[:2] == (("Ana Duarte",), ("Peru",))
    assert said("Defence Minister Duarte", text)[:2] == (("Rui Duarte",), ("Chile",))


# Titles alone


@pytest.mark.parametrize(
    ("source", "opening", "speakers"),
    [
        ("The foreign secretary", MINISTERS, ("Elna Marsten",)),
        ("The foreign minister", MINISTERS, ("Lise Ondaro",)),
        ("Her Saorenese counterpart", MINISTERS, ("Lise Ondaro",)),
        ("The Saorenese premier", LEADERS, ("Obin Resuna",)),
        ("Saoren’s premier", LEADERS, ("Obin Resuna",)),
        ("The premier of Saoren", LEADERS, ("Obin Resuna",)),
        ("The Velmaran leader", LEADERS, ("Edda Lorne",)),
        ("The minister", "Peruvian Foreign Minister Ana Duarte came late.", ("Ana Duarte",)),
        ("The ambassador", "Canadian Ambassador Joss Arden came late.", ("Joss Arden",)),
        ("The top Velmaran diplomat", MINISTERS, ("Elna Marsten",)),
        ("Velmara’s top diplomat", MINISTERS, ("Elna Marsten",)),
        ("The Velmaran defence chief", FOUR, ("Joan Ferrand",)),
        ("The Saorenese defence minister", FOUR, ("Dorun Keshiwa",)),
    ],
)
def test_a_title_alone(source: str, opening: str, speakers: tuple[str, ...]) -> None:
    found = said(source, opening)
    assert (found[0], found[2]) == (speakers, "probable")


@pytest.mark.parametrize(
    ("source", "opening", "speakers", "certainty"),
    [
        (
            "The minister",
            "Peruvian Foreign Minister Ana Duarte met Chilean Defence Minister Rui Bravo.",
            ("Ana Duarte", "Rui Bravo"),
            "ambiguous",
        ),
        ("The minister", MINISTERS, ("Lise Ondaro",), "probable"),
        ("The foreign minister", THREE, ("Ana Duarte", "Lise Ondaro", "Varan Dreskov"), "ambiguous"),
        ("The leader", LEADERS, ("Edda Lorne", "Obin Resuna"), "ambiguous"),
        ("The prime minister", NEWS, ("?The prime minister",), None),
        ("The Norwegian prime minister", NEWS, ("Norway",), "external"),
    ],
)
def test_a_title_that_fits_several_or_nobody(source: str, opening: str, speakers: tuple[str, ...], certainty: str | None) -> None:
    found = said(source, opening)
    assert (found[0], found[2]) == (speakers, certainty)


# Places of government


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("Tokyo", "Japan"),
        ("Washington", "United States"),
        ("The White House", "United States"),
        ("The Pentagon", "United States"),
        ("Foggy Bottom", "United States"),
        ("The State Department", "United States"),
        ("Whitehall", "United Kingdom"),
        ("Downing Street", "United Kingdom"),
        ("The Kremlin", "Russia"),
        ("The Quai d’Orsay", "France"),
        ("The Elysée", "France"),
        ("Zhongnanhai", "China"),
        ("The Blue House", "South Korea"),
        ("Malacañang", "Philippines"),
        ("Islamabad", "Pakistan"),
        ("Kyiv", "Ukraine"),
        ("Georgetown", "Guyana"),
        ("Kingston", "Jamaica"),
        ("San José", "Costa Rica"),
        ("Ulaanbaatar", "Mongolia"),
        ("Nuku’alofa", "Tonga"),
    ],
)
def test_a_place_of_government(source: str, state: str) -> None:
    assert said(source, NEWS) == ((state,), (state,), "probable")


@pytest.mark.parametrize(
    ("opening", "speakers", "certainty"),
    [
        (NEWS, ("Belgium", "European Union"), "ambiguous"),
        ("The European Union sent a ferry.", ("European Union",), "probable"),
        ("Belgium sent a ferry.", ("Belgium",), "probable"),
    ],
)
def test_a_city_of_two_governments_stays_ambiguous_unless_the_text_names_one(
    opening: str, speakers: tuple[str, ...], certainty: str
) -> None:
    found = said("Brussels", opening)
    assert (found[0], found[2]) == (speakers, certainty)


def test_two_places() -> None:
    assert said("Tokyo and Washington", NEWS, end=" said the port was open.")[:2] == (
        ("Japan", "United States"),
        ("Japan", "United States"),
    )
    assert said("Both Ostrel and Hanaru", NEWS)[:2] == (BOTH, BOTH)


# Governments


@pytest.mark.parametrize(
    ("source", "opening", "speakers", "parties"),
    [
        ("The Lorne administration", LEADERS, ("Lorne administration",), ("Velmara",)),
        ("The Resuna government", LEADERS, ("Resuna administration",), ("Saoren",)),
        ("The Resuna cabinet", LEADERS, ("Resuna administration",), ("Saoren",)),
        ("The administration of President Edda Lorne", LEADERS, ("Lorne administration",), ("Velmara",)),
        ("The Velmaran administration", NEWS, ("Velmara",), ("Velmara",)),
        ("The Velmaran government", NEWS, ("Velmara",), ("Velmara",)),
        ("The Government of Saoren", NEWS, ("Saoren",), ("Saoren",)),
        ("The Saorenese Foreign Ministry", NEWS, ("Saoren",), ("Saoren",)),
        ("Saoren’s cabinet", NEWS, ("Saoren",), ("Saoren",)),
        ("The Velmaran and Saorenese governments", NEWS, BOTH, BOTH),
        ("The governments of Velmara and Saoren", NEWS, BOTH, BOTH),
        ("The government", NEWS, ("?The government",), ()),
    ],
)
def test_a_government(source: str, opening: str, speakers: tuple[str, ...], parties: tuple[str, ...]) -> None:
    assert said(source, opening)[:2] == (speakers, parties)


# Sides and collectives


@pytest.mark.parametrize(
    ("source", "opening", "speakers"),
    [
        ("The Velmaran side", TALKS, ("Velmara",)),
        ("The side of Velmara", TALKS, ("Velmara",)),
        ("Both sides", TALKS, BOTH),
        ("The two sides", TALKS, BOTH),
        ("Either side", TALKS, BOTH),
        ("Both ministers", MINISTERS, ("Elna Marsten", "Lise Ondaro")),
        ("The two ministers", MINISTERS, ("Elna Marsten", "Lise Ondaro")),
        ("The pair", MINISTERS, ("Elna Marsten", "Lise Ondaro")),
        ("The two top diplomats", MINISTERS, ("Elna Marsten", "Lise Ondaro")),
        ("The two leaders", LEADERS, ("Edda Lorne", "Obin Resuna")),
        ("Both leaders", LEADERS, ("Edda Lorne", "Obin Resuna")),
        ("The two", LEADERS, ("Edda Lorne", "Obin Resuna")),
        ("The four principals", FOUR, ("Dorun Keshiwa", "Elna Marsten", "Joan Ferrand", "Lise Ondaro")),
        ("The quartet", FOUR, ("Dorun Keshiwa", "Elna Marsten", "Joan Ferrand", "Lise Ondaro")),
        ("The four of them", FOUR, ("Dorun Keshiwa", "Elna Marsten", "Joan Ferrand", "Lise Ondaro")),
        ("The trio", THREE, ("Ana Duarte", "Lise Ondaro", "Varan Dreskov")),
        ("All three ministers", THREE, ("Ana Duarte", "Lise Ondaro", "Varan Dreskov")),
        ("The foreign ministers of Velmara and Saoren", MINISTERS, ("Elna Marsten", "Lise Ondaro")),
        ("The Velmaran and Saorenese foreign ministers", MINISTERS, ("Elna Marsten", "Lise Ondaro")),
        ("The foreign ministers of Velmara, Saoren and Drevonia", NEWS, ("Drevonia", "Saoren", "Velmara")),
        ("The leaders of Velmara and Saoren", LEADERS, ("Edda Lorne", "Obin Resuna")),
        ("The three countries", THREE, ("Drevonia", "Saoren", "Velmara")),
        ("Velmara, Saoren and Drevonia", NEWS, ("Drevonia", "Saoren", "Velmara")),
    ],
)
def test_sides_and_collectives(source: str, opening: str, speakers: tuple[str, ...]) -> None:
    assert said(source, opening)[0] == speakers


# "X and I", "X and his counterpart"


@pytest.mark.parametrize(
    ("text", "source", "speakers", "parties"),
    [
        ("|Elna Marsten|: Minister Ondaro and I agreed to meet.", "Minister Ondaro and I", PAIR, BOTH),
        ("|Elna Marsten|: My colleague Lise Ondaro and I agreed to meet.", "My colleague Lise Ondaro and I", PAIR, BOTH),
        ("“Lise Ondaro and I agreed to meet,” Elna Marsten said.", "Lise Ondaro and I", PAIR, BOTH),
        ("Elna Marsten and her Saorenese counterpart said it rained.", "Elna Marsten and her Saorenese counterpart", PAIR, BOTH),
        ("Elna Marsten and the Saorenese foreign minister said it rained.", "Elna Marsten and the Saorenese foreign minister", PAIR, BOTH),
        ("Elna Marsten and Lise Ondaro said it rained.", "Elna Marsten and Lise Ondaro", PAIR, BOTH),
        ("Marsten and Ondaro said it rained.", "Marsten and Ondaro", PAIR, BOTH),
        ("Elna Marsten and Drevonia said it rained.", "Elna Marsten and Drevonia", ("Drevonia", "Elna Marsten"), ("Drevonia", "Velmara")),
    ],
)  # fmt: skip
def test_somebody_and_somebody_else(text: str, source: str, speakers: tuple[str, ...], parties: tuple[str, ...]) -> None:
    voice = spoken(scene(MINISTERS, text, genre="gist" if text.startswith("|") else "news report"))[source]
    assert (voice.speakers, voice.parties) == (speakers, parties)


# Nobody in particular


@pytest.mark.parametrize(
    "source",
    [
        "A senior official", "Diplomats", "Two diplomats", "An aide", "Analysts", "Observers", "One negotiator", "Some ministers",
        "People close to the talks", "A source in the ministry", "Critics", "Officials",
    ],
)  # fmt: skip
def test_unnamed_speakers_stay_unnamed(source: str) -> None:
    assert said(source, NEWS)[0] == (f"?{source}",)


@pytest.mark.parametrize(
    ("source", "states"),
    [
        ("A senior Velmaran official", ("Velmara",)),
        ("Saorenese diplomats", ("Saoren",)),
        ("A U.S. defence official", ("United States",)),
        ("Velmaran and Saorenese officials", BOTH),
        ("Officials in Ostrel", ("Velmara",)),
    ],
)
def test_unnamed_officials_of_a_state_stand_for_it(source: str, states: tuple[str, ...]) -> None:
    assert said(source, NEWS) == (states, states, "underspecified")


# Pronouns


@pytest.mark.parametrize(
    ("text", "source", "speakers"),
    [
        ("Elna Marsten met Obin Resuna. She said it rained.", "She", ("Elna Marsten", "Obin Resuna")),
        ("Foreign Secretary Elna Marsten spoke. She said it rained.", "She", ("Elna Marsten",)),
        ("Mr. Obin Resuna met Ms. Elna Marsten. He said it rained.", "He", ("Obin Resuna",)),
        ("Mr. Obin Resuna met Ms. Elna Marsten. She said it rained.", "She", ("Elna Marsten",)),
        ("The joint statement welcomed the truce. It urged both sides to meet.", "It", BOTH),
        ("Elna Marsten and Lise Ondaro met. They said it rained.", "They", ("Elna Marsten", "Lise Ondaro")),
        ("The two ministers said it rained. They added that the port was open.", "They", ("Elna Marsten", "Lise Ondaro")),
        ("Velmara protested. It said the port was open.", "It", ("Velmara",)),
    ],
)
def test_pronouns(text: str, source: str, speakers: tuple[str, ...]) -> None:
    opening = MINISTERS if "two ministers" in text else TALKS
    assert spoken(scene(opening, text))[source].speakers == speakers


# Texts


@pytest.mark.parametrize(
    ("source", "opening", "speakers"),
    [
        ("The joint statement", MINISTERS, ("Elna Marsten", "Lise Ondaro")),
        ("The communiqué", TALKS, BOTH),
        ("The statement", LEADERS, ("Edda Lorne", "Obin Resuna")),
        ("A joint statement by the two countries", TALKS, BOTH),
        ("The Velmaran statement", TALKS, ("Velmara",)),
        ("A statement from the Saorenese foreign ministry", TALKS, ("Saoren",)),
        ("The report", NEWS, ("?The report",)),
    ],
)
def test_texts(source: str, opening: str, speakers: tuple[str, ...]) -> None:
    assert said(source, opening)[0] == speakers

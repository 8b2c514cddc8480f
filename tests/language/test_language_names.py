from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reaffirm import packs
from reaffirm.language.names import Gazetteer, family, key, mentions, recognise
from reaffirm.model import Block, Document, Mention, PackEntry

PACKS = packs.load(Path(__file__).parents[2] / "examples/pack")


def read(text: str) -> tuple[Mention, ...]:
    return mentions(Document("D-t", "", text, "", "test", blocks=(Block("paragraph", 0, len(text), ((0, len(text)),)),)), PACKS)


Person = tuple[str, str, str | None, str | None]


def people(text: str) -> list[Person]:
    return [(m.surface.exact, m.name, m.state, m.office) for m in read(text) if m.kind == "person"]


def places(text: str) -> list[tuple[str, str, str]]:
    return [(m.surface.exact, m.kind, m.name) for m in read(text) if m.kind != "person"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a title before the name, with and without the state
        ("Foreign Secretary Elna Marsten came.", [("Foreign Secretary Elna Marsten", "Elna Marsten", "Velmara", "foreign")]),
        ("Velmaran Foreign Secretary Elna Marsten", [("Velmaran Foreign Secretary Elna Marsten", "Elna Marsten", "Velmara", "foreign")]),
        ("Velmara’s Prime Minister Odo Brask", [("Velmara’s Prime Minister Odo Brask", "Odo Brask", "Velmara", "head_of_government")]),
        ("prime minister Odo Brask came", [("prime minister Odo Brask", "Odo Brask", None, "head_of_government")]),
        ("Attorney General Ana Quill came", [("Attorney General Ana Quill", "Ana Quill", None, "deputy")]),
        ("Major General Harlan Voss came", [("Major General Harlan Voss", "Harlan Voss", None, "military")]),
        ("Secretary-General Pela Onwar", [("Secretary-General Pela Onwar", "Pela Onwar", "Southern Straits Community", "organisation")]),
        ("Mr. Brask and Ms. Ana Quill", [("Mr. Brask", "Brask", None, "honorific"), ("Ms. Ana Quill", "Ana Quill", None, "honorific")]),
        # a title behind the name
        ("Elna Marsten, foreign secretary of Velmara, came.", [("Elna Marsten", "Elna Marsten", "Velmara", "foreign")]),
        ("Elna Marsten, the Velmaran foreign secretary, came.", [("Elna Marsten", "Elna Marsten", "Velmara", "foreign")]),
        ("Odo Brask, Drevonia’s foreign minister, came.", [("Odo Brask", "Odo Brask", "Drevonia", "foreign")]),
        ("Åse Ørsted, the Drevonian prime minister", [("Åse Ørsted", "Åse Ørsted", "Drevonia", "head_of_government")]),
        # title, "of", state, comma, name
        ("Foreign Minister of Saoren, Lise Ondaro", [("Foreign Minister of Saoren, Lise Ondaro", "Lise Ondaro", "Saoren", "foreign")]),
        ("Foreign Minister of Drevonia, Odo Brask", [("Foreign Minister of Drevonia, Odo Brask", "Odo Brask", "Drevonia", "foreign")]),
        ("President of the Republic of Velmara, Ms Ana Quill, came", [
            ("President of the Republic of Velmara, Ms Ana Quill", "Ana Quill", "Velmara", "head_of_state")]),
        ("Foreign Minister of Drevonia, His Excellency Dr Odo Brask", [
            ("Foreign Minister of Drevonia, His Excellency Dr Odo Brask", "Odo Brask", "Drevonia", "foreign")]),
        # letters behind a name, courtesies before it
        ("Foreign Minister, the Hon Ana Quill MP, came", [("Foreign Minister, the Hon Ana Quill", "Ana Quill", None, "foreign")]),
        ("Foreign Minister the Rt Hon Odo Brask KC’s speech", [("Foreign Minister the Rt Hon Odo Brask", "Odo Brask", None, "foreign")]),
        # a family name of several words, alone
        ("Prime Minister Odo Delos Bras of Drevonia. Prime Minister Delos Bras left.", [
            ("Prime Minister Odo Delos Bras", "Odo Delos Bras", "Drevonia", "head_of_government"),
            ("Prime Minister Delos Bras", "Odo Delos Bras", "Drevonia", "head_of_government")]),
        # a courtesy before the name, the office behind it; a rank between office and name; states in brackets
        ("H.E. Ana Duarte, Minister of Foreign Affairs of Drevonia, came.", [
            ("H.E. Ana Duarte", "Ana Duarte", "Drevonia", "foreign")]),
        ("the Foreign Minister of Drevonia, Ambassador Ana Duarte, came", [
            ("Foreign Minister of Drevonia, Ambassador Ana Duarte", "Ana Duarte", "Drevonia", "foreign")]),
        ("Foreign Ministers Ana Duarte (Drevonia) and Rui Castell (Maridel) met.", [
            ("Ana Duarte", "Ana Duarte", "Drevonia", "foreign"), ("Rui Castell", "Rui Castell", "Maridel", "foreign")]),
        # former, acting, then
        ("Former Velmaran Prime Minister Ruth Calvane", [
            ("Former Velmaran Prime Minister Ruth Calvane", "Ruth Calvane", None, None)]),
        ("then-Prime Minister Ruth Calvane", [("then-Prime Minister Ruth Calvane", "Ruth Calvane", None, None)]),
        ("Acting Foreign Minister Obin Resuna", [("Acting Foreign Minister Obin Resuna", "Obin Resuna", "Saoren", "foreign")]),
        # a surname that title and office make single
        ("Premier Resuna came.", [("Premier Resuna", "Obin Resuna", "Saoren", "head_of_government")]),
        ("SECRETARY MARSTEN: We agree.", [("SECRETARY MARSTEN", "MARSTEN", None, "deputy")]),
        ("President Marsten came.", [("President Marsten", "Marsten", None, "head_of_state")]),
        # initials, suffixes, particles, hyphens
        ("Prime Minister Ruth A. Calvane", [("Prime Minister Ruth A. Calvane", "Ruth Calvane", "Velmara", "head_of_government")]),
        ("Foreign Minister Odo Brask III came", [("Foreign Minister Odo Brask III", "Odo Brask III", None, "foreign")]),
        ("Foreign Minister R. Odo Brask came", [("Foreign Minister R. Odo Brask", "R. Odo Brask", None, "foreign")]),
        ("Foreign Minister Maria de la Cruz came", [("Foreign Minister Maria de la Cruz", "Maria de la Cruz", None, "foreign")]),
        ("Foreign Minister Ilse O’Dare-Vance came", [("Foreign Minister Ilse O’Dare-Vance", "Ilse O’Dare-Vance", None, "foreign")]),
        ("Crown Prince Faris bin Nael came", [("Crown Prince Faris bin Nael", "Faris bin Nael", None, "deputy")]),
        ("Prime Minister Óscar Ålund came", [("Prime Minister Óscar Ålund", "Óscar Ålund", None, "head_of_government")]),
        ("Minister for Foreign Affairs Senator Ana Duarte", [
            ("Minister for Foreign Affairs Senator Ana Duarte", "Ana Duarte", None, "foreign"),
        ]),
        # family name first, capitals
        ("Talumi Ashen came.", [("Talumi Ashen", "Ashen Talumi", "Saoren", None)]),
        ("Foreign Minister Ondaro Lise", [("Foreign Minister Ondaro Lise", "Lise Ondaro", "Saoren", "foreign")]),
        ("Foreign Minister TALUMI Ashen", [("Foreign Minister TALUMI Ashen", "Ashen Talumi", "Saoren", "foreign")]),
        # without a title: only persons of the pack, in full
        ("Edda Lorne came.", [("Edda Lorne", "Edda Lorne", "Velmara", None)]),
        ("Odo Brask came, and Marsten with him.", []),
    ],
)  # fmt: skip
def test_persons_and_their_titles(text: str, expected: list[Person]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foreign Secretary Elna Marsten left. Marsten said little.", ["Marsten"]),
        ("Marsten said little. Foreign Secretary Elna Marsten left.", ["Marsten"]),
        ("Foreign Minister Odo Brask III left. Brask’s car broke down; Brask walked.", ["Brask", "Brask"]),
        ("Talumi Ashen left. Talumi said little.", ["Talumi"]),
        ("Foreign Minister Odo Brask left Braskville.", []),
        ("Foreign Minister Odo Brask left. He saw a brask.", []),
    ],
)
def test_a_surname_leads_to_the_full_name(text: str, expected: list[str]) -> None:
    assert [m.surface.exact for m in read(text) if m.kind == "person" and " " not in m.surface.exact] == expected
    assert len({m.name for m in read(text) if m.kind == "person"}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The major powers met the general staff.", "The Lord Mayor’s Show", "the father of the nation",
        "The Prime Minister of Velmara came.", "The foreign minister said no.", "Foreign Minister Maridel", "the Speaker and the Chair",
        "A captain of industry", "Secretary of State for Health", "In general Velmara agrees.", "Mr. President, thank you.",
        "Prime Minister The", "Foreign Ministers of the region met.",
    ],
)  # fmt: skip
def test_no_person_is_read(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Velmara agreed.", [("Velmara", "state", "Velmara")]),
        ("the Republic of Velmara", [("Republic of Velmara", "state", "Velmara")]),
        ("Drevonian ships left.", [("Drevonian", "state", "Drevonia")]),
        ("Ostrel objected to Zelmach.", [("Ostrel", "state", "Velmara"), ("Zelmach", "state", "Drevonia")]),
        ("Ilenese boats off the Ilen Islands", [("Ilenese", "state", "Ilen Islands"), ("Ilen Islands", "state", "Ilen Islands")]),
        ("the Velmaran Navy", [("Velmaran Navy", "organisation", "Velmaran Navy")]),
        ("the Southern Straits Community (SSC)", [("Southern Straits Community (SSC)", "organisation", "Southern Straits Community")]),
        ("SSC members", [("SSC", "organisation", "Southern Straits Community")]),
        ("the Hanaru Herald", [("Hanaru Herald", "organisation", "The Hanaru Herald")]),
        ("Velmara-Saoren ties", [("Velmara", "state", "Velmara"), ("Saoren", "state", "Saoren")]),
        ("Velmara’s ports", [("Velmara", "state", "Velmara")]),
        ("Republic of\nVelmara", [("Republic of\nVelmara", "state", "Velmara")]),
        ("Port\u00a0Amary", [("Port\u00a0Amary", "state", "Maridel")]),
        ("velmara", []),
        ("Velmaraland, NewVelmara, Ostrelian", []),
    ],
)
def test_states_and_organisations(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(("text", "title"), [("Velmara", "name"), ("Velmaran", "demonym"), ("Ostrel", "metonym")])
def test_the_kind_of_a_states_name_and_its_entry(text: str, title: str) -> None:
    (mention,) = read(text)
    assert (mention.title, mention.entry) == (title, PackEntry("states", "Velmara"))


def test_the_state_within_a_persons_title_is_a_mention_too() -> None:
    assert [(m.surface.exact, m.kind) for m in read("Velmaran Foreign Secretary Elna Marsten")] == [
        ("Velmaran Foreign Secretary Elna Marsten", "person"), ("Velmaran", "state"),
    ]  # fmt: skip


def test_furniture_holds_no_mention() -> None:
    text = "Velmara\n\nSaoren"
    document = Document("D-t", "", text, "", "test", blocks=(Block("furniture", 0, 7, ((0, 7),)), Block("title", 9, 15, ((9, 15),))))
    assert [m.name for m in mentions(document, PACKS)] == ["Saoren"]


def test_a_name_never_runs_over_two_blocks() -> None:
    text = "Foreign Minister\n\nOdo Brask"
    document = Document("D-t", "", text, "", "test", blocks=(Block("title", 0, 16, ((0, 16),)), Block("paragraph", 18, 27, ((18, 27),))))
    assert mentions(document, PACKS) == ()


@pytest.mark.parametrize("mark", ["’", "'"])
def test_a_possessive_stands_outside_a_titled_name(mark: str) -> None:
    assert people(f"Prime Minister Ruth Calvane{mark}s plan") == [
        ("Prime Minister Ruth Calvane", "Ruth Calvane", "Velmara", "head_of_government")
    ]


@pytest.mark.parametrize("blank", ["\n", "\r\n", "\u00a0"])
def test_a_wrapped_name_behind_a_title(blank: str) -> None:
    assert [p[1:] for p in people(f"Prime Minister Tobias{blank}Renning and Foreign{blank}Minister Odo{blank}Brask left")] == [
        ("Tobias Renning", "Velmara", "head_of_government"), ("Odo Brask", None, "foreign"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The General Assembly met.",
        "The General Staff met.",
        "The General Secretariat met.",
        "The Leaders’ Summit and a Leader Statement followed.",
    ],
)
def test_no_person_is_read_from_the_name_of_a_body_or_text(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    "text", ["Foreign Minister of Drevonia Odo Brask left.", "Minister of Foreign Affairs of Drevonia Odo Brask left."]
)
def test_a_title_with_its_state_directly_before_a_name(text: str) -> None:
    assert [p[1:] for p in people(text)] == [("Odo Brask", "Drevonia", "foreign")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foreign Minister Odo Brask Jr. came", "Foreign Minister Odo Brask Jr."),
        ("Odo Brask, Jr., the foreign minister, came", "Odo Brask, Jr."),
    ],
)
def test_a_suffix_with_a_full_stop(text: str, expected: str) -> None:
    assert [p[0] for p in people(text)] == [expected]


def test_a_name_in_apposition_to_its_title() -> None:
    assert [p[1] for p in people("The foreign minister, Odo Brask, came.")] == ["Odo Brask"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ruth Calvane", "Calvane"),
        ("Odo Brask III", "Brask"),
        ("Odo Brask, Jr.", "Brask"),
        ("Brask", "Brask"),
        ("Maria de la Cruz", "Cruz"),
    ],
)
def test_the_family_name(name: str, expected: str) -> None:
    assert family(name) == expected


@pytest.mark.parametrize("other", ["Calvane Ruth", "RUTH CALVANE", "Ruth A. Calvane", "Ruth Calvane Jr.", "Ruth\u00a0Calvane"])
def test_the_key_of_a_name_knows_no_order_initials_suffixes_or_case(other: str) -> None:
    assert key(other) == key("Ruth Calvane")


@pytest.mark.parametrize(
    ("name", "state", "kind", "expected"),
    [
        ("Ruth Calvane", None, None, "Ruth Calvane"),
        ("Resuna Obin", None, None, "Obin Resuna"),
        ("Obin Karel Resuna", None, None, "Obin Resuna"),
        ("Resuna", None, "head_of_government", "Obin Resuna"),
        ("Resuna", "Saoren", "foreign", "Obin Resuna"),
        ("Resuna", "Velmara", "head_of_government", None),
        ("Resuna", None, "defence", None),
        ("Resuna", None, "honorific", None),  # too general without the day: any namesake would do
        ("Odo Brask", None, None, None),
        ("Odo Calvane", None, None, None),
    ],
)
def test_a_person_of_the_pack_is_recognised(name: str, state: str | None, kind: str | None, expected: str | None) -> None:
    found = recognise(name, PACKS, state, kind)
    assert (found.name if found else None) == expected


@pytest.mark.parametrize(
    ("forms", "text", "expected"),
    [
        (["Ilen", "Ilen Islands"], "Ilen Islands Ilen", [(0, 12), (13, 17)]),
        (["U.S."], "the U.S. and the U.S.A", [(4, 8), (17, 21)]),
        (["St. Alba’s"], "St. Alba's", [(0, 10)]),
        (["A-B"], "A–B", [(0, 3)]),
        ([], "nothing", []),
        (["..."], "...", []),
    ],
)
def test_the_gazetteer_finds_the_longest_form(forms: list[str], text: str, expected: list[tuple[int, int]]) -> None:
    assert [(a, b) for a, b, _ in Gazetteer((form, form) for form in forms).find(text)] == expected


parts = st.lists(
    st.sampled_from([
        "Foreign Minister", "Prime\nMinister", "Ruth Calvane", "Talumi", "Ashen", "’s", ",", ".", " of ", "Velmara", "Velmaran",
        "the", " ", "\n", "𝒳", "General", "Jr.", "former", "İ", "SSC", "(", ")",
    ])
)  # fmt: skip


@given(st.one_of(parts.map(" ".join), parts.map("".join), st.text()))
def test_mentions_of_any_text_read_as_they_stand_in_order(text: str) -> None:
    found = read(text)
    assert all(text[m.surface.start : m.surface.end] == m.surface.exact and m.surface.exact for m in found)
    assert [m.surface.start for m in found] == sorted(m.surface.start for m in found)
    surfaces = [(m.surface.start, m.surface.end) for m in found if m.kind == "person"]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(surfaces))


def test_a_former_holder_speaks_for_no_state_and_in_no_office() -> None:
    assert people("Former Velmaran Prime Minister Ruth Calvane spoke.")[0][2:] == (None, None)


# Persons named again


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        # a titled surname is the person whom the text names in full
        ("Foreign Minister Ana Quill came. Minister Quill spoke.", "Minister Quill", "Ana Quill"),
        ("Foreign Minister Ana Quill came. Ms. Quill spoke.", "Ms. Quill", "Ana Quill"),
        (
            "Foreign Minister Ana Quill and Defence Minister Rui Quill came. Defence Minister Quill spoke.",
            "Defence Minister Quill",
            "Rui Quill",
        ),
        # unless two may be meant
        ("Foreign Minister Ana Quill and Defence Minister Rui Quill came. Mr. Quill spoke.", "Mr. Quill", "Quill"),
        ("Foreign Minister Ana Quill and Defence Minister Rui Quill came. Later Quill spoke.", "Quill", "Quill"),
        # a full name again is itself
        ("Foreign Minister Ana Quill and Defence Minister Rui Quill came. Then Rui Quill spoke.", "Rui Quill", "Rui Quill"),
        # initials and capitals
        ("Elna J. Marsten spoke.", "Elna J. Marsten", "Elna Marsten"),
        ("MARSTEN Elna spoke.", "MARSTEN Elna", "Elna Marsten"),
        ("Elna MARSTEN spoke.", "Elna MARSTEN", "Elna Marsten"),
    ],
)
def test_a_person_named_again(text: str, surface: str, name: str) -> None:
    assert (surface, name) in [(m.surface.exact, m.name) for m in read(text)]


def test_a_surname_behind_another_given_name_is_another_person() -> None:
    assert [m.name for m in read("Foreign Minister Ana Quill came, and so did Rui Quill.") if m.kind == "person"] == ["Ana Quill"]


# Titles in the plural, and states behind names


def test_a_title_in_the_plural_goes_with_each_name_of_its_list() -> None:
    text = "Foreign Ministers Ana Quill of Velmara, Lise Ondaro of Saoren and Varan Dreskov of Drevonia met."
    assert people(text) == [
        ("Ana Quill", "Ana Quill", "Velmara", "foreign"),
        ("Lise Ondaro", "Lise Ondaro", "Saoren", "foreign"),
        ("Varan Dreskov", "Varan Dreskov", "Drevonia", "foreign"),
    ]


@pytest.mark.parametrize(
    "text", ["Foreign Ministers Welcome Progress", "The Ministers Ana Quill knows", "Foreign Ministers Ana Quill of Velmara met."]
)
def test_a_title_in_the_plural_without_a_list_makes_no_person(text: str) -> None:
    assert people(text) == []


def test_the_state_behind_a_name_is_that_of_its_title() -> None:
    assert people("Prime Minister Kari Holm of Drevonia came.") == [
        ("Prime Minister Kari Holm", "Kari Holm", "Drevonia", "head_of_government")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VELMARA–SAOREN SUMMIT", [("VELMARA", "state", "Velmara"), ("SAOREN", "state", "Saoren")]),
        ("VELMARAN MINISTER", [("VELMARAN", "state", "Velmara")]),
        ("The VELMARA summit", []),  # capitals count where all is in capitals
    ],
)
def test_states_in_headings_of_capitals(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert places(text) == expected

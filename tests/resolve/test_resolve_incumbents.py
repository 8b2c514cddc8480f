from __future__ import annotations

import pytest

from reaffirm.errors import UsageError
from reaffirm.packs import Organisation, Packs, State, Term, Title
from reaffirm.resolve.incumbents import holders_of, offices_of

FOREIGN, PREMIER, KING = "Minister of Outer Affairs", "Premier of Velmara", "King of Velmara"


def term(
    person: str, start: str, end: str, *, office: str = FOREIGN, kind: str = "foreign", state: str = "Velmara",
    acting: bool = False, source: str = "gazette", aliases: tuple[str, ...] = (),
) -> Term:  # fmt: skip
    return Term(state, office, kind, person, aliases, start, end, acting, source)


PACKS = Packs(
    states=(
        State("Velmara", "state", ("V.M.", "Kingdom of Velmara"), ("Velmaran",), ("Port Aven",)),
        State("North Orra", "state", ("Orra",), ("Orran",), ()),
        State("South Orra", "state", ("Orra",), ("Orran",), ()),
        State("Zubrovia", "state", (), (), ()),
    ),
    organisations=(Organisation("Straits League", ("S.L.",), "", "organisation"),),
    titles=(
        Title("foreign-minister", "foreign", ("foreign minister", "diplomacy chief"), ("foreign",)),
        Title("premier", "head_of_government", ("premier",), ("premier",)),
        Title("king", "head_of_state", ("king",), ("king",)),
        Title("secretary-general", "organisation", ("secretary-general",), ("secretary-general",)),
        Title("doctor", "honorific", ("doctor",)),
    ),
    offices=(
        term("Ana Duarte", "2030-01-10", "2031-04-12", aliases=("Anna Duarte",)),
        term("Rui Lind", "2031-02", "2031-03", acting=True, source="unverified"),
        term("Emil von der Aue", "2031-04-12", ""),
        term("Pak Il-nam", "2029", "2033-01-01", office=PREMIER, kind="head_of_government"),
        term("Osmund", "2001-05-05", "", office=KING, kind="head_of_state"),
        term("Ana Duarte", "2032-01", "2035", office="Secretary-General of the League", kind="organisation", state="Straits League"),
        term("Ana Duarte", "2026", "2028", office="Minister of Salt", kind="trade", source="unverified"),
    ),
    fingerprint="invented",
)


def names(office: str, state: str = "Velmara", day: str | None = None) -> list[str]:
    return [row.person for row in holders_of(PACKS, office, state, day)]


# Who held it


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2030-05-01", ["Ana Duarte"]),
        ("2031-02-20", ["Ana Duarte", "Rui Lind"]),  # a sourced row stands before an unverified one
        ("2031-04-12", ["Ana Duarte", "Emil von der Aue"]),  # the day of change
        ("2031", ["Ana Duarte", "Emil von der Aue", "Rui Lind"]),
        ("2044-01-01", ["Emil von der Aue"]),
        ("2029-12-31", []),
        (None, ["Ana Duarte", "Emil von der Aue", "Rui Lind"]),
    ],
)
def test_all_rows_that_hold_on_the_day_sourced_first(day: str | None, expected: list[str]) -> None:
    assert names("foreign minister", day=day) == expected


def test_acting_and_unverified_rows_say_so() -> None:
    found = holders_of(PACKS, "foreign", "Velmara", "2031-02-20")
    assert [(r.person, r.acting, r.sourced, r.source) for r in found] == [
        ("Ana Duarte", False, True, "gazette"),
        ("Rui Lind", True, False, "unverified"),
    ]


@pytest.mark.parametrize("state", ["Velmara", "velmara", "the Kingdom of Velmara", "Velmaran", "Port Aven", "VM", "V.M."])
def test_a_state_goes_by_all_its_names(state: str) -> None:
    assert names("premier", state, "2031") == ["Pak Il-nam"]


@pytest.mark.parametrize("office", ["foreign", "foreign minister", "Diplomacy Chief", "minister of outer affairs", "outer affairs"])
def test_an_office_goes_by_kind_title_name_or_its_words(office: str) -> None:
    assert names(office, day="2030-05-01") == ["Ana Duarte"]


def test_heads_are_those_of_state_and_of_government() -> None:
    assert names("head", day="2031") == ["Osmund", "Pak Il-nam"]
    assert names("head_of_state", day="2031") == names("king", day="2031") == ["Osmund"]


def test_an_organisation_has_offices_too() -> None:
    assert names("secretary-general", "SL", "2033-03") == ["Ana Duarte"]


@pytest.mark.parametrize(
    ("office", "state", "day", "says"),
    [
        ("foreign minister", "Velmaria", None, "is it Velmara?"),
        ("foreign minister", "Qqq", None, "write its English name"),
        ("foreign minister", "Orra", None, "North Orra or South Orra; name one"),
        ("foreign minister", "Zubrovia", None, "has no offices of Zubrovia; it has Straits League, Velmara"),
        ("doctor", "Velmara", None, f"it has {FOREIGN}; {PREMIER}; {KING}; Minister of Salt"),
        ("foreign minister", "Velmara", "2031-13", "write 2031, 2031-04 or 2031-04-12"),
        ("foreign minister", "Velmara", "yesterday", "is no day"),
    ],
)
def test_what_is_not_known_is_a_usage_error_with_what_is(office: str, state: str, day: str | None, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        holders_of(PACKS, office, state, day)
    assert says in str(caught.value)


# What they held


@pytest.mark.parametrize(
    "name", ["Ana Duarte", "Duarte Ana", "ANA DUARTE", "Ana J. Duarte", "Anna Duarte", "Duarte", "Ana Maria Duarte"]
)
def test_a_person_goes_by_either_order_initials_aliases_and_surname(name: str) -> None:
    assert [(r.office, r.start) for r in offices_of(PACKS, name)] == [
        (FOREIGN, "2030-01-10"),
        ("Secretary-General of the League", "2032-01"),
        ("Minister of Salt", "2026"),
    ]


@pytest.mark.parametrize(
    ("name", "person"),
    [("Aue", "Emil von der Aue"), ("von der Aue, Emil", "Emil von der Aue"), ("Il Nam Pak", "Pak Il-nam"), ("Il-Nam Pak", "Pak Il-nam")],
)
def test_particles_and_hyphens_may_be_missing(name: str, person: str) -> None:
    assert {r.person for r in offices_of(PACKS, name)} == {person}


def test_the_offices_on_a_day() -> None:
    assert [r.office for r in offices_of(PACKS, "Ana Duarte", "2030-06")] == [FOREIGN]
    assert offices_of(PACKS, "Ana Duarte", "2029-06") == ()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Ana Duarto", "is it Ana Duarte?"),
        ("Xyz Qwv", "docs/packs.md"),
        ("Foreign Minister", "name its state as well"),
        ("", "nobody called"),
    ],
)
def test_a_person_who_is_not_there_is_a_usage_error(name: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        offices_of(PACKS, name)
    assert says in str(caught.value)

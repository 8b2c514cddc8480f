from __future__ import annotations

from dataclasses import replace

import pytest
from resolve_scenes import PACKS, scene

from reaffirm.language.names import mentions
from reaffirm.model import OfficeHeld, PackEntry
from reaffirm.packs import Packs, Term
from reaffirm.resolve.offices import holders, office, state_of


def term(person: str, start: str, end: str, source: str = "invented", kind: str = "foreign", title: str = "Minister of Salt") -> Term:
    return Term("Velmara", title, kind, person, (), start, end, acting=False, source=source)


def held(name: str, text: str, day: str | None, packs: Packs = PACKS) -> tuple[str, str] | None:
    found = office(name, mentions(scene(text), packs), packs, day)
    return (found.office, found.basis) if found else None


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        # the day tells, a title in the text proves
        ("Obin Resuna spoke.", "2031-05-01", ("Premier (Saoren)", "inferred")),
        ("Premier Obin Resuna spoke.", "2031-05-01", ("Premier (Saoren)", "stated")),
        ("Saorenese Premier Resuna spoke.", "2033-05", ("Premier (Saoren)", "stated")),
        # two offices on one day: the title says which, without it none is given
        ("Obin Resuna spoke.", "2032-10-05", None),
        ("Foreign Minister Obin Resuna spoke.", "2032-10-05", ("Minister of Foreign Affairs (Saoren)", "stated")),
        ("Premier Obin Resuna spoke.", "2032-10-05", ("Premier (Saoren)", "stated")),
        # a title without a day: when only one office fits
        ("Premier Obin Resuna spoke.", None, ("Premier (Saoren)", "stated")),
        # neither title nor day: nothing is guessed
        ("Obin Resuna spoke.", None, None),
        ("Mr. Resuna spoke.", None, None),
        # before and after the term
        ("Obin Resuna spoke.", "2025-01-01", None),
    ],
)
def test_the_office_on_the_day(text: str, day: str | None, expected: tuple[str, str] | None) -> None:
    assert held("Obin Resuna", text, day) == expected


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Ruth Calvane", "2033-09-07", "Prime Minister (Velmara)"),
        ("Tobias Renning", "2033-09-07", None),
        ("Ruth Calvane", "2033-09-09", None),
        ("Tobias Renning", "2033-09-09", "Prime Minister (Velmara)"),
    ],
)
def test_a_change_of_office_between_two_days(name: str, day: str, expected: str | None) -> None:
    found = held(name, f"{name} spoke.", day)
    assert (found[0] if found else None) == expected


def test_the_office_of_a_person_whom_no_pack_knows_is_the_title_as_printed() -> None:
    assert held("Odo Brask", "Odo Brask, Drevonia’s foreign minister, spoke.", "2033-01-01") == ("foreign minister (Drevonia)", "stated")
    assert held("Odo Brask", "Foreign Minister Odo Brask spoke.", None) == ("Foreign Minister", "stated")
    assert held("Odo Brask", "Odo Brask spoke.", "2033-01-01") is None


def test_the_evidence_of_an_office_is_the_title_and_the_term() -> None:
    found = office("Obin Resuna", mentions(scene("Premier Obin Resuna spoke."), PACKS), PACKS, "2031-05-01")
    assert found is not None
    assert [type(e).__name__ for e in found.evidence] == ["Span", "PackEntry"]


def test_an_unverified_row_never_beats_a_sourced_one() -> None:
    sourced = term("Odo Brask", "2030-01-01", "2031-01-01")
    loose = term("Odo Brask", "2030-01-01", "2031-01-01", source="unverified", title="Minister of Sand")
    for offices in ((sourced, loose), (loose, sourced)):
        packs = replace(PACKS, offices=offices, fingerprint=str(len(offices[0].office)) + offices[0].source)
        assert held("Odo Brask", "Odo Brask spoke.", "2030-06-01", packs) == ("Minister of Salt (Velmara)", "inferred")
        assert [t.source for t in holders(packs, "Velmara", "foreign", "2030-06-01")] == ["invented"]
    alone = replace(PACKS, offices=(loose,), fingerprint="alone")
    assert [t.source for t in holders(alone, "Velmara", "foreign", "2030-06-01")] == ["unverified"]


@pytest.mark.parametrize(
    ("start", "end", "day", "expected"),
    [
        ("2030-01-10", "2031-01-10", "2030-06-01", True),
        ("2030-01-10", "2031-01-10", "2030-01-10", True),
        ("2030-01-10", "2031-01-10", "2031-01-10", True),
        ("2030-01-10", "2031-01-10", "2030-01-09", False),
        ("2030-01-10", "2031-01-10", "2031-01-11", False),
        ("2030-01-10", "", "2099-01-01", True),
        ("2030", "2031", "2031-12-31", True),
        ("2030", "2031", "2032-01-01", False),
        ("2030-01-10", "2031-01-10", "2030-01", True),
        ("2030-01-10", "2031-01-10", "2031", True),
        ("2030-01-10", "2031-01-10", "2032", False),
        ("2030-01-10", "2031-01-10", "2030-12-01/2031-01-05", True),
        ("2030-01-10", "2031-01-10", "2030-12-01/2031-02-05", False),
    ],
)
def test_the_days_that_a_term_covers(start: str, end: str, day: str, expected: bool) -> None:  # noqa: FBT001
    assert term("Odo Brask", start, end).covers(day) is expected


@pytest.mark.parametrize(
    ("state", "kind", "day", "expected"),
    [
        ("Saoren", "foreign", "2032-10-01", ["Ashen Talumi"]),
        ("Saoren", "foreign", "2032-10-05", ["Obin Resuna"]),
        ("Saoren", "foreign", "2032-10-08", ["Lise Ondaro"]),
        ("Saoren", "foreign", "2020-01-01", []),
        ("Maridel", "foreign", "2032-10-08", []),
    ],
)
def test_who_holds_an_office_on_a_day(state: str, kind: str, day: str, expected: list[str]) -> None:
    assert [t.person for t in holders(PACKS, state, kind, day)] == expected


@pytest.mark.parametrize("text", ["Drevonian Foreign Minister Odo Brask spoke.", "Drevonia’s Foreign Minister Odo Brask spoke."])
def test_the_printed_title_stands_without_its_state(text: str) -> None:
    assert held("Odo Brask", text, None) == ("Foreign Minister (Drevonia)", "stated")


def test_no_office_of_the_pack_has_a_note_in_brackets() -> None:
    assert [t.office for t in PACKS.offices if "(" in t.office] == []


@pytest.mark.parametrize(
    ("entry", "state"),
    [(PackEntry("offices", "Saoren / Premier / Obin Resuna / 2030-11-20"), "Saoren"), (PackEntry("titles", "premier"), None)],
)
def test_the_state_of_an_office_is_that_of_its_entry(entry: PackEntry, state: str | None) -> None:
    assert state_of(OfficeHeld("Obin Resuna", "Premier (of salt)", "stated", (entry,))) == state


def test_long_after_the_last_change_that_the_pack_knows_of_nobody_is_known_to_hold_an_office() -> None:
    last = max(t.start for t in PACKS.offices)[:4]
    assert holders(PACKS, "Velmara", "head_of_state", f"{last}-12-31")
    assert holders(PACKS, "Velmara", "head_of_state", f"{int(last) + 2}-01-01") == []

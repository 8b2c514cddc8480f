from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from reaffirm.errors import UsageError
from reaffirm.register import ask
from reaffirm.show.offices import incumbents

INVENTED = (Path(__file__).parents[1] / "examples/pack",)


def printed(who: str, state: str | None = None, day: str | None = None) -> str:
    out = io.StringIO()
    incumbents(Console(file=out, width=200, soft_wrap=True), ask(who, state, day, folders=INVENTED))
    return out.getvalue()


@pytest.mark.parametrize(
    ("words", "offices"),
    [
        (("premier", "Saoren", "2031-05-01"), ["Premier"]),
        (("Obin Resuna", "2031-05-01", None), ["Premier"]),  # a second word like a day is one
        (("Obin Resuna", None, "2031-05-01"), ["Premier"]),
        (("Resuna Obin", "2032-10-05", None), ["Premier", "Minister of Foreign Affairs"]),
    ],
)
def test_words_are_an_office_of_a_state_or_a_person(words: tuple[str, str | None, str | None], offices: list[str]) -> None:
    found = ask(*words, folders=INVENTED)
    assert {r.person for r in found} == {"Obin Resuna"}
    assert [r.office for r in found] == offices


def test_what_is_printed_names_person_office_term_and_source() -> None:
    text = printed("premier", "Saoren", "2031-05-01")
    assert text.startswith("Obin Resuna, Premier (Saoren)  ")
    assert "invented" in text.splitlines()[1]


def test_nobody_is_an_answer_that_says_where_the_gaps_are() -> None:
    assert "offices-gaps.md" in printed("premier", "Saoren", "1901")


def test_an_office_without_its_state_is_asked_for() -> None:
    with pytest.raises(UsageError, match="name its state"):
        ask("foreign minister")


def test_unverified_and_acting_rows_are_marked(tmp_path: Path) -> None:
    (tmp_path / "offices").mkdir()
    head = "state,office,kind,person,aliases,start,end,acting,source,note\n"
    (tmp_path / "offices/offices.csv").write_text(head + "Saoren,Premier,head_of_government,Ilo Tamm,,2041-01,,true,unverified,\n")
    out = io.StringIO()
    incumbents(Console(file=out, width=200), ask("Ilo Tamm", folders=(*INVENTED, tmp_path)))
    assert "2041-01 to now  [acting, unverified]" in out.getvalue()
    assert "general knowledge, no source" in out.getvalue()

"""A sheet goes out, is corrected, and comes back: each correction becomes a Judgement, and nothing else does."""

from __future__ import annotations

import csv
import io
import random
import shutil
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from reaffirm import judging
from reaffirm.errors import UsageError
from reaffirm.export import originals
from reaffirm.export.originals import COLUMN, CORRECTABLE, VERDICT
from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from samples import Outcome

pytest_plugins = ["samples"]

LETTERS = {"statements": "S", "commitments": "C", "demands": "N"}
NAMES = ("Ana Duarte", "Jonas Weidel", "Velmara", "?the visitors")
Sheet = list[list[Any]]  # cells as a spreadsheet has them


@pytest.fixture(scope="session")
def exported(sample: Path, pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample corpus as `ledger.xlsx` and as CSV files."""
    folder = tmp_path_factory.mktemp("exported")
    with Ledger(sample, packs=[pack]) as ledger:
        ledger.export("xlsx", folder / "ledger.xlsx")
        ledger.export("csv", folder / "csv")
    return folder


@pytest.fixture
def sheets(exported: Path, tmp_path: Path) -> Path:
    """A copy of that folder, to be written."""
    return shutil.copytree(exported, tmp_path / "sheets")


def read(folder: Path, form: str) -> dict[str, Sheet]:
    if form == "xlsx":
        book = openpyxl.load_workbook(folder / "ledger.xlsx")
        return {name: [list(row) for row in book[name].iter_rows(values_only=True)] for name in CORRECTABLE}
    texts = {name: (folder / "csv" / f"{name}.csv").read_bytes().decode("utf-8") for name in CORRECTABLE}
    return {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def save(folder: Path, form: str, found: dict[str, Sheet]) -> Path:
    """The file or folder that came back; only what was changed is written anew."""
    if form == "xlsx":
        book = openpyxl.load_workbook(folder / "ledger.xlsx")
        for name, rows in found.items():
            page = book[name]
            page.delete_rows(1, page.max_row)
            for row in rows:
                page.append(row)
                for cell in page[page.max_row]:
                    cell.data_type = "s" if cell.data_type == "f" else cell.data_type  # texts, as they came
        book.save(folder / "ledger.xlsx")
        return folder / "ledger.xlsx"
    for name, rows in found.items():
        with (folder / "csv" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder / "csv"


def put(rows: Sheet, number: int, column: str, value: object) -> str:
    """The id of a row in which a cell was changed."""
    rows[number][rows[0].index(column)] = value
    return str(rows[number][0])


def corrected(chance: random.Random, sheet: str, column: str, now: str) -> str:
    """Another value that a column may have."""
    allowed = judging.FIELDS[LETTERS[sheet]][column] if column != VERDICT else ("accepted", "rejected", "unsure")
    if column == "due":
        allowed = tuple(f"203{n}-0{n + 1}" for n in range(8))
    if allowed is None:
        return next(text for text in iter(lambda: "; ".join(chance.sample(NAMES, chance.randint(1, 3))), None) if text != now)
    return chance.choice([value for value in allowed if value != now])


def made(path: Path) -> set[tuple[str, str, str]]:
    """All judgements of a ledger: row, field or `verdict`, value."""
    with Ledger(path) as ledger:
        found = ledger.store.read("SELECT row, verdict, field, value FROM judgement")
        return {(r["row"], r["field"] or VERDICT, r["value"] if r["field"] else r["verdict"]) for r in found}


# The bar


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_two_hundred_corrections_become_judgements_and_nothing_else_does(book: Path, pack: Path, sheets: Path, form: str) -> None:
    chance = random.Random(form)  # noqa: S311 - corrections are no secret
    found = read(sheets, form)
    places = [(name, n, column) for name, rows in found.items() for n in range(1, len(rows)) for column in CORRECTABLE[name]]
    places = [place for place in places if place[2] not in originals.WORDS[place[0]]]
    wanted = set()
    for name, number, column in chance.sample(places, 200):
        rows = found[name]
        value = corrected(chance, name, column, str(rows[number][rows[0].index(column)] or ""))
        typed = int(value) if form == "xlsx" and column == "strength" else value
        wanted.add((put(rows, number, column, typed), column, value))
    for rows in found.values():
        rows[1:] = chance.sample(rows[1:], len(rows) - 1)  # the order of rows is nothing
    path = save(sheets, form, found)
    with Ledger(book, packs=[pack]) as ledger:
        trial = ledger.correct(path, who="ana", trial=True)
        assert (made(book), len(trial.judgements)) == (set(), 200)
        told = ledger.correct(path, who="ana")
        assert (told.conflicts, told.told, told.already) == ((), (), 0)
    assert len(wanted) == 200
    assert made(book) == wanted
    with Ledger(book, packs=[pack]) as ledger:
        again = ledger.correct(path, who="ana")
        assert again.judgements == ()
        assert again.already + sum("was rejected" in t.message for t in again.told) == 200
    assert made(book) == wanted


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_was_not_corrected_changes_nothing(book: Path, pack: Path, sheets: Path, form: str) -> None:
    path = save(sheets, form, read(sheets, form))  # written by another program
    with Ledger(book, packs=[pack]) as ledger:
        told = ledger.correct(path, who="ana")
    assert (told.judgements, told.conflicts, told.told) == ((), (), ())
    assert told.rows > 300
    assert made(book) == set()


# What the ledger changed meanwhile


def test_a_cell_that_was_changed_on_both_sides_is_a_conflict(book: Path, pack: Path, sheets: Path) -> None:
    found = read(sheets, "csv")
    rows = found["statements"]
    first, second, third = (str(rows[n][0]) for n in (1, 2, 3))
    for n in (1, 2):
        put(rows, n, "factuality", "hearsay")
    path = save(sheets, "csv", found)
    with Ledger(book, packs=[pack]) as ledger:
        ledger.judge(first, "corrected", "factuality=denied", who="ben")
        ledger.judge(second, "corrected", "factuality=hearsay", who="ben")  # the same as in the sheet
        ledger.judge(third, "corrected", "factuality=denied", who="ben")  # of which the sheet knows nothing
        told = ledger.correct(path, who="ana")
    (conflict,) = told.conflicts
    assert (conflict.row, conflict.column) == (first, "factuality")
    assert (conflict.then, conflict.now, conflict.given) == ("plain", "denied", "hearsay")
    assert (told.judgements, told.already, told.told) == ((), 1, ())


def test_a_row_that_was_rejected_meanwhile_is_told(book: Path, pack: Path, sheets: Path) -> None:
    found = read(sheets, "csv")
    row = put(found["statements"], 1, "factuality", "hearsay")
    path = save(sheets, "csv", found)
    with Ledger(book, packs=[pack]) as ledger:
        ledger.judge(row, "rejected", who="ben")
        told = ledger.correct(path, who="ana")
    assert (told.judgements, told.conflicts) == ((), ())
    assert [(t.row, "was rejected" in t.message) for t in told.told] == [(row, True)]


# What cannot be taken


def altered(rows: Sheet) -> None:
    put(rows, 1, COLUMN, rows[2][rows[0].index(COLUMN)])


def doubled(rows: Sheet) -> None:
    rows.append(list(rows[1]))


def without_id(rows: Sheet) -> None:
    rows.append(["", *rows[1][1:]])


def unknown(rows: Sheet) -> None:
    put(rows, 1, "id", "X-0000000000000000")


def of_nobody(rows: Sheet) -> None:
    put(rows, 1, "id", "S-0000000000000000")


def deleted(rows: Sheet) -> None:
    del rows[4]


def elsewhere(rows: Sheet) -> None:
    put(rows, 1, "quoted_from", "a text that I know of")


def more(rows: Sheet) -> None:
    for n, row in enumerate(rows):
        row.append("note" if n == 0 else "look again")


def unfit(rows: Sheet) -> None:
    put(rows, 1, "directness", "shouted")


def nobody(rows: Sheet) -> None:
    put(rows, 1, "speakers", "")


def no_verdict(rows: Sheet) -> None:
    put(rows, 1, VERDICT, "fine")


FAULTS: list[tuple[Callable[[Sheet], None], str]] = [
    (altered, "was altered, or stands beside another row"), (doubled, "stands more than once"), (without_id, "rows cannot be added"),
    (unknown, "no statement, commitment or demand"), (of_nobody, "was altered"), (deleted, "1 row was deleted of"),
    (elsewhere, "quoted_from: cannot be corrected"), (more, "note: no column of an export"), (unfit, "directness cannot be 'shouted'"),
    (nobody, "needs at least one name"), (no_verdict, "verdict cannot be 'fine'"),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "message"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_what_cannot_be_taken_is_told_and_the_rest_is_taken(
    book: Path, pack: Path, sheets: Path, fault: Callable[[Sheet], None], message: str
) -> None:
    found = read(sheets, "csv")
    right = put(found["statements"], 7, "factuality", "denied")
    fault(found["statements"])
    with Ledger(book, packs=[pack]) as ledger:
        told = ledger.correct(save(sheets, "csv", found), who="ana")
    assert [message in t.message for t in told.told].count(True) >= 1, told.told
    assert all(message in t.message or "deleted" in t.message for t in told.told), told.told
    assert (told.conflicts, made(book)) == ((), {(right, "factuality", "denied")})


@pytest.mark.parametrize("name", ["nothing.xlsx", "provenance.csv", "bad.csv", "empty"])
def test_a_file_that_is_no_such_sheet_is_refused(book: Path, sheets: Path, name: str) -> None:
    (sheets / "csv" / "bad.csv").write_bytes(b"\xff\xfe\x00")
    (sheets / "csv" / "empty").mkdir()
    with Ledger(book) as ledger, pytest.raises(UsageError, match=r"export|save"):
        ledger.correct(sheets / "csv" / name)


def test_what_may_be_corrected_in_a_sheet_is_what_may_be_corrected(exported: Path) -> None:
    in_sheets = {LETTERS[name]: {*columns} - {VERDICT, *originals.WORDS[name]} for name, columns in CORRECTABLE.items()}
    assert in_sheets == {letter: set(fields) - {"span"} for letter, fields in judging.FIELDS.items() if letter in in_sheets}


# The words of a row


def words_of(rows: Sheet, number: int, sheet: str) -> tuple[str, int, int]:
    text, start, end = (rows[number][rows[0].index(column)] for column in originals.WORDS[sheet])
    return str(text), int(str(start)), int(str(end))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("sheet", ["statements", "commitments", "demands"])
def test_other_words_become_one_correction_by_place_or_by_words_that_stand_once(
    book: Path, pack: Path, sheets: Path, form: str, sheet: str
) -> None:
    found = read(sheets, form)
    rows = found[sheet]
    name, first, last = originals.WORDS[sheet]
    by_place, by_both = (put(rows, n, last, str(words_of(rows, n, sheet)[2] - 3)) for n in (1, 2))
    wanted = {(row, "span", words_of(rows, n, sheet)) for n, row in ((1, by_place), (2, by_both))}
    put(rows, 2, name, words_of(rows, 2, sheet)[0][:-3])
    with Ledger(book, packs=[pack]) as ledger:
        told = ledger.correct(save(sheets, form, found), who="ana")
        assert (told.conflicts, told.told) == ((), ())
        for judgement in told.judgements:
            text, start, end = next(words for row, _, words in wanted if row == judgement.row)
            assert judgement.value == f"{start}-{end} {text[: end - start]}"
        assert len(told.judgements) == 2
        assert first.endswith("_start")
        again = ledger.correct(save(sheets, form, found), who="ana")
    assert (again.judgements, again.conflicts) == ((), ())
    assert again.already == 2


def test_words_alone_must_stand_once_in_the_document(book: Path, pack: Path, sheets: Path) -> None:
    found = read(sheets, "csv")
    rows = found["commitments"]
    once = put(rows, 1, "action", words_of(rows, 1, "commitments")[0][:-4])
    often = put(rows, 2, "action", "the")
    none = put(rows, 3, "action", "words that nobody wrote")
    beside = put(rows, 4, "action_end", "7")
    with Ledger(book, packs=[pack]) as ledger:
        told = ledger.correct(save(sheets, "csv", found), who="ana")
    assert [judgement.row for judgement in told.judgements] == [once]
    assert {each.row for each in told.told} == {often, none, beside}
    assert any("times in" in each.message for each in told.told)


def test_words_that_the_ledger_changed_meanwhile_are_a_conflict(book: Path, pack: Path, sheets: Path) -> None:
    found = read(sheets, "csv")
    rows = found["commitments"]
    row = put(rows, 1, "action_end", str(words_of(rows, 1, "commitments")[2] - 3))
    _, start, end = words_of(rows, 1, "commitments")
    with Ledger(book, packs=[pack]) as ledger:
        ledger.judge(row, "corrected", f"span={start}-{end + 1}", who="ben")
        told = ledger.correct(save(sheets, "csv", found), who="ana")
    assert [each.row for each in told.conflicts] == [row]
    assert told.judgements == ()


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_single_sheet_is_enough_whatever_stands_between_its_cells(book: Path, pack: Path, sheets: Path, mark: str) -> None:
    rows = read(sheets, "csv")["commitments"]
    row = put(rows, 3, "undertaker", "Velmara;Saoren")
    path = sheets / "mine.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=mark).writerows(rows)
    with Ledger(book, packs=[pack]) as ledger:
        assert ledger.correct(path, who="ana").clean
    assert made(book) == {(row, "undertaker", "Velmara; Saoren")}


def test_the_verb_tells_what_it_did(book: Path, pack: Path, sheets: Path, run: Callable[..., Outcome]) -> None:
    found = read(sheets, "csv")
    put(found["statements"], 1, "factuality", "denied")
    path = save(sheets, "csv", found)
    at = ("--ledger", book, "--packs", pack, "--who", "ana")
    assert "1 corrections would be recorded" in run("corrections", path, "--dry-run", *at).out
    assert made(book) == set()
    assert run("corrections", path, *at).code == 0
    deleted(found["demands"])
    assert run("corrections", save(sheets, "csv", found), *at).code == 1

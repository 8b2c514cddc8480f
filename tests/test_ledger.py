from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from reaffirm.errors import LedgerError, PackError, ProofError, UsageError
from reaffirm.ledger import Ledger
from reaffirm.store import proof, sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reaffirm.intake import Report
    from reaffirm.store.records import Said

pytest_plugins = ["samples"]
NOTE = "Joint note\n\nForeign Minister Elna Marsten said that the talks would go on.\n"
OTHER = "Other note\n\nThe two sides agreed to meet again in June 2033.\n"
HALF_PAGE = b"Note\n<p>Elna Marsten said that the talks would go on.</p>\n"  # a page by its name only


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.db", create=True) as opened:
        yield opened


def put(folder: Path, **texts: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def outcomes(report: Report) -> list[tuple[str, str]]:
    return [(f.name, f.outcome) for f in report.filings]


def exported(ledger: Ledger, folder: Path) -> dict[str, bytes]:
    ledger.export(folder)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cards(ledger: Ledger) -> dict[str, tuple[str | None, str | None]]:
    return {d.doc: (d.published, d.publisher) for d in ledger.documents()}


# Adding


def test_the_same_folder_twice_changes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a__txt=NOTE, b__txt=OTHER)
    assert outcomes(ledger.add([folder])) == [("a.txt", "new"), ("b.txt", "new")]
    before = exported(ledger, tmp_path / "one")
    stored = ledger.path.read_bytes()
    assert outcomes(ledger.add([folder])) == [("a.txt", "known"), ("b.txt", "known")]
    assert ledger.path.read_bytes() == stored
    assert exported(ledger, tmp_path / "two") == before
    assert ledger.verify() == []


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_the_same_bytes_under_two_names_are_one_document_of_the_smaller_name(ledger: Ledger, tmp_path: Path, order: str) -> None:
    folder = put(tmp_path / "in", a__txt=NOTE, b__txt=NOTE)
    ledger.add([folder / f"{name}.txt" for name in order])
    assert [d.doc for d in ledger.documents()] == ["a.txt"]
    report = ledger.add([folder])
    assert [f.outcome for f in report.filings] == ["known", "known"]


def test_a_second_name_is_told(ledger: Ledger, tmp_path: Path) -> None:
    report = ledger.add([put(tmp_path / "in", a__txt=NOTE, b__txt=NOTE)])
    assert [(f.outcome, f.reason) for f in report.filings] == [("new", ""), ("known", "the same bytes as a.txt")]


@pytest.mark.parametrize("order", [("a.html", "b.txt"), ("b.txt", "a.html")])
def test_a_format_that_goes_by_the_name_gets_the_smallest_name(ledger: Ledger, tmp_path: Path, order: tuple[str, ...]) -> None:
    folder = put(tmp_path / "in", a__html=HALF_PAGE, b__txt=HALF_PAGE)
    ledger.add([folder / name for name in order])
    (document,) = ledger.documents()
    assert document.doc == "a.html"
    assert "<p>" not in exported(ledger, tmp_path / "out")["texts/a.html.txt"].decode()


def test_two_files_of_the_same_name_are_two_documents(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add([put(tmp_path / "one", a__txt=NOTE), put(tmp_path / "two", a__txt=OTHER)])
    names = [d.doc for d in ledger.documents()]
    assert len(names) == 2
    assert all(name.startswith("a.txt~") for name in names)
    assert {name for name in exported(ledger, tmp_path / "out") if name.startswith("texts/")} == {f"texts/{name}.txt" for name in names}


def test_a_file_that_has_changed_is_a_new_document_and_the_old_one_stays(ledger: Ledger, tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a__txt=NOTE)
    ledger.add([folder])
    put(folder, a__txt=OTHER)
    assert outcomes(ledger.add([folder])) == [("a.txt", "new")]
    assert len(ledger.documents()) == 2
    assert ledger.verify() == []


def test_an_empty_folder_gives_an_empty_report(ledger: Ledger, tmp_path: Path) -> None:
    assert ledger.add([put(tmp_path / "in")]).filings == []


def test_the_ledger_itself_is_no_document(ledger: Ledger, tmp_path: Path) -> None:
    put(tmp_path, a__txt=NOTE)
    assert outcomes(ledger.add([tmp_path])) == [("a.txt", "new")]


def test_a_failed_file_never_stops_the_others_and_is_tried_again(ledger: Ledger, tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a__txt=b"\x89PNG\r\n\x1a\n\0", b__txt=NOTE)
    report = ledger.add([folder])
    assert outcomes(report) == [("a.txt", "failed"), ("b.txt", "new")]
    assert "PNG picture" in report.filings[0].reason
    assert [f.name for f in ledger.status().failures] == ["a.txt"]
    put(folder, a__txt=OTHER)
    assert outcomes(ledger.add([folder])) == [("a.txt", "new"), ("b.txt", "known")]
    assert ledger.status().failures == ()


def test_an_archive_with_a_broken_member_gives_the_others(ledger: Ledger, tmp_path: Path) -> None:
    path = put(tmp_path / "in") / "two.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, text in (("a.txt", NOTE), ("b.txt", "x" * 40), ("c.txt", OTHER)):
            file.writestr(name, text)
    path.write_bytes(path.read_bytes().replace(b"x" * 40, b"y" * 40))
    assert outcomes(ledger.add([path])) == [("two.zip/a.txt", "new"), ("two.zip/b.txt", "failed"), ("two.zip/c.txt", "new")]


def test_progress_is_told_file_by_file(ledger: Ledger, tmp_path: Path) -> None:
    seen: list[str] = []
    folder = put(tmp_path / "in", a__txt=NOTE, b__txt=OTHER)
    ledger.add([folder], progress=lambda filing: seen.append(filing.name))
    assert seen == ["a.txt", "b.txt"]
    assert ledger.count([folder]) == 2


def test_a_stopped_run_keeps_what_was_read(ledger: Ledger, tmp_path: Path) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    folder = put(tmp_path / "in", a__txt=NOTE, b__txt=OTHER)
    with pytest.raises(KeyboardInterrupt):
        ledger.add([folder], progress=stop)
    assert [d.doc for d in ledger.documents()] == ["a.txt"]
    assert outcomes(ledger.add([folder])) == [("a.txt", "known"), ("b.txt", "new")]


# A person's table


def csv(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "table.csv"
    path.write_text("file,published,publisher\n" + "\n".join(lines) + "\n")
    return path


def test_a_table_is_evidence_is_remembered_and_can_be_changed(ledger: Ledger, tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a__txt=NOTE, b__txt=OTHER)
    ledger.add([folder], table=csv(tmp_path, "a.txt,2031-05-02,The Herald"))
    assert cards(ledger) == {"a.txt": ("2031-05-02", "The Herald"), "b.txt": (None, None)}
    assert outcomes(ledger.add([folder])) == [("a.txt", "known"), ("b.txt", "known")]
    changed = ledger.add([folder], table=csv(tmp_path, "a.txt,2031-05-03,"))
    assert outcomes(changed) == [("a.txt", "again"), ("b.txt", "known")]
    assert cards(ledger)["a.txt"] == ("2031-05-03", "The Herald")
    assert ledger.verify() == []


@pytest.mark.parametrize(("order", "jobs"), [("ab", 1), ("ba", 1), ("ab", 2)])
def test_a_table_that_contradicts_itself_about_the_same_bytes_settles(ledger: Ledger, tmp_path: Path, order: str, jobs: int) -> None:
    folder = put(tmp_path / "in", a__txt=NOTE, b__txt=NOTE)
    table = csv(tmp_path, "b.txt,2032,B", "a.txt,2031,")
    ledger.add([folder / f"{name}.txt" for name in order], table=table, jobs=jobs)
    assert cards(ledger) == {"a.txt": ("2031", "B")}
    assert [f.outcome for f in ledger.add([folder], table=table).filings] == ["known", "known"]


def test_a_broken_table_reads_nothing(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="EDTF"):
        ledger.add([put(tmp_path / "in", a__txt=NOTE)], table=csv(tmp_path, "a.txt,soon,"))
    assert ledger.documents() == []


# Packs


def test_a_missing_or_broken_pack_leaves_no_ledger_behind(tmp_path: Path) -> None:
    broken = tmp_path / "pack"
    (broken / "verbs").mkdir(parents=True)
    (broken / "verbs" / "verbs.yaml").write_text("- {id: x, lemma: say, act: shouting}\n")
    for folder in (tmp_path / "none", broken):
        with pytest.raises(PackError):
            Ledger(tmp_path / "ledger.db", create=True, packs=[folder])
    assert not (tmp_path / "ledger.db").exists()


def test_a_replaced_pack_entry_is_told(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    (pack / "states").mkdir(parents=True)
    (pack / "states" / "states.csv").write_text("name,kind,aliases,demonyms,metonyms,source\nJapan,state,,,,test\n")
    with Ledger(tmp_path / "ledger.db", create=True, packs=[pack]) as ledger:
        notes = ledger.add([put(tmp_path / "in", a__txt=NOTE)]).notes
    assert notes == ["pack entry replaced: states: Japan (by states/states.csv)"]


# Judging


def first(ledger: Ledger, doc: str = "05-hanaru-herald-editorial.txt") -> Said:
    return ledger.said(document=doc)[0]


def rows(ledger: Ledger, folder: Path) -> dict[str, dict[str, object]]:
    lines = exported(ledger, folder)["statements.jsonl"].decode().splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def test_exported_rows_follow_decisions_and_undo_brings_them_back(book: Path, tmp_path: Path) -> None:
    with Ledger(book) as ledger:
        row = first(ledger).statement.id
        untouched = rows(ledger, tmp_path / "0")
        ledger.judge(row, "accepted", who="Ana")
        assert rows(ledger, tmp_path / "1") == untouched | {row: {**untouched[row], "verdict": "accepted"}}
        ledger.judge(row, "rejected", who="Ana")
        assert rows(ledger, tmp_path / "2").keys() == untouched.keys() - {row}
        assert ledger.undo(row, who="Ana").verdict == "rejected"
        ledger.judge(row, "corrected", "speakers=Jonas Weidel; Ana Duarte", who="Ana")
        ledger.judge(row, "corrected", "strength=", who="Ana")
        ledger.judge(row, "corrected", "directness=direct", who="Ana")
        mended = rows(ledger, tmp_path / "3")[row]
        assert (mended["speakers"], mended["strength"], mended["directness"]) == (["Jonas Weidel", "Ana Duarte"], None, "direct")
        for _ in range(4):
            ledger.undo(row, who="Ana")
        assert rows(ledger, tmp_path / "4") == untouched
        with pytest.raises(UsageError, match="nothing to undo"):
            ledger.undo(row, who="Ana")
        assert ledger.verify() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("speakers", "FIELD=VALUE"), ("title=X", "fields: speakers"), ("directness=loud", "choose one of: direct, mixed"),
        ("strength=9", "choose one of: 0, 1"), ("directness=", "choose one of"), ("act=promise", "or nothing for unknown"),
    ],
)  # fmt: skip
def test_a_correction_outside_the_vocabulary_is_refused(book: Path, change: str, words: str) -> None:
    with Ledger(book) as ledger:
        row = first(ledger).statement.id
        with pytest.raises(UsageError) as refused:
            ledger.judge(row, "corrected", change, who="Ana")
        assert words in str(refused.value)
        assert ledger.status().judgements == 0


def test_a_parent_that_was_rejected_is_no_parent_in_the_export(book: Path, tmp_path: Path) -> None:
    with Ledger(book) as ledger:
        nested = next(s.statement for s in ledger.said() if s.statement.nested_in)
        ledger.judge(nested.nested_in or "", "rejected", who="Ana")
        assert rows(ledger, tmp_path / "out")[nested.id]["nested_in"] is None


def test_a_problem_cannot_be_judged(book: Path) -> None:
    with Ledger(book) as ledger:
        problem = ledger.explain(first(ledger).statement.id).problems[0]
        with pytest.raises(UsageError, match="only these can be judged"):
            ledger.judge(problem.id, "accepted", who="Ana")


def test_a_new_run_never_loses_a_judgement(book: Path, corpus: Path, pack: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    (more / "states").mkdir(parents=True)
    (more / "states" / "states.csv").write_text("name,kind,aliases,demonyms,metonyms,source\nNorvane,state,,Norvanian,,test\n")
    doc = "05-hanaru-herald-editorial.txt"
    with Ledger(book, packs=[pack, more]) as ledger:
        row = first(ledger, doc).statement.id
        ledger.judge(row, "corrected", "speakers=Jonas Weidel", who="Ana")
        assert outcomes(ledger.add([corpus / doc])) == [(doc, "again")]
        assert [c.value for c in first(ledger, doc).corrections] == ["Jonas Weidel"]
        assert (ledger.status().judgements, ledger.status().orphans) == (1, 0)


def test_who_decides_is_the_user_unless_said(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REAFFIRM_USER", "Jonas")
    with Ledger(book) as ledger:
        assert ledger.judge(first(ledger).statement.id, "accepted").who == "Jonas"


# Keeping


def test_an_export_never_goes_over_other_files(book: Path, tmp_path: Path) -> None:
    with Ledger(book) as ledger:
        for target in (put(tmp_path / "mine", a__txt=NOTE), tmp_path / "mine" / "a.txt"):
            with pytest.raises(UsageError, match="no export"):
                ledger.export(target)
        ledger.export(tmp_path / "out")
        (tmp_path / "out" / "texts" / "stale.txt").write_text("")
        ledger.export(tmp_path / "out")
        assert not (tmp_path / "out" / "texts" / "stale.txt").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.db", "mine", "out"]


def test_an_export_that_cannot_be_written_leaves_nothing_behind(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with Ledger(book) as ledger, pytest.raises(LedgerError, match="No space left"):
        ledger.export(tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.db"]


def test_the_summary_of_the_demo_follows_its_script(sample: Path, corpus: Path) -> None:
    with Ledger(sample) as ledger:
        found = ledger.summary(corpus.parent / "demo.json")
    assert (found.documents, found.findings) == (12, 0)
    assert found.chain
    assert all(s.genre == "joint statement" for s in found.chain)
    assert any(found.chain[-1].statement.id in line for line in found.next)


def test_a_ledger_scores_itself(sample: Path, corpus: Path) -> None:
    with Ledger(sample) as ledger:
        tally = ledger.score(corpus.parent / "gold")
    assert tally.cells["statements", "found"]["all"].right > 0


def test_the_card_of_a_document_shows_basis_and_evidence(book: Path) -> None:
    with Ledger(book) as ledger:
        filed = ledger.documents()[0]
        card = ledger.card(filed.id)
        assert card == ledger.card(filed.doc)
        assert [field.value for field in card["genre"]] == [filed.genre]
        assert all(field.evidence for values in card.values() for field in values if field.value)


def test_a_correction_needs_somebody(book: Path) -> None:
    with Ledger(book) as ledger, pytest.raises(UsageError, match="needs at least one name"):
        ledger.judge(first(ledger).statement.id, "corrected", "speakers=", who="Ana")


def test_rows_that_do_not_prove_themselves_fail_their_own_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.txt").write_text("The ministers met in the bad harbour and agreed to stop.")
    (tmp_path / "good.txt").write_text("The ministers met in the old harbour and agreed to go on.")
    check = proof.check

    def refuse(observation: object, *rest: object) -> None:
        if "bad harbour" in observation.document.text:  # type: ignore[attr-defined]
            message = "a span does not read what it says"
            raise ProofError(message)
        check(observation, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite, "check", refuse)
    with Ledger(tmp_path / "l.db", create=True) as ledger:
        report = ledger.add([tmp_path / "bad.txt", tmp_path / "good.txt"], jobs=1)
        assert [(f.name, f.outcome) for f in report.filings] == [("bad.txt", "failed"), ("good.txt", "new")]
        assert [failure.name for failure in ledger.status().failures] == ["bad.txt"]
        assert ledger.verify() == []

"""Coders of one ledger: each keeps his own decisions, what they differ on is listed and settled, rules are measured by them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from reaffirm.agreement import opinion
from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.model import Judgement
from reaffirm.review.opinions import MACHINE, wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from samples import Outcome

pytest_plugins = ["samples"]

EDITORIAL = "05-hanaru-herald-editorial.txt"


@pytest.fixture
def coded(book: Path) -> Iterator[Ledger]:
    """A ledger in which ana and ben decided every statement of one document, and differ on three."""
    with Ledger(book) as ledger:
        for n, row in enumerate(rows(ledger)):
            ledger.judge(row, "accepted", who="ana")
            ledger.judge(row, "rejected" if n < 2 else "accepted", who="ben")
        ledger.judge(rows(ledger)[3], "corrected", "directness=mixed", who="ben")
        yield ledger


def rows(ledger: Ledger) -> list[str]:
    return [said.statement.id for said in ledger.said(document=EDITORIAL, rejected=True)]


# What one coder says


def made(verdict: str, field: str | None = None, value: str | None = None, judged: str = "null") -> Judgement:
    return Judgement("J-1", "S-1", verdict, field, value, "words", judged, "ana", "2031-01-01T00:00:00+00:00")  # type: ignore[arg-type]


ACCEPTED = made("accepted", judged='{"speakers": ["B", "A"], "directness": "direct"}')
READ = {"is one": "yes", "speakers": "A; B", "directness": "direct"}
SAID = [
    ([ACCEPTED], READ),
    ([made("rejected")], {"is one": "no"}),
    ([made("unsure")], {}),
    ([ACCEPTED, made("unsure")], {}),
    ([ACCEPTED, made("corrected", "act", "concern")], {**READ, "act": "concern"}),
    ([made("corrected", "speakers", "C; A"), ACCEPTED], {**READ, "speakers": "A; C"}),
    ([made("corrected", "act", "")], {"is one": "yes", "act": ""}),
    ([made("corrected", "act", "concern"), made("rejected")], {"is one": "no"}),
    ([made("corrected", "no field of ours", "x")], {"is one": "yes"}),
    ([made("corrected", "span", "12-20 the words")], {"is one": "yes", "span": "12-20"}),
    ([made("added", "row", "12-20 the words")], {"is one": "yes"}),
]


@pytest.mark.parametrize(("judgements", "values"), SAID)
def test_what_a_coder_says_of_a_row(judgements: list[Judgement], values: dict[str, str]) -> None:
    assert opinion("ana", judgements).values == values


# How far coders agree


def test_each_coder_keeps_his_own_decisions(coded: Ledger) -> None:
    (found,) = coded.agreement(kind="statement")
    n = len(rows(coded))
    assert found.coders == ("ana", "ben")
    figures = {figure.question: figure for figure in found.figures}
    assert figures["is one"].units == n
    assert math.isclose(figures["is one"].agreed, (n - 2) / n)
    assert (figures["directness"].units, figures["speakers"].units) == (n - 2, n - 2)
    assert math.isclose(figures["directness"].agreed, (n - 3) / (n - 2))
    assert found.unitized.texts == 1
    assert found.unitized.u is not None
    assert found.unitized.u < 1


def test_an_undone_decision_is_none(coded: Ledger) -> None:
    before = coded.agreement(kind="statement")[0].figures[0].units
    coded.undo(rows(coded)[0], who="ben")
    (after,) = coded.agreement(kind="statement")
    assert after.figures[0].units == before - 1
    assert [(p.coder, p.rows - p.decided) for p in after.partial] == [("ben", 1)]
    assert (after.unitized.texts, after.unitized.u) == (0, None)


def test_the_machine_is_one_more_coder(coded: Ledger) -> None:
    (found,) = coded.agreement([MACHINE, "ben"], "statement")
    pairs = {pair.question: pair for pair in found.pairs}
    assert pairs["is one"].kappa == 0.0  # who always says yes agrees by chance alone
    assert (pairs["directness"].a, pairs["directness"].agreed < 1) == (MACHINE, True)


def test_documents_that_one_coder_has_not_seen_are_not_compared(coded: Ledger) -> None:
    other = coded.said(document="01-2031-04-12-joint-statement.txt")[0].statement.id
    before = coded.agreement(kind="statement")[0]
    coded.judge(other, "accepted", who="ana")
    after = coded.agreement(kind="statement")[0]
    assert (before.figures, before.unitized) == (after.figures, after.unitized)


def test_nothing_is_defined_before_anybody_judged(book: Path) -> None:
    with Ledger(book) as ledger:
        for found in ledger.agreement():
            assert (found.figures, found.unitized.u, found.unitized.texts) == ((), None, 0)
        assert (ledger.disagreements(), ledger.accuracy()) == ([], [])


@pytest.mark.parametrize(
    ("coders", "by", "reason"), [(["dora"], None, "has judged no row"), ([], "colour", "is no field of a statement")]
)
def test_what_cannot_be_compared_is_told(coded: Ledger, coders: list[str], by: str | None, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        coded.agreement(coders, by=by)


def test_coders_of_two_ledgers_are_compared_on_the_rows_that_both_have(book: Path, sample: Path, tmp_path: Path) -> None:
    other = tmp_path / "bens.db"
    other.write_bytes(sample.read_bytes())
    with Ledger(book) as anas, Ledger(other) as bens:
        for n, row in enumerate(rows(anas)):
            anas.judge(row, "accepted", who="ana")
            bens.judge(row, "rejected" if n < 2 else "accepted", who="ben")
    with Ledger(book) as ledger:
        (alone,) = ledger.agreement(kind="statement")
        (found,) = ledger.agreement(kind="statement", beside=[other])
        assert (alone.coders, found.coders) == (("ana", MACHINE), ("ana", "ben"))
        assert (found.figures[0].units, found.unitized.texts) == (len(rows(ledger)), 1)
        assert math.isclose(found.figures[0].agreed, 1 - 2 / len(rows(ledger)))
        apart = ledger.disagreements(beside=[other])
        ledger.settle(apart[0].row, "no", who="cem", beside=[other])
        assert [d.settled for d in ledger.disagreements(beside=[other])] == ["no", None]


def test_another_version_of_a_text_is_another_document(book: Path, tmp_path: Path, corpus: Path, pack: Path) -> None:
    text = (corpus / EDITORIAL).read_text(encoding="utf-8")
    (tmp_path / EDITORIAL).write_text(f"{text}\nOne line more.\n", encoding="utf-8")
    with Ledger(tmp_path / "other.db", create=True, packs=[pack]) as bens:
        bens.add([tmp_path / EDITORIAL])
        for row in rows(bens):
            bens.judge(row, "accepted", who="ben")
    with Ledger(book) as ledger:
        for row in rows(ledger):
            ledger.judge(row, "accepted", who="ana")
        (found,) = ledger.agreement(kind="statement", beside=[tmp_path / "other.db"])
    assert (found.coders, found.figures, found.unitized.texts, found.unitized.u) == (("ana", "ben"), (), 0, None)


def test_other_words_of_a_row_are_other_units(coded: Ledger) -> None:
    row = coded.said(document=EDITORIAL)[-1].statement
    before = coded.agreement(["ana", MACHINE], "statement")[0].unitized
    coded.judge(row.id, "corrected", f"span={row.content[0].start}-{row.content[0].start + 12}", who="ana")
    after = coded.agreement(["ana", MACHINE], "statement")[0].unitized
    assert (before.u, after.texts) == (1.0, before.texts)
    assert after.u is not None
    assert after.u < 1


# Where they differ


def test_a_third_person_settles_what_two_differ_on(coded: Ledger) -> None:
    apart = coded.disagreements()
    assert [(d.question, d.settled) for d in apart] == [("is one", None), ("is one", None), ("directness", None)]
    coded.settle(apart[0].row, "yes", who="cem")
    coded.settle(apart[1].row, "no", who="cem")
    coded.settle(apart[2].row, "directness=mixed", who="cem")
    assert [(d.settled, d.settled_by) for d in coded.disagreements()] == [("yes", "cem"), ("no", "cem"), ("mixed", "cem")]
    listed = [said.statement.id for said in coded.said(document=EDITORIAL)]
    assert apart[0].row in listed  # what was settled last is what the ledger shows
    assert apart[1].row not in listed
    assert coded.agreement(kind="statement")[0].coders == ("ana", "ben")  # who settles codes nothing


@pytest.mark.parametrize(
    ("row", "answer", "who", "reason"),
    [
        (0, "yes", "ana", "somebody else must settle"),
        (0, "act=concern", "cem", "do not differ on 'act'"),
        (5, "no", "cem", "differ on nothing"),
    ],
)
def test_what_settles_nothing_is_refused(coded: Ledger, row: int, answer: str, who: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        coded.settle(rows(coded)[row], answer, who=who)


# How rules fare


def test_rules_are_measured_by_decisions(coded: Ledger) -> None:
    by_ben = coded.accuracy("ben")
    assert (sum(a.wrong for a in by_ben), sum(a.mended for a in by_ben), sum(a.unsure for a in by_ben)) == (2, 1, 0)
    assert sum(a.right for a in by_ben) == len(rows(coded)) - 3
    together = coded.accuracy()
    assert (sum(a.wrong for a in together), sum(a.unsure for a in together)) == (0, 3)  # they differ, and nothing has settled it
    coded.settle(rows(coded)[0], "no", who="cem")
    settled = coded.accuracy()
    assert (sum(a.wrong for a in settled), sum(a.unsure for a in settled)) == (1, 2)


def test_bounds_of_a_share_are_those_of_the_article() -> None:
    low, high = wilson(81, 263)  # the example that textbooks give: 0.2553 to 0.3662
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


# The command line


def test_the_verbs_say_the_same(coded: Ledger, run: Callable[..., Outcome]) -> None:
    at = ("--ledger", coded.path)
    told = run("agreement", *at, "--kind", "statement")
    assert (told.code, "statements: ana, ben" in told.out, "alpha" in told.out) == (0, True, True)
    listed = run("adjudicate", *at)
    assert listed.out.splitlines()[-1] == "3 open, 0 settled"
    row = rows(coded)[0]
    assert run("adjudicate", row, *at).code == 2
    assert run("adjudicate", row, "no", "--who", "cem", *at).code == 0
    assert run("adjudicate", *at).out.splitlines()[-1] == "2 open, 1 settled"
    assert "wrong" in run("accuracy", *at).out
    assert run("agreement", "--coder", "dora", *at).code == 2

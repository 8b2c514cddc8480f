from dataclasses import replace

import pytest
from store_builders import NOW, RUN, RUN2, TEXT, Filled, arrival_of, judgement_of

from reaffirm.errors import UsageError
from reaffirm.store.explaining import explain


def test_a_statement_is_explained(filled: Filled) -> None:
    observation = filled.observation
    first, second = observation.statements
    filled.store.judge(judgement_of(second.id, "accepted"))
    told = explain(filled.store, second.id[:7])
    assert (told.row, told.kind, told.doc, told.listed) == (second.id, "statement", "a.txt", True)
    assert told.said is not None
    assert (told.said.statement.rule, told.said.statement.rejected) == ("test", ("another reading",))
    assert [span.role for span in told.spans] == ["source", "cue", "content"]
    assert told.passage is not None
    assert told.passage.exact.startswith("Mr. Motegi said")
    assert [(o.run, o.current) for o in told.runs] == [(RUN, True)]
    assert told.problems == observation.problems
    assert [n.statement.id for n in told.neighbours] == [first.id]
    assert [(j.judgement.verdict, j.undone_by) for j in told.judgements] == [("accepted", None)]


def test_problems_elsewhere_in_the_document_are_not_the_rows_own(filled: Filled) -> None:
    assert [p.message for p in explain(filled.store, filled.rows[0]).problems] == ["undated"]


def test_a_problem_is_explained(filled: Filled) -> None:
    whole, vague = filled.observation.problems
    told = explain(filled.store, vague.id)
    assert (told.kind, told.problem, told.said, told.spans) == ("problem", vague, None, vague.evidence)
    assert told.problems == (whole,)
    assert explain(filled.store, whole.id).passage is None


def test_all_runs_that_saw_a_row_are_named(filled: Filled) -> None:
    filled.store.record(filled.observation, arrival_of(filled.observation), TEXT.encode(), RUN2)
    told = explain(filled.store, filled.rows[0])
    assert [(o.run, o.current) for o in told.runs] == [(RUN2, True), (RUN, False)]
    assert told.otherwise == ()


def test_an_old_row_stays_reachable(filled: Filled) -> None:
    observation = filled.observation
    later = replace(observation, statements=(), voices=())
    filled.store.judge(judgement_of(filled.rows[0]))
    filled.store.undo(filled.rows[0], "Bo", NOW, anyone=True)
    filled.store.record(later, arrival_of(observation), TEXT.encode(), RUN2)
    told = explain(filled.store, filled.rows[0])
    assert told.listed is False
    assert told.said is not None
    assert told.said.statement == observation.statements[0]
    assert [j.undone_by for j in told.judgements] == ["Bo"]


def test_a_document_is_no_row_to_explain(filled: Filled) -> None:
    with pytest.raises(UsageError, match="nothing in the ledger"):
        explain(filled.store, filled.observation.document.id)

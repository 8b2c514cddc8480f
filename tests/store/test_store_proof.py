from dataclasses import replace

import pytest
from store_builders import RUN, TEXT, arrival_of, observation_of, problem_of, statement_of, voice_of, words

from reaffirm.errors import ProofError
from reaffirm.model import Block, Field, Mention, OfficeHeld, Span, Statement, row_id
from reaffirm.readings import Observation
from reaffirm.store import queries
from reaffirm.store.proof import furniture_of, touches
from reaffirm.store.sqlite import SqliteStore

GOOD = observation_of()
DOCUMENT = GOOD.document
FIRST = GOOD.statements[0]
VOICE = GOOD.voices[0]
FURNITURE = words(DOCUMENT, "PRINT", "evidence")
LIE = Span(DOCUMENT.id, 0, 5, "Lying")
FOREIGN = replace(DOCUMENT.span(0, 5), document="D-0")


def one(row: Statement) -> Observation:
    return replace(GOOD, statements=(row,), voices=(), problems=())


def with_card(field: Field) -> Observation:
    return replace(GOOD, document=replace(DOCUMENT, card=replace(DOCUMENT.card, title=field)))


def moved(content: Span) -> Statement:
    return replace(FIRST, content=(content,), id=row_id("statement", DOCUMENT.id, (content,), FIRST.cue))


OFFICE = OfficeHeld("a", "b", "stated", (LIE,))


@pytest.mark.parametrize(("words", "observation"), [
    ("does not read 'Lying'", one(moved(LIE))),
    ("belongs to D-0, not", one(moved(FOREIGN))),
    ("'PRINT'. lies in furniture", one(moved(FURNITURE))),
    ("has no content", one(replace(FIRST, content=(), id=row_id("statement", DOCUMENT.id, (), FIRST.cue)))),
    ("should have the id S-", one(replace(FIRST, id="S-1"))),
    ("statement .* belongs to D-9", one(replace(FIRST, document="D-9"))),
    ("nested in S-9, which is not there", one(replace(FIRST, nested_in="S-9"))),
    ("same content and cue", replace(GOOD, statements=(FIRST, replace(FIRST, rule="other")), voices=())),
    ("'print'. lies in furniture", one(replace(FIRST, source=words(DOCUMENT, "print", "source")))),
    ("which is no statement of", replace(GOOD, voices=(replace(VOICE, statement="S-7"),))),
    ("does not read 'Lying'", replace(GOOD, voices=(replace(VOICE, offices=(OFFICE,)),))),
    ("'PRINT'. lies in furniture", replace(GOOD, mentions=(Mention(FURNITURE, "x", "person"),))),
    ("problem P-1 should have the id", replace(GOOD, problems=(replace(GOOD.problems[0], id="P-1"),))),
    ("problem .* belongs to D-8", replace(GOOD, problems=(replace(GOOD.problems[0], document="D-8"),))),
    ("does not read 'Lying'", replace(GOOD, problems=(problem_of(DOCUMENT, "m", (LIE,)),))),
    ("document D-5 should have the id", replace(GOOD, document=replace(DOCUMENT, id="D-5"))),
    ("the text of", replace(GOOD, document=replace(DOCUMENT, text=TEXT + " "))),
    ("leaves the text", replace(GOOD, document=replace(DOCUMENT, blocks=(Block("paragraph", 0, 10**6, ()),)))),
    ("or its own extent", replace(GOOD, document=replace(DOCUMENT, blocks=(Block("paragraph", 0, 5, ((0, 6),)),)))),
    ("does not read 'Lying'", with_card(Field("x", "stated", (LIE,)))),
    ("'PRINT'. lies in furniture", with_card(Field("x", "stated", (FURNITURE,)))),
])  # fmt: skip
def test_what_does_not_prove_itself_is_refused_whole(store: SqliteStore, words: str, observation: Observation) -> None:
    arrival = replace(arrival_of(GOOD), document=observation.document.id)
    with pytest.raises(ProofError, match=words):
        store.record(observation, arrival, TEXT.encode(), RUN)
    assert queries.status(store).bytes == 0


def test_bytes_and_arrival_must_be_those_of_the_document(store: SqliteStore) -> None:
    with pytest.raises(ProofError, match="the bytes of"):
        store.record(GOOD, arrival_of(GOOD), b"other", RUN)
    with pytest.raises(ProofError, match="an acquisition of D-1"):
        store.record(GOOD, replace(arrival_of(GOOD), document="D-1"), TEXT.encode(), RUN)


def test_a_problem_may_point_at_furniture_when_it_says_so(store: SqliteStore) -> None:
    problem = problem_of(DOCUMENT, "menu in the text", (words(DOCUMENT, "PRINT", "furniture"),))
    store.record(replace(GOOD, problems=(problem,)), arrival_of(GOOD), TEXT.encode(), RUN)
    assert queries.problems(store, DOCUMENT.id) == (problem,)


def test_touching_furniture_is_sharing_a_character() -> None:
    kinds = [("furniture", 5, 10), ("paragraph", 10, 20), ("furniture", 20, 30), ("furniture", 22, 25)]
    extents = furniture_of([Block(kind, start, end, ()) for kind, start, end in kinds])  # type: ignore[arg-type]
    assert extents == [(5, 10), (20, 30)]
    shared = [(start, end) for start, end in [(0, 5), (0, 6), (9, 12), (10, 20), (19, 21), (26, 28), (30, 31)]
              if touches(extents, Span("D", start, end, ""))]  # fmt: skip
    assert shared == [(0, 6), (9, 12), (19, 21), (26, 28)]


def test_a_good_statement_of_its_own_is_accepted(store: SqliteStore) -> None:
    row = statement_of(DOCUMENT, "the alliance is strong")
    observation = replace(GOOD, statements=(row,), voices=(voice_of(row, "writer"),))
    assert store.record(observation, arrival_of(GOOD), TEXT.encode(), RUN) == "new"

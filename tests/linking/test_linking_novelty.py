from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import bounded
from reaffirm.linking.formulas import Edition, formulas, linked
from reaffirm.linking.novelty import novelties, novelty
from reaffirm.linking.sentences import sentences
from reaffirm.linking.standing import standing
from reaffirm.sequels import Novelty, Remark
from reaffirm.text import prove

if TYPE_CHECKING:
    from reaffirm.model import Span

CALM = "The ministers reaffirmed that the Brack Strait must stay free and open to grain ships of all nations."
OFFICE = "The joint office will keep tolls at low levels for a considerable time."
FISH = "On herring they did not agree."
SEIZED = "Ostmark deplored the seizure of four trawlers near the northern lighthouse."
MEET = "They will meet again in Brack on 4 May 2031."


def chain(*texts: str) -> list[Edition]:
    return [Edition(f"doc{n}", f"20{30 + n}", text) for n, text in enumerate(texts)]


def told(*texts: str) -> Novelty:
    editions = chain(*texts)
    found = novelty(editions[-1], editions[:-1])
    sources = {e.document: e.text for e in editions}
    for remark in found.remarks:
        for span in (remark.was, remark.now, remark.formula, *(side for swap in remark.words for side in (swap.was, swap.now))):
            prove(sources[span.document] if span else "", [span] if span else [])
    return found


def words(remark: Remark) -> list[tuple[str | None, str | None]]:
    return [(exact(swap.was), exact(swap.now)) for swap in remark.words]


def exact(span: Span | None) -> str | None:
    return span.exact if span else None


def test_a_sentence_said_for_the_first_time_carries_what_was_searched() -> None:
    found = told(CALM, CALM + " " + FISH, CALM + " " + FISH + " " + SEIZED)
    (new,) = found.of("new")
    assert (exact(new.now), new.first_time, words(new)) == (SEIZED, True, [(None, SEIZED.rstrip("."))])
    assert (found.predecessor, found.searched) == ("doc1", (("doc0", "2030"), ("doc1", "2031")))
    assert found.of("gone", "changed", "back") == ()


def test_a_dropped_formula_says_how_long_it_stood() -> None:
    found = told(FISH, CALM + " " + SEIZED, CALM + "\n\n" + FISH, CALM + " " + OFFICE, SEIZED.replace("four", "nine"))
    gone = next(r for r in found.of("gone") if exact(r.was) == CALM)
    assert (gone.run, gone.since, gone.first) == (3, ("doc1", "2031"), ("doc1", "2031"))
    assert found.remarks[0] == gone
    assert CALM.startswith("The ministers")
    assert gone.formula is not None
    assert gone.formula.exact in CALM


def test_a_changed_sentence_shows_the_words_side_by_side() -> None:
    found = told(OFFICE, OFFICE, OFFICE, OFFICE.replace("a considerable time", "one more winter"))
    (changed,) = found.of("changed")
    assert words(changed) == [("a considerable time", "one more winter")]
    why = "“tolls at low levels for a considerable” stood in 3 texts in a row"
    assert (changed.run, changed.since, changed.first_time, changed.why) == (3, ("doc0", "2030"), True, (why,))


def test_a_formula_that_is_back_is_not_new() -> None:
    found = told(SEIZED, FISH, CALM, CALM + " " + SEIZED)
    (back,) = found.of("back")
    assert (exact(back.now), back.last, back.first_time) == (SEIZED, ("doc0", "2030"), False)
    assert back.why[-1] == "absent from 2 texts in a row"


def test_what_returns_word_for_word_says_since_when() -> None:
    found = told(CALM, FISH, CALM, SEIZED + " " + CALM, CALM)
    (again,) = found.of("returns")
    assert exact(again.now) == CALM[CALM.index("ministers") : -1]
    assert (again.run, again.since, again.first) == (2, ("doc2", "2032"), ("doc0", "2030"))


def test_dates_names_and_numbers_come_last() -> None:
    found = told(f"{CALM} {MEET} {OFFICE}", f"{CALM} {MEET.replace('4 May 2031', '9 June 2032')} {OFFICE.replace('low', 'high')}")
    first, second = found.of("changed")
    assert words(first) == [("low", "high")]
    assert words(second) == [("4 May 2031", "9 June 2032")]
    assert second.why == ("dates, names and numbers alone",)
    assert first.weight > 1 > second.weight


def test_a_sentence_that_moved_is_neither_new_nor_gone() -> None:
    found = told(f"{CALM} {OFFICE} {SEIZED}", f"{SEIZED} {CALM}\n\n{OFFICE}")
    assert found.of("new", "gone", "changed", "back") == ()


def test_words_that_stand_elsewhere_are_said_to() -> None:
    was = OFFICE + " Two envoys spoke of herring and of barrels, of salt and of nets."
    now = OFFICE.replace("for a considerable time", "until the spring") + " Two envoys wished tolls at low levels for a considerable time."
    changed = next(r for r in told(was, now).of("changed") if ("a considerable time", "the spring") in words(r) or len(r.words))
    swap = changed.words[0]
    assert swap.was is not None
    assert "considerable time" in swap.was.exact
    assert swap.still


def test_line_breaks_and_marks_change_nothing() -> None:
    assert told(CALM + " " + OFFICE, CALM.replace(" ", "\n") + " " + OFFICE.replace("low", "‘low’")).of("new", "gone", "changed") == ()


def test_sentences_that_are_given_are_kept_to() -> None:
    text = f"{CALM} Veldania News, page 4. {OFFICE}"
    kept = ((0, len(CALM)), (text.index(OFFICE), len(text)))
    editions = [Edition("a", None, f"{CALM} {OFFICE}"), Edition("b", None, text, kept)]
    assert novelty(editions[1], editions[:1]).of("new", "gone", "changed") == ()


def test_the_first_text_of_a_chain_has_nothing_to_be_held_against() -> None:
    (edition,) = chain(CALM)
    assert novelty(edition, []) == Novelty("doc0", None, (), ())
    assert novelty(Edition("a", None, ""), [Edition("b", None, "")]).remarks == ()


def test_a_run_is_broken_by_a_text_without_the_words() -> None:
    known = linked(chain(CALM, CALM, FISH, CALM, CALM))
    (found,) = formulas(known, 4)
    assert (found.run, found.since, found.first, found.last) == (1, 3, 0, 3)


def test_a_commonplace_of_the_chain_stands_nowhere() -> None:
    rest = [f"The Brack Strait {CALM}"] * 40
    known = linked(chain("Salt is dear in the Brack Strait.", f"{SEIZED} Fog lay on the Brack Strait.", *rest))
    keys = known.words.texts[0].keys
    assert [word for word, there in zip(keys, standing(known, 0, 1), strict=True) if there] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met. They left.", ["They met.", "They left."]),
        ("Mr. A. Harl spoke.\nNo. 4 was read.", ["Mr. A. Harl spoke.", "No. 4 was read."]),
        ("He said “Enough.” She\nleft", ["He said “Enough.”", "She\nleft"]),
        ("tolls rose 4.5 per cent. and fell", ["tolls rose 4.5 per cent. and fell"]),
        ("A heading\n\nThe text", ["A heading", "The text"]),
        ("for: A. Orm, Chair; Bela Tarn; and Wim Oss.", ["for: A. Orm, Chair;", "Bela Tarn; and Wim Oss."]),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


PARTS = st.lists(st.sampled_from([CALM, OFFICE, FISH, SEIZED, MEET, OFFICE.replace("low", "high")]), max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(PARTS.map(" ".join), min_size=1, max_size=6))
def test_first_times_are_nowhere_before_and_all_texts_of_a_chain_agree_with_each_alone(texts: list[str]) -> None:
    editions = chain(*texts)
    whole = novelties(editions)
    plain = [" ".join(text.split()) for text in texts]
    for n, found in enumerate(whole):
        assert [(r.kind, r.was, r.now, r.run) for r in found.remarks if r.kind == "returns"] == [
            (r.kind, r.was, r.now, r.run) for r in novelty(editions[n], editions[:n]).remarks if r.kind == "returns"
        ]
        for swap in (swap for remark in found.remarks for swap in remark.words if swap.first_time):
            assert swap.now is not None
            assert not any(swap.now.exact in before for before in plain[:n])
        assert all(a.weight >= b.weight for a, b in pairwise(found.remarks))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet="ab .;\nA1", max_size=60), min_size=1, max_size=4))
def test_nothing_raises(texts: list[str]) -> None:
    for found in novelties(chain(*texts)):
        assert found.document


def test_a_chain_of_160_documents_takes_seconds() -> None:
    texts = [" ".join(f"Item{n % 9}{i} of {OFFICE if i % 7 else CALM}" for i in range(12)) for n in range(160)]
    with bounded(40):
        assert len(novelties(chain(*texts))) == 160

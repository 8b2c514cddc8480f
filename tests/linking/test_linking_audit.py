from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import bounded
from reaffirm.linking.audit import Primary, audit, quotations, shelve
from reaffirm.linking.concordance import concordance, form, key, worded
from reaffirm.linking.fragments import fragments, pieces
from reaffirm.model import Span
from reaffirm.sequels import Quoted, Verdict
from reaffirm.text import prove

OUTPUT = (
    "The ministers of Veldania and Ostmark reaffirmed their commitment to a free and open Brack Strait. They “agreed to open three\n"
    "ports” to grain ships before the winter, and they opposed any unilateral attempt to close the lighthouse at Brack. The\n"
    "ministers will meet again in the spring; the joint office will look after pilots, quays and repairs [of both shores]."
)
OLDER = "Two years ago the ministers of Veldania and Ostmark deplored the seizure of four trawlers and asked for patience on both shores."
GIST = "Minister Harl: We share the vision of calm waters, and we told Ostmark that the old tolls must be lifted before the harvest."
PRIMARIES = (Primary("output", "output", OUTPUT), Primary("older", "output", OLDER), Primary("gist", "gist", GIST))
SHELF = shelve(PRIMARIES)
TEXTS = {p.document: p.text for p in PRIMARIES}


def quoted(text: str, *named: str) -> Quoted:
    return Quoted(Span("article", 0, len(text), text), named)


def verdict(text: str, *named: str) -> Verdict:
    (found,) = audit([quoted(text, *named)], SHELF)
    for span in (*found.standing, *(c.standing for c in found.changes if c.standing)):
        prove(TEXTS[span.document], [span])
    prove(text, [c.quoted for c in found.changes if c.quoted])
    return found


def changes(found: Verdict) -> list[tuple[str, str | None, str | None]]:
    return [(c.kind, c.quoted.exact if c.quoted else None, c.standing.exact if c.standing else None) for c in found.changes]


@pytest.mark.parametrize(
    "text",
    [
        "a free and open Brack Strait",
        "A free and open Brack Strait.",
        "they opposed any unilateral attempt to close the lighthouse,",
        "agreed to open three ports to grain ships",
        "'agreed to open\nthree ports' to grain ships",
        "look after pilots, quays and repairs [of both shores]",
        "... will look after pilots, quays and repairs ...",
    ],
)
def test_marks_breaks_first_letter_and_stop_alter_nothing(text: str) -> None:
    found = verdict(text)
    assert (found.verdict, found.changes, [s.document for s in found.standing]) == ("verbatim", (), ["output"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("they opposed any joint attempt to close the lighthouse at Brack", [("replaced", "joint", "unilateral")]),
        ("they opposed any attempt to close the lighthouse at Brack", [("left out", None, "unilateral")]),
        ("they opposed any new unilateral attempt to close the lighthouse at Brack", [("added", "new", None)]),
        ("they firmly opposed any attempt to close the lighthouse", [("added", "firmly", None), ("left out", None, "unilateral")]),
        ("they opposed any Unilateral attempt to close the lighthouse", [("letter case", "Unilateral", "unilateral")]),
        ("it opposed any unilateral attempt to close the lighthouse at Brack", [("replaced", "it", "they")]),
        ("they opposed any unilateral attempt … to close the harbour at Brack", [("replaced", "harbour", "lighthouse")]),
    ],
)
def test_altered_words_are_told_on_both_sides(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    found = verdict(text)
    assert (found.verdict, changes(found)) == ("altered", expected)


def test_letter_case_alone_is_said_to_be_no_more() -> None:
    assert verdict("they opposed any Unilateral attempt to close").notes == ("differs in letter case alone",)


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("agreed to open ... ports” to grain ships", ["agreed to open", "ports” to grain ships"]),
        ("The ministers of Veldania [...] reaffirmed their commitment", ["The ministers of Veldania", "reaffirmed their commitment"]),
        ("will meet again … will look after pilots", ["will meet again", "will look after pilots"]),
    ],
)
def test_an_ellipsis_stands_for_words_left_out(text: str, standing: list[str]) -> None:
    found = verdict(text)
    assert (found.verdict, [s.exact for s in found.standing], found.changes) == ("elided", standing, ())


@pytest.mark.parametrize(
    "text",
    [
        "they [both governments] opposed any unilateral attempt",
        "[the two states] opposed any unilateral attempt to close",
        "[T]hey opposed any unilateral attempt",
        "[they] oppos[ed] any unilateral attempt to close the lighthouse",
        "[The office] … will look after pilots, quays and repairs",
    ],
)
def test_an_editors_insertion_is_no_alteration(text: str) -> None:
    found = verdict(text)
    assert (found.verdict, found.changes) == ("bracketed", ())


def test_a_note_of_care_is_no_insertion() -> None:
    assert verdict("they opposed any unilateral [sic] attempt to close").verdict == "verbatim"


def test_letters_in_brackets_do_not_hide_the_rest_of_the_word() -> None:
    assert verdict("[T]heirs opposed any unilateral attempt to close the lighthouse").verdict == "altered"
    assert verdict("[they] obtain[ed] any unilateral attempt to close the lighthouse").verdict == "altered"


def test_a_single_letter_in_brackets_is_an_insertion_where_the_source_has_none() -> None:
    assert verdict("[A] free and open Brack Strait").verdict == "bracketed"


def test_one_altered_side_of_a_cut_is_told() -> None:
    found = verdict("reaffirmed their promise to a free and open Brack Strait … they opposed any joint attempt to close the lighthouse")
    assert (found.verdict, changes(found)) == ("altered", [("replaced", "promise", "commitment"), ("replaced", "joint", "unilateral")])
    assert len(found.standing) == 2


def test_a_bracket_does_not_hide_a_changed_word() -> None:
    found = verdict("they [all] opposed any joint attempt to close the lighthouse at Brack")
    assert (found.verdict, changes(found)) == ("altered", [("replaced", "joint", "unilateral")])


def test_words_of_another_document_than_the_one_named() -> None:
    text = "deplored the seizure of four trawlers"
    assert verdict(text).verdict == "verbatim"
    assert verdict(text, "older").verdict == "verbatim"
    found = verdict(text, "output")
    assert (found.verdict, found.standing[0].document) == ("from another document", "older")


def test_the_document_named_comes_before_others_and_others_are_told() -> None:
    found = verdict("the ministers of Veldania and Ostmark", "older")
    assert (found.verdict, found.standing[0].document, found.others) == ("verbatim", "older", ("output",))


def test_quoting_a_gist_is_quoting_a_paraphrase() -> None:
    found = verdict("the old tolls must be lifted before the harvest")
    assert (found.verdict, found.paraphrase, found.notes) == ("verbatim", True, ("quotes a gist, which is a paraphrase",))
    assert not verdict("the ministers of Veldania and Ostmark").paraphrase


def test_words_that_stand_nowhere_are_not_found() -> None:
    found = verdict("we shall never again speak of herring in this house")
    assert (found.verdict, found.standing, found.short, found.weight) == ("not found", (), False, 1.0)


@pytest.mark.parametrize(("text", "expected"), [("free and open", "verbatim"), ("harbour first", "not found")])
def test_too_few_words_to_tell(text: str, expected: str) -> None:
    found = verdict(text)
    assert (found.verdict, found.short, found.weight) == (expected, True, 0.2)
    assert any("too few words to tell" in note for note in found.notes)


def test_a_word_cut_at_a_line_end_is_the_same_word() -> None:
    (found,) = audit([quoted("they wished for closer cooperation on all the northern ferries")], [
        Primary("a", "remarks", "Indeed they wished for closer co-\noperation on all the northern ferries and more."),
    ])  # fmt: skip
    assert (found.verdict, found.changes) == ("verbatim", ())


def test_apostrophes_and_possessives_count() -> None:
    (found,) = audit([quoted("we knew that its harbour was closed to all grain ships")], [
        Primary("a", "remarks", "Then we knew that it’s harbour was closed to all grain ships of the north."),
    ])  # fmt: skip
    assert (found.verdict, changes(found)) == ("altered", [("replaced", "its", "it’s")])


def test_a_document_is_not_its_own_source() -> None:
    article = "He spoke of “a lantern on every quay of the old town” and sat down."
    (found,) = audit(quotations("article", article), [Primary("article", "remarks", article)])
    assert found.verdict == "not found"


def test_furniture_is_neither_quoted_nor_a_source() -> None:
    text = "They agreed to open three\nVeldania News, page 4\nports to grain ships.\n\n“Subscribe now”"
    cut = text.index("Veldania News")
    extents = ((0, cut), (text.index("ports"), text.index("\n\n")))
    (found,) = audit([quoted("agreed to open three ports to grain ships")], [Primary("a", "output", text, extents)])
    assert (found.verdict, [s.exact for s in found.standing]) == ("verbatim", ["agreed to open three", "ports to grain ships"])
    assert quotations("a", text, extents) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “the ‘old’ tolls” then.", ["the ‘old’ tolls", "old"]),
        ('It was "no threat", the minister\'s aide said.', ["no threat"]),
        ("«Calme plat», said „der Hafen“ and “a “calm” sea”.", ["Calme plat", "der Hafen", "a “calm” sea", "calm"]),
        ("the ministers’ “first\nword”", ["first\nword"]),
        ("“First paragraph.\n\n“Second paragraph.”", ["First paragraph.", "Second paragraph."]),
        ("``typed''  and ''wired''", ["typed", "wired"]),
        ("the ministers' harbour isn't the envoys' quay", []),
        ('“…” and ""', []),
    ],
)
def test_fragments(text: str, expected: list[str]) -> None:
    assert [text[f.start : f.end] for f in fragments(text)] == expected


def test_pieces_are_cut_at_gaps_and_insertions() -> None:
    text = "… we will [the two] stand … by [sic] them [...]"
    found = pieces(text, 0, len(text))
    told = [(" ".join(text[a:b] for a, b in p.words), p.gap, p.inserted) for p in found.pieces]
    assert told == [("we will", False, False), ("stand", False, True), ("by", True, False), ("them", False, False)]
    assert found.inserted


@pytest.mark.parametrize(
    ("word", "expected"),
    [("U.S.", "US"), ("5,000", "5000"), ("it’s", "it's"), ("har\u00adbour", "harbour"), ("ﬁrm", "firm")],
)
def test_forms(word: str, expected: str) -> None:
    assert (form(word), key(word)) == (expected, expected.casefold())


WORDS = st.sampled_from(["harbour", "grain", "ships", "open", "strait", "Brack", "the", "a", "of", "and", "to", "we", "not", "12", "5,000"])
GLUE = st.sampled_from([" ", " ", " ", ", ", ". ", "\n", " “", "” ", " – ", "... ", " [", "] ", "’ "])


@st.composite
def _primary(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.tuples(WORDS, GLUE), min_size=8, max_size=60))
    return "".join(word + glue for word, glue in parts)


@settings(max_examples=150, deadline=None)
@given(_primary(), st.data())
def test_words_of_a_text_are_always_verbatim_and_never_with_one_changed(text: str, data: st.DataObject) -> None:
    words = worded(text)
    low = data.draw(st.integers(0, len(words.keys) - 4))
    high = data.draw(st.integers(low + 4, len(words.keys)))
    shelf = shelve([Primary("a", "remarks", text)])
    (found,) = audit([quoted(words.words(low, high))], shelf)
    assert (found.verdict, found.changes) == ("verbatim", ())
    n = data.draw(st.integers(low, high - 1))
    start, end = words.starts[low], words.ends[high - 1]
    other = text[start : words.starts[n]] + data.draw(st.sampled_from(["zephyr", "Oblast", "77"])) + text[words.ends[n] : end]
    (found,) = audit([quoted(other)], shelf)
    assert found.verdict in {"altered", "not found", "bracketed"}
    assert found.verdict != "bracketed" or "[" in other


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from([" … ", " [...] ", " ... [he said] ", " [they] "]))
def test_a_cut_never_hides_a_changed_word(data: st.DataObject, joint: str) -> None:
    drawn = data.draw(st.lists(st.sampled_from(["salt", "nets", "quay", "tolls"]), min_size=12, max_size=60))
    source = [f"{word}{n}" for n, word in enumerate(drawn)]
    first, second, third, last = sorted(data.draw(st.lists(st.integers(0, len(source)), min_size=4, max_size=4, unique=True)))
    kept = [source[first:second], source[third:last]]
    side = data.draw(st.integers(0, 1))
    kept[side][data.draw(st.integers(0, len(kept[side]) - 1))] = "zephyr"
    (found,) = audit([quoted(joint.join(" ".join(words) for words in kept))], [Primary("a", "remarks", " ".join(source))])
    assert found.verdict in {"altered", "not found"}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab .,“”\"'‘’«»„[]…\n", max_size=80), st.text(alphabet="ab .[]…", max_size=60))
def test_nothing_raises(text: str, source: str) -> None:
    for found in audit(quotations("a", text), [Primary("b", "gist", source)]):
        prove(text, [found.quotation.span])
        prove(source, found.standing)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=12), max_size=4), st.lists(st.sampled_from("abcde"), min_size=1, max_size=4))
def test_a_concordance_finds_each_run_where_it_stands(texts: list[list[str]], run: list[str]) -> None:
    known = concordance([worded(" ".join(words)) for words in texts])
    expected = [
        (n, i) for n, words in enumerate(texts) for i in range(len(words) - len(run) + 1) if words[i : i + len(run)] == run
    ]
    places = known.occurrences(known.numbered(run))
    assert [(known.text_at(int(p)), int(p) - int(known.firsts[known.text_at(int(p))])) for p in places] == expected


def test_a_shelf_without_texts_finds_nothing() -> None:
    assert audit([quoted("agreed to open three ports")], [])[0].verdict == "not found"
    assert audit([quoted("agreed to open three ports")], [Primary("a", "output", "")])[0].verdict == "not found"


def test_a_thousand_documents_take_seconds() -> None:
    texts = [f"Speech {n}. " + " ".join(f"word{(n * 7 + i * i) % 997} and the" for i in range(300)) for n in range(1000)]
    with bounded(20):
        shelf = shelve(Primary(str(n), "remarks", text) for n, text in enumerate(texts))
        asked = [quoted(" ".join(text.split()[20:32]).replace("the", "its", 1)) for text in texts[:50]]
        assert {found.verdict for found in audit(asked, shelf)} == {"altered"}

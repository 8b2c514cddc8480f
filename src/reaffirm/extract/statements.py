"""Parse and packs -> the statements of one document: turns, reported speech, quotations, and their nesting.

The one public function is `statements`; what counts as a statement is settled in the annotation guidelines after PARC 3.0
and PolNeAR (docs/guidelines.md). `read_text` reads a bare text, for packs' examples and for trying things out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.extract import quoting
from reaffirm.extract.acts import denies, force
from reaffirm.extract.addressees import addressee
from reaffirm.extract.adverbials import adverbials
from reaffirm.extract.drafts import Draft, drafts
from reaffirm.extract.evidentials import evidentials
from reaffirm.extract.factuality import settled
from reaffirm.extract.feelings import feelings
from reaffirm.extract.headlines import headlines
from reaffirm.extract.lexicon import lexicon
from reaffirm.extract.nominals import nominals
from reaffirm.extract.quotes import Quotation, quotations
from reaffirm.language.parse import parse
from reaffirm.model import Block, Card, Document, Field, Span, Statement, row_id
from reaffirm.text import text_sha256, trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Parse, Sentence
    from reaffirm.model import Directness, Factuality
    from reaffirm.packs import Packs

OPINION = frozenset({"editorial", "analysis"})
FIRST_PERSON = re.compile(r"(?:i|we|us|our|ours|my)", re.IGNORECASE)
PLURAL = re.compile(r"we(?: (?:all|both|also))?", re.IGNORECASE)
PRONOUN = re.compile(r"(?:it|they|he|she|who|we|i|its|their|his|her|our|my)", re.IGNORECASE)
JOINT = "joint statement"
LONGEST = 20_000  # code points of a paragraph whose quotations and cues are matched together
CELL = 2_000  # code points of a cell in the index of statements by place
EARLIER = re.compile(r"(?:had|having) ", re.IGNORECASE)  # an act of its own, done before it was told ("that they had pledged")
PLEDGE = 3


def statements(document: Document, parsed: Parse, packs: Packs) -> tuple[Statement, ...]:
    """The statements of a document in order of place, turns first where they begin alike, nested ones linked."""
    lex = lexicon(packs)
    rows: dict[int, list[Statement]] = {}
    for n, row in _turns(document):
        rows.setdefault(n, []).append(row)
    for n, part, sentences in _paragraphs(parsed):
        rows.setdefault(n, []).extend(_paragraph(document, document.blocks[n], part, sentences, lex))
    every = (row for n in sorted(rows) for row in _nested(_unique(rows[n]), lex, packs))  # nesting never leaves a block
    return tuple(_weighed(row, document.text, packs) for row in every)


def read_text(text: str, packs: Packs) -> tuple[Statement, ...]:
    """The statements of a bare text taken as one paragraph of a news report."""
    extent = trim(text, 0, len(text))
    block = Block("paragraph", *extent, (extent,))
    card = Card(genre=Field("news report", "stated"))
    document = Document("D-text", "", text, text_sha256(text), "text", blocks=(block,), card=card)
    return statements(document, parse(document), packs)


def _weighed(row: Statement, text: str, packs: Packs) -> Statement:
    weight = force(row, text, packs)
    return replace(row, act=weight.act, strength=weight.strength, addressee=addressee(row, text, packs))


def turns(document: Document) -> Iterator[Statement]:
    """The turns of a document as statements, in order of place."""
    return (row for _, row in _turns(document))


def _turns(document: Document) -> Iterator[tuple[int, Statement]]:
    for n, block in enumerate(document.blocks):
        if block.kind != "turn" or block.label is None:
            continue
        label = block.label
        source = document.span(label.start, label.end, "source")
        cue = document.span(label.cue_start, label.cue_end, "cue") if label.cue_end > label.cue_start else None
        content = (document.span(block.parts[0][0], block.parts[-1][1], "content"),)
        if content[0].exact:
            yield n, Statement(_id(document, content, cue), document.id, source, cue, content, "turn", rule="turn.label")


def _paragraphs(parsed: Parse) -> Iterator[tuple[int, int, list[Sentence]]]:
    """The sentences by block and paragraph, in order."""
    group: list[Sentence] = []
    for sentence in parsed:
        if group and ((group[0].block, group[0].part) != (sentence.block, sentence.part) or _long(group[0].start, group[-1].end)):
            yield group[0].block, group[0].part, group
            group = []
        group.append(sentence)
    if group:
        yield group[0].block, group[0].part, group


def _long(start: int, end: int) -> bool:
    """Whether a paragraph is cut here: what stands further apart in it has nothing to do with each other, and time stays linear."""
    return end - start > LONGEST


def _paragraph(document: Document, block: Block, part: int, sentences: list[Sentence], lex: Lexicon) -> Iterator[Statement]:
    whole = block.parts[part]
    marks = quotations(document.text, *(whole if not _long(*whole) else (sentences[0].start, sentences[-1].end)))
    found: list[Draft] = []
    for sentence in sentences:
        found += _sentence(sentence, lex)
    found = [quoting.fit(draft, marks, document.text) for draft in found]
    found += quoting.cued(sentences, marks, found, lex)
    found = quoting.continued(found, marks, document.text)
    for draft in _sifted(document, block, found, marks, lex):
        yield _row(document, draft, marks, lex)


def _sentence(sentence: Sentence, lex: Lexicon) -> list[Draft]:
    """The drafts of all readers of one sentence; verbs win over nouns that they contain."""
    verbs = [*drafts(sentence, lex), *adverbials(sentence, lex), *headlines(sentence, lex)]
    for more in (evidentials(sentence, lex), feelings(sentence, lex), nominals(sentence, lex)):
        verbs += [d for d in more if not any(_same_cue(d, v) for v in verbs)]
    return [settled(sentence, draft) for draft in verbs]


def _same_cue(a: Draft, b: Draft) -> bool:
    return a.cue is not None and b.cue is not None and a.cue[0] < b.cue[1] and b.cue[0] < a.cue[1]


def _sifted(document: Document, block: Block, found: list[Draft], marks: list[Quotation], lex: Lexicon) -> Iterator[Draft]:
    """The drafts that count in this kind of text: first persons in turns and editorials have rules of their own."""
    opinion = document.card.genre.value in OPINION
    for draft in found:
        quoted = draft.cue is not None and any(q.holds(*draft.cue) for q in marks)
        source = document.text[slice(*draft.source)] if draft.source else ""
        first = FIRST_PERSON.fullmatch(source) is not None
        joint = draft.verb is not None and draft.verb.joint and PLURAL.fullmatch(source) is not None
        if (block.kind == "turn" or quoted) and first and not joint:
            continue
        if opinion and first and not quoted and not (draft.verb and draft.verb.authorial):
            continue
        if draft.agentless and draft.verb and draft.verb.agentless == "authorial" and not opinion:
            continue
        if block.kind == "turn" and not quoted and _of_state(draft, source, lex):
            continue
        yield draft


def _of_state(draft: Draft, source: str, lex: Lexicon) -> bool:
    """Whether a speaker only tells what a state wants or does ("Peru is considering ..."): no saying that he reports."""
    saying = draft.verb is None or draft.verb.joint or "quote" in draft.verb.frames
    return not saying and re.sub(r"^the ", "", source.casefold()) in lex.states


def _row(document: Document, draft: Draft, marks: list[Quotation], lex: Lexicon) -> Statement:
    content = tuple(document.span(*balanced(document.text, a, b), "content") for a, b in draft.content)
    cue = document.span(*draft.cue, "cue") if draft.cue else None
    source = document.span(*balanced(document.text, *draft.source), "source") if draft.source else None
    directness = _directness(document, draft, marks, source)
    quoted_from = _quoted_from(source, lex) if directness in {"direct", "mixed"} else None
    return Statement(
        _id(document, content, cue), document.id, source, cue, content, directness, draft.factuality,
        quoted_from=quoted_from, rule=draft.rule, entry=draft.entry, rejected=draft.rejected,
    )  # fmt: skip


def _quoted_from(source: Span | None, lex: Lexicon) -> str | None:
    """`joint statement` where the source is a text of that kind, so that its quoted words can be looked up there."""
    words = (source.exact if source else "").casefold()
    named = any(re.search(rf"\b{re.escape(form)}\b", words) for form, text in lex.texts.items() if text.genre == JOINT)
    return JOINT if named else None


def balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The extent with the bracket that it leaves open or unopened, where that stands directly beside it."""
    for opening, closing in ("[]", "()"):
        inside = text[start:end]
        if inside.count(opening) > inside.count(closing) and text[end : end + 1] == closing:
            end += 1
        if inside.count(closing) > inside.count(opening) and text[start - 1 : start] == opening:
            start -= 1
    return start, end


def _directness(document: Document, draft: Draft, marks: list[Quotation], source: Span | None) -> Directness:
    if draft.rule == "quote.possessive":
        return "scare"
    if document.card.genre.value in OPINION and not any(draft.cue and q.holds(*draft.cue) for q in marks):
        if source and FIRST_PERSON.fullmatch(source.exact):
            return "authorial"
        if draft.agentless and draft.factuality != "hearsay":
            return "authorial"
    return quoting.directness(draft, marks, document.text)


def _id(document: Document, content: tuple[Span, ...], cue: Span | None) -> str:
    return row_id("statement", document.id, content, cue)


def _unique(rows: Iterable[Statement]) -> list[Statement]:
    """The rows in order of place, each id once."""
    found = {row.id: row for row in reversed(list(rows))}
    return sorted(found.values(), key=lambda r: (r.content[0].start, r.directness != "turn", -r.content[-1].end, r.id))


def _nested(rows: list[Statement], lex: Lexicon, packs: Packs) -> tuple[Statement, ...]:
    """The rows with the smallest statement around each as its parent; attitudes that a speaker has in his own words go."""
    kept: list[Statement] = []
    near: dict[int, list[Statement]] = {}  # by cells of text, so that a long block takes time in proportion to its length
    for row in sorted(rows, key=lambda r: (r.content[0].start - r.content[-1].end, r.content[0].start)):
        parent = _parent(row, near.get((row.cue or row.content[0]).start // CELL, []))
        if parent is not None and _own_attitude(row, parent, lex):
            continue
        kept.append(replace(row, nested_in=parent.id, factuality=_within(row, parent, packs)) if parent else row)
        for cell in range(row.content[0].start // CELL, row.content[-1].end // CELL + 1):
            near.setdefault(cell, []).append(kept[-1])
    return tuple(sorted(kept, key=lambda r: (r.content[0].start, r.directness != "turn", -r.content[-1].end, r.id)))


def _within(row: Statement, parent: Statement, packs: Packs) -> Factuality:
    """The factuality of a statement inside another: hearsay stays hearsay, and what is denied as said counts as denied."""
    if parent.factuality == "hearsay" and row.directness != "turn":
        return "hearsay"
    return "denied" if row.factuality == "plain" and denies(parent, row, packs) else row.factuality


def _parent(row: Statement, around: list[Statement]) -> Statement | None:
    """The smallest statement, of those already kept, in whose content the row's cue (or content) lies."""
    inner = row.cue or row.content[0]
    holds = [
        other for other in around
        if any(c.start <= inner.start and inner.end <= c.end for c in other.content)
        and not (other.cue and row.cue and other.cue.start == row.cue.start)
    ]  # fmt: skip
    return min(holds, key=lambda o: o.content[-1].end - o.content[0].start, default=None)


def _own_attitude(row: Statement, parent: Statement, lex: Lexicon) -> bool:
    """Whether the row only repeats the parent's speaker with an attitude of his own (GUIDELINES 4.7)."""
    if parent.directness == "turn" or row.source is None or not PRONOUN.fullmatch(row.source.exact):
        return False
    verb = next((v for vs in lex.verbs.values() for v in vs if row.entry and v.id == row.entry.entry), None)
    earlier = row.cue is not None and EARLIER.match(row.cue.exact) is not None and parent.source is not None
    return not (verb and (verb.joint or (earlier and verb.force >= PLEDGE)))

"""Drafts and quotations: whose words stand in the marks, how much of a content is quoted, where it runs on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.extract.drafts import UNREAL, Draft
from reaffirm.extract.groups import RELATIVES, group, phrase, subject
from reaffirm.model import PackEntry
from reaffirm.text import trim

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reaffirm.extract.groups import Extent
    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.extract.quotes import Quotation
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.model import Directness

# at most "told reporters on Monday." before the next quotation; the stop of an initial ends nothing
ADDRESSEE = re.compile(r"[\s.,—–-]*|(?:[^.!?:;“”\"]|(?<=\b[A-Z])\.){0,160}[.!?]\s*")
WORDS = 2  # a shorter quotation is a term, unless a text or a possessive owns it
BESIDE = 25  # code points that may stand between ("told reporters on Monday")
NEAR = 60  # code points between a quotation and its cue verb


def fit(draft: Draft, marks: list[Quotation], text: str) -> Draft:
    """The draft with its content drawn to the quotations it touches: taken whole, or, for a cue inside one, kept inside."""
    if draft.cue is None:
        return draft
    inside = next((q for q in marks if q.holds(*draft.cue)), None)
    if inside:
        bounds = inside.inside
        content = tuple(
            trim(text, max(a, bounds[0]), min(b, bounds[1]), ",;:.") for a, b in draft.content if a < bounds[1] and b > bounds[0]
        )
    else:
        content = tuple(_whole(extent, draft, marks, text) for extent in draft.content)
    return replace(draft, content=_merged(content, text)) if any(a < b for a, b in content) else draft


def _whole(extent: Extent, draft: Draft, marks: list[Quotation], text: str) -> Extent:
    """The extent grown over each quotation that it enters, unless cue or source lie there."""
    start, end = extent
    for q in marks:
        touches = start < q.end and q.start < end
        others = [e for e in (draft.cue, draft.source) if e and e[0] < q.end and q.start < e[1]]
        if touches and not others:
            start, end = min(start, q.start), max(end, q.end)
    return trim(text, start, end, ",;:")


def _merged(extents: Iterable[Extent], text: str) -> tuple[Extent, ...]:
    """The extents in order, those that overlap or touch made one."""
    out: list[Extent] = []
    for start, end in sorted(e for e in extents if e[0] < e[1]):
        if (out and not text[out[-1][1] : start].strip(" ,")) or (out and start < out[-1][1]):
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return tuple(out)


def cued(sentences: list[Sentence], marks: list[Quotation], found: list[Draft], lex: Lexicon) -> Iterator[Draft]:
    """Drafts for the quotations that no draft holds yet, from a cue verb that stands beside them."""
    for q in marks:
        held = any(a < q.end and q.start < b for d in found for a, b in d.content)
        inside = any(d.cue and q.holds(*d.cue) for d in found)
        if (held and not inside) or any(a < q.end and q.start < b and b - a > q.end - q.start for d in found for a, b in d.content):
            continue
        draft = _possessive(sentences, q) or _beside(sentences, q, lex) or _text(sentences, q, lex)
        if draft and not any(d.cue and d.cue == draft.cue for d in found):
            yield draft


def _beside(sentences: list[Sentence], q: Quotation, lex: Lexicon) -> Draft | None:
    """The draft of the nearest verb that takes quotations, in a sentence that the quotation touches or precedes."""
    candidates = []
    for sentence in sentences:
        if sentence.end < q.start - NEAR or sentence.start > q.end + NEAR:
            continue
        for token in sentence.tokens:
            gap = q.start - token.end if token.end <= q.start else token.start - q.end
            if token.tag[:2] == "VB" and 0 <= gap <= NEAR:
                candidates.append((gap, token.i, sentence, token))
    for _gap, _i, sentence, token in sorted(candidates, key=lambda c: c[:2]):
        draft = _quoting(sentence, token, q, lex)
        if draft:
            return draft
    return None


def _quoting(sentence: Sentence, token: Token, q: Quotation, lex: Lexicon) -> Draft | None:
    for entry, core in lex.entries(sentence, token):
        cue = group(sentence, token, core, entry, lex)
        head = subject(sentence, cue.finite)
        modals = {t.text.casefold() for t in sentence.kids(cue.finite.i, "aux")}
        if "quote" not in entry.frames or head is None or head.tag in RELATIVES or modals & UNREAL or q.holds(head.start, head.end):
            continue
        extent = sentence.tokens[min(cue.first, token.i)].start, sentence.tokens[cue.last].end
        source = phrase(sentence, head)
        if min(abs(q.start - max(extent[1], source[1])), abs(min(extent[0], source[0]) - q.end)) > BESIDE:
            continue
        return Draft(source, extent, ((q.start, q.end),), "quote.beside", PackEntry("verbs", entry.id), entry)
    return None


def _possessive(sentences: list[Sentence], q: Quotation) -> Draft | None:
    """A slogan that a possessive owns ("the old government's “harbour first”"): a source without a cue."""
    for sentence in sentences:
        for token in sentence.tokens:
            if token.tag == "POS" and 0 <= q.start - token.end <= 1:
                owner = sentence.tokens[token.head]
                start, end = phrase(sentence, owner)
                return Draft((start, max(end, token.end)), None, ((q.start, q.end),), "quote.possessive", None)
    return None


def _text(sentences: list[Sentence], q: Quotation, lex: Lexicon) -> Draft | None:
    """The words of a text that is named directly before them (the statement “...”): a source without a cue."""
    for sentence in sentences:
        for token in sentence.tokens:
            if 0 <= q.start - token.end <= 1 and token.tag in {"NN", "NNS"} and token.lemma in lex.texts:
                first = min(i for i in sentence.below(token.i) if i <= token.i)
                return Draft((sentence.tokens[first].start, token.end), None, ((q.start, q.end),), "quote.text", None)
    return None


def continued(found: list[Draft], marks: list[Quotation], text: str) -> list[Draft]:
    """The drafts with quotations that run on behind them added: “A,” she said. “B.”."""
    free = [q for q in marks if not any(a < q.end and q.start < b for d in found if not _spoken(d, q) for a, b in d.content)]
    out = []
    for draft in sorted(found, key=lambda d: d.low):
        extra = []
        edge = max(draft.high, *(e[1] for e in (draft.cue, draft.source) if e), 0)
        for q in free:
            whole = len(text[q.start : q.end].split()) > WORDS
            if quoted(draft, marks) and whole and q.start >= edge and ADDRESSEE.fullmatch(text[edge : q.start]):
                extra.append((q.start, q.end))
                edge = q.end
        free = [q for q in free if (q.start, q.end) not in extra]
        out.append(replace(draft, content=(*draft.content, *extra)) if extra else draft)
    return out


def _spoken(draft: Draft, q: Quotation) -> bool:
    """Whether the draft reads words inside the quotation, which say nothing of who speaks them."""
    return draft.cue is not None and q.holds(*draft.cue)


def quoted(draft: Draft, marks: list[Quotation]) -> bool:
    """Whether all of the draft's content stands in quotation marks."""
    return all(any(q.holds(a, b) for q in marks) for a, b in draft.content)


def directness(draft: Draft, marks: list[Quotation], text: str) -> Directness:
    """direct, mixed or indirect, by how much of the content outside any quotation around it is quoted."""
    around = [q for q in marks if draft.cue and q.holds(*draft.cue)]
    inner = [q for q in marks if q not in around]
    if quoted(draft, inner) and inner:
        return "direct"
    touching = [q for q in inner if any(a <= q.start and q.end <= b for a, b in draft.content)]
    long_enough = [q for q in touching if len(text[q.start : q.end].split()) >= WORDS]
    return "mixed" if long_enough else "indirect"

"""A document's genre: what its words state, else what its voice and layout suggest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.model import UNKNOWN, Field, MetaField, PackEntry, Receipt
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import Document, Evidence
    from reaffirm.packs import GenreRule, Packs

ORDER = ("header", "title", "meta", "lead", "url", "source")
DEONTIC = re.compile(
    r"\b(?:must|should|ought to|needs? to|(?:is|are) (?:urged|called|called on|called upon) to|it is (?:\w+ )?"
    r"(?:important|essential|necessary|vital|crucial|regrettable|unfortunate|hoped|significant|imperative))\b",
    re.IGNORECASE,
)
REPORTED = re.compile(r"\b(?:said|told|according to|announced|reported|added|says)\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
REASONED = re.compile(
    r"\b(?:first|second|third) (?:point|reason|is)|\bin other words\b|\bmay (?:highlight|serve|be)\b|\bon the other hand\b"
    r"|\bin (?:this|that) sense\b|\bhowever\b",
    re.IGNORECASE,
)
SPOKEN = re.compile(
    r"\b(?:Mr\.?|Madam|Mister)\s+(?:President|Chair\w*|Secretary-General|Speaker)\b|\bladies\s+and\s+gentlemen\b|\bexcellenc(?:y|ies)\b"
    r"|\bdistinguished\s+(?:delegates|guests|colleagues)|\bthank\s+you\b|\bdear\s+(?:friends|colleagues)"
    r"|\bmy\s+(?:own\s+)?(?:country|government|delegation|people|fellow)\b|\b(?:I|we)\s+(?:(?:would\s+like|wish)\s+to\s+)?congratulat",
    re.IGNORECASE,
)
FIRST = re.compile(r"\b(?:I|my|we|our)\b")
BYLINE = re.compile(r"by [A-Z]", re.IGNORECASE)
NORMATIVE = 0.10  # sentences of the writer's own that ask for something, above which a text is an editorial
REPORTING = 0.12  # sentences that report somebody's words, above which a text is news
OWN = 0.02  # share of I, my, we, our among the words, above which somebody is speaking for himself
LEAD = 600


def genre(document: Document, packs: Packs) -> Field:
    """The genre with its evidence: a person's table, words that state it, turns, words or a voice that suggest it."""
    table = next((f for f in document.metadata if f.key == "table:genre" and f.value.strip()), None)
    if table:
        return Field(table.value.strip(), "metadata", (MetaField("meta:genre", table.value),))
    stated = _ruled(document, packs, "stated")
    if stated.value:
        return stated
    turns = [b for b in document.blocks if b.kind == "turn"]
    if len(turns) >= 2:
        return Field("press-conference transcript", "inferred", (document.span(turns[0].start, turns[0].parts[0][0]),))
    voice = _voice(document)
    return voice if voice.value in {"editorial", "remarks"} else _first(_ruled(document, packs, "inferred"), voice)


def authority(kind: Field, packs: Packs) -> Field:
    """The authority that goes with a genre: official text or paraphrase, press, or opinion."""
    entry = next((e.entry for e in kind.evidence if isinstance(e, PackEntry)), None)
    rules = [r for r in packs.genres if r.genre == kind.value and entry in {r.id, None}] or [
        r for r in packs.genres if r.genre == kind.value
    ]
    return Field(rules[0].authority, "inferred", (PackEntry("genres", rules[0].id),)) if rules else UNKNOWN


def _first(*found: Field) -> Field:
    return next((field for field in found if field.value), UNKNOWN)


def _ruled(document: Document, packs: Packs, basis: str) -> Field:
    """The genre of the first rule of that basis that fits, in the order of places."""
    zones = list(_zones(document))
    for where in ORDER:
        for rule in packs.genres:
            if rule.where != where or rule.basis != basis:
                continue
            for text, evidence in (zone[1:] for zone in zones if zone[0] == where):
                if found := _fits(rule, text, evidence, document):
                    return found
    return UNKNOWN


def _fits(rule: GenreRule, text: str, evidence: int | MetaField, document: Document) -> Field | None:
    m = rule.pattern.search(fold(text, lines=True))
    if m is None:
        return None
    proof: Evidence = (
        evidence if isinstance(evidence, MetaField) else document.span(evidence + m.start(), evidence + max(m.end(), m.start() + 1))
    )
    return Field(rule.genre, rule.basis, (proof, PackEntry("genres", rule.id)))


def _zones(document: Document) -> Iterator[tuple[str, str, int | MetaField]]:
    """Where rules look: (place, text, offset or metadata field)."""
    yield from _printed(document)
    for field in document.metadata:
        yield "meta", f"{field.key.rpartition('.')[2].removeprefix('meta:')}={field.value} {field.key}", field
        if field.key == "table:title":  # a title that a person's table gives counts like a printed one
            yield "title", field.value[:LEAD], field
        if field.key in {"link:canonical", "meta:og:url", "table:url"}:
            yield "url", field.value, field
        if field.key in {"worldjpn:source", "meta:og:site_name", "table:publisher"} or field.key.endswith(".publisher"):
            yield "source", field.value, field


def _printed(document: Document) -> Iterator[tuple[str, str, int | MetaField]]:
    """The title, short lines at the head (a site's labels count as metadata: no evidence lies in furniture), notes and opening."""
    text = document.text
    for block in document.blocks:
        if block.kind in {"title", "note"}:
            yield "title" if block.kind == "title" else "lead", text[block.start : block.end][:LEAD], block.start
    for block in document.blocks[:5]:
        words = text[block.start : block.end]
        if block.kind != "title" and len(words) < 80:
            yield "header", words, block.start if block.kind != "furniture" else MetaField("furniture", words)
    body = next((b for b in document.blocks if b.kind in {"paragraph", "turn", "list item"}), None)
    if body:
        yield "lead", text[body.start : min(body.end, body.start + LEAD)], body.start


def _voice(document: Document) -> Field:
    """The genre that the writer's own sentences suggest: asking, reporting or reasoning."""
    body = " ".join(document.text[b.start : b.end] for b in document.blocks if b.kind == "paragraph")
    sentences = [s for s in re.split(r"(?<=[.!?”])\s+", QUOTED.sub("“”", body)) if len(s.split()) > 3]
    if len(sentences) < 3:
        return UNKNOWN
    asking = sum(bool(DEONTIC.search(s)) and not REPORTED.search(s) for s in sentences) / len(sentences)
    reporting = sum(bool(REPORTED.search(s)) for s in sentences) / len(sentences)
    receipt = Receipt(f"{len(sentences)} sentences: {asking:.2f} ask, {reporting:.2f} report")
    first = len(FIRST.findall(QUOTED.sub("", body)))
    if (len(SPOKEN.findall(body)) >= 2 and first >= 5) or first >= OWN * len(body.split()):
        return Field("remarks", "inferred", (receipt,))
    if asking >= NORMATIVE and reporting < 2 * REPORTING:
        return Field("editorial", "inferred", (receipt,))
    if reporting >= REPORTING:
        return Field("news report", "inferred", (receipt,))
    if len(REASONED.findall(body)) >= 2:
        return Field("analysis", "inferred", (receipt,))
    signed = next((b for b in document.blocks if b.kind == "note" and BYLINE.match(document.text[b.start : b.end])), None)
    return Field("analysis", "inferred", (document.span(signed.start, signed.end), receipt)) if signed else UNKNOWN

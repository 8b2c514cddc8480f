"""Where an official text undertakes without a finite verb, or through those whom it tasks.

"Ruvia to lend two tugs" as a line by itself, "Establishment of a joint board" under "Action items", "agreed on the following:" before
nouns, "we tasked our ministers to conclude the review".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.extract.commitments.undertakings import LEAD_REACH, MARKS, THEIRS, Undertaking
from reaffirm.extract.demands.actions import negated
from reaffirm.extract.groups import SUBJECTS, phrase, subject
from reaffirm.language.parse import Sentence, lemma, parse_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.commitments.bonds import Bonds
    from reaffirm.extract.commitments.undertakings import Clauses
    from reaffirm.language.parse import Token
    from reaffirm.model import Block, Document

# Lines over a list whose items are to be done.
AGENDA = re.compile(
    r"\b(?:action (?:items?|points?|list)"
    r"|(?:next|further|concrete|agreed|follow[- ]up|priority) (?:steps|actions|measures|outcomes|items|points)"
    r"|deliverables|follow[- ]up|way forward|outcomes|undertakings|work ?plan|to[- ]do)\b",
    re.IGNORECASE,
)
FOLLOWING = re.compile(
    r"\b(?P<verb>agreed|decided|committed|pledged|resolved|undertook|undertake|agree|decide|commit|pledge|resolve)\b[^.:;]{0,50}"
    r"\b(?:following|these|below)\b[^.:;]{0,40}:\s*$",
    re.IGNORECASE,
)
SHORT = 10  # words of a line that stands over a list
ENDS = frozenset({".", "!", "?", ":"})
SLATED = frozenset({"scheduled", "slated", "due"})
PREPARED = frozenset({"prepared", "ready"})  # read here where no statement is ("will review the list and is prepared to cut it")
TASKED = frozenset({"official", "speech", "turn", "other", "press"})  # places where somebody is told to act for others
DEED = re.compile(
    r"(?:ment|tion|sion|ing|ance|al|ure|age|work|change|view|visit|support|launch|study|exercise|patrols?|talks?"
    r"|meetings?)s?"
)


def of_sentence(document: Document, sentence: Sentence, reader: Clauses, place: str, *, official: bool) -> Iterator[Undertaking]:
    """What a sentence undertakes in these ways; lines and items only in an official text."""
    yield from slated(sentence, reader, place)
    yield from tasked(sentence, reader, place)
    if official:
        yield from headed(sentence, reader)
        yield from points(document, sentence, reader.bonds)


def lines(document: Document) -> Iterator[Sentence]:
    """The sentences of the headings that stand in an official text, which the parse of the document leaves out."""
    for n, block in enumerate(document.blocks):
        if block.kind == "heading" and " to " in document.text[block.start : block.end]:
            for sentence in parse_text(document.text[block.start : block.end]):
                tokens = tuple(replace(t, start=t.start + block.start, end=t.end + block.start) for t in sentence.tokens)
                yield Sentence(tokens, sentence.children, n, 0)


def headed(sentence: Sentence, reader: Clauses) -> Iterator[Undertaking]:
    """What a line without a finite verb says that somebody is to do ("Ruvia to lend two tugs")."""
    verb = sentence.root
    sign = next((t for t in sentence.kids(verb.i, "aux") if t.tag == "TO"), None)
    who = sentence.kid(verb.i, "nsubj")
    if verb.tag != "VB" or sign is None or who is None or who.i > sign.i or sentence.tokens[-1].text in ENDS:
        return
    if any(t.tag in {"VBZ", "VBP", "VBD", "MD"} for t in sentence.tokens[: verb.i]) or not reader.undertakes(sentence, who, "official"):
        return
    last = sentence.tokens[-1]
    yield Undertaking(
        sentence, (verb.start, last.end), "be to", (sign.start, sign.end), "commitment.headed", subject=phrase(sentence, who), head=verb
    )  # fmt: skip


def points(document: Document, sentence: Sentence, bonds: Bonds) -> Iterator[Undertaking]:
    """The act that an item of a list names, by a noun or a bare verb, under a line or lead that says its items are to be done."""
    block = document.blocks[sentence.block] if sentence.block < len(document.blocks) else None
    low = block.parts[sentence.part][0] if block is not None and sentence.part < len(block.parts) else sentence.start
    own = [t for t in sentence.tokens if t.start >= low]  # the parser may have read the lead with the item
    opening = next((t for t in own if t.text[0].isalpha() and t.text.casefold() not in MARKS), None)
    head = _first(own, opening) if opening else None
    if block is None or opening is None or head is None or block.kind != "list item" or sentence.kid(head.i, *SUBJECTS, "aux"):
        return
    over = _over(document, sentence.block)
    words = document.text[over.start : over.end] if over else ""
    lead = FOLLOWING.search(words, max(0, len(words) - LEAD_REACH))
    heading = len(words.split()) <= SHORT and AGENDA.search(words) is not None
    bare = head.tag in {"VB", "VBP"}
    if not (lead or heading) or not (bare or (DEED.search(head.lemma) and head.tag[:2] in {"NN", "VB"})):
        return
    said = lemma(lead["verb"].casefold(), "VBD") if lead else head.lemma
    cue = (over.start + lead.start("verb"), over.start + lead.end("verb")) if lead and over else None
    if lead and not any("act" in b.takes for b in bonds.of("verb", said)):
        return
    rule = "commitment.listed" if lead else "commitment.item"
    last = sentence.tokens[-1 if sentence.tokens[-1].text not in ENDS | {";", ","} else -2]
    yield Undertaking(sentence, (opening.start, last.end), said, cue, rule, head=head, scheduled=not bare)


def _first(own: list[Token], opening: Token) -> Token | None:
    """The verb or noun that heads the words of an item, where it is a line without a clause of its own."""
    inside = {t.i for t in own}
    tops = [t for t in own if (t.head not in inside or t.head == t.i) and t.text[0].isalpha() and t.i >= opening.i]
    root = tops[0] if tops else opening
    if root.tag in {"VBZ", "VBD", "MD"}:
        return None
    return root if root.tag[:2] == "NN" or root.i == opening.i else None


def _over(document: Document, block: int) -> Block | None:
    """The line or paragraph over a list, or the item with a colon at its end under which the list stands."""
    for n in range(block - 1, -1, -1):
        over = document.blocks[n]
        if over.kind != "list item" or document.text[over.start : over.end].endswith(":"):
            return over
    return None


def slated(sentence: Sentence, reader: Clauses, place: str) -> Iterator[Undertaking]:
    """What somebody is said to be set for ("the premier is scheduled to travel to Marn in May")."""
    for token in sentence.tokens:
        listed = SLATED | PREPARED if place in {"other", "official"} else SLATED
        verb = sentence.kid(token.i, "xcomp") if token.text.casefold() in listed and token.tag in {"VBN", "JJ"} else None
        above = sentence.tokens[token.head]
        copula = above if token.dep == "acomp" and above.lemma == "be" else sentence.kid(token.i, "auxpass")
        who = subject(sentence, above if token.dep == "acomp" else token)
        if verb is None or copula is None or copula.tag not in {"VBZ", "VBP"} or who is None or not reader.main(sentence, token):
            continue
        if negated(sentence, token) or negated(sentence, copula):
            continue
        sign = next((t for t in sentence.kids(verb.i, "aux") if t.tag == "TO"), None)
        person = who.tag in {"NNP", "NNPS"} or who.text.casefold() in {"he", "she"}
        if sign is None or not (reader.undertakes(sentence, who, place) or person) or sentence.kid(verb.i, "auxpass"):
            continue
        last = sentence.tokens[sentence.below(verb.i)[-1]]
        yield Undertaking(
            sentence, (sign.start, last.end), f"be {token.text.casefold()}", (copula.start, token.end), "commitment.slated",
            subject=phrase(sentence, who), head=verb,
        )  # fmt: skip


def tasked(sentence: Sentence, reader: Clauses, place: str) -> Iterator[Undertaking]:
    """What those are told to do who act for the issuers of a text or for a speaker ("we tasked our ministers to ...")."""
    for token in sentence.tokens:
        if token.tag[:2] != "VB" or not reader.bonds.of("tasking", token.lemma) or place not in TASKED:
            continue
        who, whom = subject(sentence, token), sentence.kid(token.i, "dobj")
        if whom is None:  # the parser may read "officials to hold talks" as a clause of its own
            clause = sentence.kid(token.i, "ccomp", "xcomp")
            whom = sentence.kid(clause.i, "nsubj") if clause else None
        if who is None or whom is None or not (who.text.casefold() == "they" or reader.undertakes(sentence, who, place)):
            continue
        verb = _errand(sentence, token, whom)
        if verb is None or not (_owned(sentence, whom) or reader.bonds.first("subordinate", whom.lemma)) or negated(sentence, token):
            continue
        below = [i for i in sentence.below(verb.i) if i > whom.i]
        sign = next((t for t in sentence.kids(verb.i, "aux") if t.tag == "TO"), verb)
        yield Undertaking(
            sentence, (sign.start, sentence.tokens[below[-1]].end), token.lemma, (token.start, token.end), "commitment.tasked",
            subject=phrase(sentence, who), head=verb, opens=phrase(sentence, whom, without=(verb.i,))[0],
        )  # fmt: skip


def _errand(sentence: Sentence, token: Token, whom: Token) -> Token | None:
    """The verb of what somebody is told to do: an infinitive, or what stands behind "with" ("tasked the board with drafting")."""
    near = [*sentence.kids(token.i, "xcomp", "advcl", "ccomp"), *sentence.kids(whom.i, "acl", "relcl")]
    verb = next((t for t in near if any(a.tag == "TO" for a in sentence.kids(t.i, "aux"))), None)
    behind = [p for head in (token, whom) for p in sentence.kids(head.i, "prep") if p.text.casefold() == "with"]
    verb = verb or next((t for p in behind for t in sentence.kids(p.i, "pcomp")), None)
    return verb if verb is not None and verb.i > whom.i else None


def _owned(sentence: Sentence, whom: Token) -> bool:
    """Whether somebody belongs to the one who tells him."""
    return any(t.text.casefold() in THEIRS for t in sentence.kids(whom.i, "poss"))

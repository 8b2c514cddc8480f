"""Where a text undertakes: the cues of its statements that bind, and the clauses that bind without a statement of their own.

Each `Undertaking` is one cue with the words it governs; `commitments` cuts those into acts and weighs them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reaffirm.extract.commitments.promised import FUTURE, modal, negated
from reaffirm.extract.drafts import drafts
from reaffirm.extract.groups import SUBJECTS, Extent, phrase, subject
from reaffirm.language.parse import lemma

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reaffirm.extract.commitments.bonds import Bonds
    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.model import Document, Statement
    from reaffirm.packs import Packs

SELF = frozenset({"we", "i"})
THEY = frozenset({"they", "both", "it"})
OWN = frozenset({"our", "my"})
THEIRS = frozenset({"its", "his", "her", "their", "our", "my"})
PROGRAMME = "manifesto"
PRESS = frozenset({"news report", "reaction", "editorial", "analysis"})
SPEECHES = frozenset({"remarks"})
UNSURE = frozenset({"if", "when", "whether", "unless", "whenever", "likely", "probably", "perhaps", "maybe"})
SAYING = frozenset({"assertive", "concern", "evaluative", "directive"})  # acts of speaking
READY = frozenset({"ready", "prepared", "guided", "committed", "silent", "involved"})  # what "will be" binds to
SUBORDINATE = frozenset({"relcl", "advcl", "acl", "csubj", "pcomp"})
PRESENT = frozenset({"are", "am", "is", "'re", "’re", "'m", "’m", "'s", "’s"})
LEAD = re.compile(r"(?:\b(?P<will>will|shall)(?P<no> not)?|\b(?P<verb>\w+)(?: \w+ly)?(?: to)?)\s*:\s*$", re.IGNORECASE)
MARKS = frozenset("abcdefghijklmnopqrstuvwxyz") | {"ii", "iii", "iv", "vi", "vii"}
LONGEST_MARK = 8  # code points of an item's number
BARE = frozenset({"VB", "VBP", "VBG", "NN", "NNP"})
LEAD_REACH = 80  # code points
LABEL = 6  # words of a label before a colon, and the colon
SHORT = 4  # words of a lead that the parser reads together with each item


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A cue that may bind: its words and lemma, what it governs, who is its subject, and the statement it belongs to.

    `opens` is where the first act begins, if before `content`: with those who are told to do it ("tasked | their advisers to draft it").
    """

    sentence: Sentence
    content: Extent
    lemma: str
    cue: Extent | None
    rule: str
    statement: Statement | None = None
    subject: Extent | None = None
    head: Token | None = None
    negated: bool = False
    scheduled: bool = False
    opens: int | None = None


def of_statement(row: Statement, packs: Packs) -> str:
    """The lemma of a statement's cue with the further words of its entry ("be committed"); empty for a row without entry."""
    if row.entry is None or row.cue is None:
        return ""
    if row.entry.pack == "verbs":
        verb = next((v for v in packs.verbs if v.id == row.entry.entry), None)
        return " ".join((verb.lemma, *verb.words)) if verb else ""
    noun = next((n for n in packs.nouns if n.id == row.entry.entry), None)
    return noun.lemma if noun else ""


@dataclass(frozen=True, slots=True)
class Clauses:
    """Reads the clauses of a text that bind by themselves; `own` are the names of the speaker's state, in lower case."""

    document: Document
    lexicon: Lexicon
    bonds: Bonds
    own: frozenset[str]

    def futures(self, sentence: Sentence, place: str) -> Iterator[Undertaking]:
        """The main clauses with "will" whose subject undertakes something, in order of place."""
        for token in sentence.tokens:
            if token.tag != "MD" or token.text.casefold() not in (FUTURE if self.programme else FUTURE - {"would", "'d", "’d"}):
                continue
            verb = sentence.tokens[token.head]
            head = subject(sentence, verb)
            if verb.tag[:2] != "VB" or head is None or not self.main(sentence, verb) or self._foretells(sentence, verb):
                continue
            passive = sentence.kid(verb.i, "auxpass") is not None
            if not self.undertakes(sentence, head, place, passive=passive) or self._podium(sentence, verb, head, place):
                continue
            yield self._future(sentence, token, verb, head, passive=passive)
        yield from self._going(sentence, place)

    def _going(self, sentence: Sentence, place: str) -> Iterator[Undertaking]:
        """What a speaker is going to do."""
        for token in sentence.tokens:
            verb = sentence.kid(token.i, "xcomp") if token.text.casefold() == "going" and token.tag == "VBG" else None
            head = subject(sentence, token)
            now = any(t.text.casefold() in PRESENT for t in sentence.kids(token.i, "aux"))
            if verb is None or head is None or not now or head.text.casefold() not in SELF or not self.main(sentence, token):
                continue
            if self._foretells(sentence, verb) or self._podium(sentence, verb, head, place) or not self.undertakes(sentence, head, place):
                continue
            below = sentence.below(verb.i)
            no = negated(sentence, token)
            yield Undertaking(
                sentence, (verb.start, sentence.tokens[below[-1]].end), "will not" if no else "be going to", (token.start, token.end),
                "commitment.will", subject=phrase(sentence, head), head=verb, negated=no,
            )  # fmt: skip

    def _future(self, sentence: Sentence, will: Token, verb: Token, head: Token, *, passive: bool) -> Undertaking:
        below = [i for i in sentence.below(verb.i) if i > will.i]
        cut = next((i for i in below if self._new_clause(sentence, sentence.tokens[i], verb)), None)
        last = sentence.tokens[max((i for i in below if cut is None or i < cut), default=verb.i)]
        first = will.i + 1
        while first < verb.i and (sentence.tokens[first].dep == "neg" or sentence.tokens[first].text in {",", "also", "therefore"}):
            first += 1
        if "," in {t.text for t in sentence.tokens[first : verb.i]}:  # "will, as always, take"
            first = max(t.i for t in sentence.tokens[first : verb.i] if t.text == ",") + 1
        who = phrase(sentence, head)
        named = head.text.casefold() in SELF | THEY or self.named(sentence, head, self.lexicon.states)
        start = who[0] if passive and not named else sentence.tokens[first].start
        no = negated(sentence, verb)
        return Undertaking(
            sentence, (start, last.end), "will not" if no else "will", (will.start, will.end), "commitment.will", subject=who, head=verb,
            negated=no,
        )  # fmt: skip

    def _new_clause(self, sentence: Sentence, token: Token, verb: Token) -> bool:
        """Whether a word begins a coordinated clause with a subject or a tense of its own."""
        for kid in sentence.kids(verb.i, "conj", "cc", "parataxis"):
            if kid.dep == "cc":
                continue
            own = sentence.kid(kid.i, "nsubj", "nsubjpass", "expl") or modal(sentence, kid) or kid.tag in {"VBZ", "VBP", "VBD"}
            if own and token.i >= min(sentence.below(kid.i)):
                return True
        return False

    @property
    def programme(self) -> bool:
        """Whether the document is a party's programme, whose bare verbs and "would" tell what it will do in office."""
        return self.document.card.genre.value == PROGRAMME

    def items(self, sentence: Sentence) -> Iterator[Undertaking]:
        """The point of a programme that begins with a bare verb ("Abolish the toll on the river")."""
        first = next((t for t in sentence.tokens if t.text[0].isalpha() and t.text.casefold() not in MARKS), None)
        if not self.programme or first is None or not first.text[0].isupper() or sentence.kid(first.i, "nsubj", "aux"):
            return
        infinitive = first.tag == "TO" and first.dep == "aux" and sentence.root.i == first.head
        first = sentence.tokens[first.head] if infinitive else first
        bare = first.tag in {"VB", "VBP"} or (first.tag in {"NN", "NNP"} and sentence.kid(first.i, "dobj") is not None)
        if bare and first.dep in {"ROOT", "ccomp", "advcl", "dep"} and not self._foretells(sentence, first):
            last = sentence.tokens[-1].end
            yield Undertaking(sentence, (first.start, last), first.lemma, (first.start, first.end), "commitment.item", head=first)

    def scheduled(self, sentence: Sentence) -> Iterator[Undertaking]:
        """The events that are said to be set for a time ("the next round of talks set to be held within the year")."""
        for token in sentence.tokens:
            if token.tag != "VBN" or token.dep != "acl" or not self.bonds.of("schedule", token.lemma):
                continue
            event, top = sentence.tokens[token.head], sentence.tokens[token.head]
            if not self.bonds.of("event", event.lemma):
                continue
            while top.dep == "pobj" and sentence.tokens[top.head].text == "of":
                top = sentence.tokens[sentence.tokens[top.head].head]
            low, high = phrase(sentence, top)
            high = max(high, sentence.tokens[max(sentence.below(token.i))].end)
            rest = " to" if sentence.kid(token.i, "xcomp") else " for"
            yield Undertaking(
                sentence, (low, high), f"be {token.lemma}{rest}", (token.start, token.end), "commitment.set", subject=None, head=event,
                scheduled=True,
            )  # fmt: skip

    def own_words(self, sentence: Sentence, place: str, cues: Collection[int]) -> Iterator[Undertaking]:
        """The verbs of undertaking in a speaker's own words that are no statement of their own ("we pledge to", in a turn)."""
        if place != "turn":
            return
        for draft in drafts(sentence, self.lexicon):
            if draft.verb is None or draft.cue is None or draft.source is None or draft.factuality != "plain" or draft.cue[0] in cues:
                continue
            lemma = " ".join((draft.verb.lemma, *draft.verb.words))
            head = next((t for t in sentence.tokens if draft.source[0] <= t.start < draft.source[1] and t.dep in SUBJECTS), None)
            told = not any("act" in b.takes or "treaty" in b.takes for b in self.bonds.of("verb", lemma))
            if told or head is None or not self.undertakes(sentence, head, place):
                continue
            yield Undertaking(sentence, (draft.low, draft.high), lemma, draft.cue, "commitment.own", subject=draft.source)

    def main(self, sentence: Sentence, verb: Token) -> bool:
        """Whether a clause is asserted: no relative, adverbial or indirect one."""
        if any(t.text.casefold() in UNSURE for t in sentence.kids(verb.i, "mark", "advmod") if t.i < verb.i):
            return False
        for _ in range(len(sentence.tokens)):
            if verb.dep == "ROOT" or verb.head == verb.i:
                return sentence.tokens[-1].text != "?"
            if _labelled(sentence, verb):
                return sentence.tokens[-1].text != "?"
            if verb.dep == "ccomp" and self._performed(sentence, sentence.tokens[verb.head]):
                return True
            if verb.dep in SUBORDINATE or (verb.dep == "ccomp" and not self._aside(sentence, verb)):
                return False
            verb = sentence.tokens[verb.head]
        return False

    def _performed(self, sentence: Sentence, above: Token) -> bool:
        """Whether the speaker says it by saying so ("I am pleased to announce that we will ...")."""
        who = subject(sentence, above)
        binds = self.bonds.of("carrier", above.lemma) or any(b.force > 1 and "will" in b.takes for b in self.bonds.of("verb", above.lemma))
        now = above.tag in {"VB", "VBP"} and not negated(sentence, above)
        return bool(binds) and now and who is not None and who.text.casefold() in SELF

    def _aside(self, sentence: Sentence, verb: Token) -> bool:
        """Whether a clause that the parser hangs on another stands before it, as a quotation or a coordinate does."""
        above = sentence.tokens[verb.head]
        marked = any(t.dep == "mark" for t in sentence.kids(verb.i))
        return not marked and (
            verb.i < above.i or sentence.tokens[min(sentence.below(verb.i)) - 1].text in {",", ";", ":", "“", '"', "and", "—", "–"}
        )

    def _foretells(self, sentence: Sentence, verb: Token) -> bool:
        """Whether the verb is one that nobody undertakes; "be" counts by what it is joined to."""
        if self.programme and verb.lemma in {"be", "have"}:
            return False
        if verb.lemma == "be":
            joined = sentence.kid(verb.i, "acomp", "attr", "prep", "oprd")
            if joined is None or joined.text.casefold() not in READY:
                return True
            return joined.text.casefold() != "silent" and not sentence.children[joined.i]
        if verb.lemma == "have" or any(t.lemma == "have" for t in sentence.kids(verb.i, "aux")):
            return True
        return bool(self.bonds.of("happening", verb.lemma)) and not sentence.kid(verb.i, "auxpass")

    def _podium(self, sentence: Sentence, verb: Token, head: Token, place: str) -> bool:
        """Whether the speaker only tells what he will say next."""
        if head.text.casefold() not in SELF or place not in {"turn", "speech", "quote", "other"}:
            return False
        now = any(
            t.text.casefold() in {"now", "briefly", "just", "first", "today", "here"} for t in sentence.kids(verb.i, "advmod", "npadvmod")
        )
        says = any(v.act in SAYING for v in self.lexicon.verbs.get(verb.lemma, ()) if not v.words)
        if says and head.text.casefold() == "i":
            return True
        return bool(self.bonds.of("speech", verb.lemma)) and (head.text.casefold() == "i" or now)

    def undertakes(self, sentence: Sentence, head: Token, place: str, *, passive: bool = False) -> bool:
        """Whether a subject can bind itself in such a place: who speaks, a state, a body; in official texts also what will be done."""
        word = head.text.casefold()
        possessors = {t.text.casefold() for t in sentence.kids(head.i, "poss")}
        body = bool(self.bonds.of("body", head.lemma) or self.bonds.of("body", word))
        if word in SELF:
            return place != "press"
        if place == "speech":
            return self.named(sentence, head, self.own) or (body and bool(possessors & OWN)) or (body and self._of_own(sentence, head))
        state = self.named(sentence, head, self.lexicon.states)
        if place in {"turn", "quote"}:
            return state or (body and word != "they")
        if place == "official":
            return state or body or word in THEY or head.tag in {"NNP", "NNPS"} or passive
        if word in {"it", "they"} and place == "other":
            return self._resumed(sentence, head)
        if place == "other":
            institution = head.tag == "NNP" and sentence.kid(head.i, "det") is not None
            return (
                state
                or institution
                or (body and (head.tag[:3] == "NNP" or bool(possessors & OWN) or sentence.kid(head.i, "det") is not None))
            )
        return state or body or word in {"they", "both"}

    def _resumed(self, sentence: Sentence, head: Token) -> bool:
        """Whether "it" or "they" may stand for a body that is a subject before it in the sentence ("When the board meets, it will")."""
        plural = head.text.casefold() == "they"
        before = (t for t in sentence.tokens[: head.i] if t.dep in SUBJECTS and t.tag[:2] == "NN" and t.tag.endswith("S") == plural)
        return any(self.undertakes(sentence, t, "other") for t in before)

    def named(self, sentence: Sentence, head: Token, names: frozenset[str]) -> bool:
        """Whether a noun phrase is one of some names, given in lower case, or several of them joined."""
        low, high = phrase(sentence, head)
        words = re.sub(r"^(?:the|both) ", "", " ".join(self.document.text[low:high].casefold().split()))
        return words in names or any(part in names for part in re.split(r",? and |, ", words))

    def _of_own(self, sentence: Sentence, head: Token) -> bool:
        """Whether a body is one of the speaker's state ("the Government of ...", "the ... Government")."""
        low, high = phrase(sentence, head)
        words = " ".join(self.document.text[low:high].casefold().split())
        return any(re.search(rf"\b{re.escape(name)}\b", words) for name in self.own)


def _labelled(sentence: Sentence, verb: Token) -> bool:
    """Whether a clause only hangs on a short label before a colon ("Rivers: the two governments will open a lock")."""
    above = sentence.tokens[verb.head]
    return above.dep == "ROOT" and above.i < LABEL and any(t.text == ":" for t in sentence.tokens[above.i + 1 : min(verb.i, LABEL)])


def listed(document: Document, sentence: Sentence, bonds: Bonds) -> Iterator[Undertaking]:
    """The act of a list's item that begins with a bare verb, under a lead that binds ("To this end, the two governments will:")."""
    block = document.blocks[sentence.block] if sentence.block < len(document.blocks) else None
    first = next((t for t in sentence.tokens if t.text[0].isalpha() and t.text.casefold() not in MARKS), None)
    if block is None or first is None or block.kind != "list item" or sentence.start > block.parts[0][0] + LONGEST_MARK:
        return
    lead = _lead(document, sentence.block)
    if lead is None or sentence.kid(first.i, "nsubj") or first.tag not in BARE:
        return
    will = lead["will"]
    verb = "" if will else lemma((lead["verb"] or "").casefold(), "VBD")
    if not will and not any("act" in b.takes for b in bonds.of("verb", verb)):
        return
    said = ("will not" if lead["no"] else "will") if will else verb
    yield Undertaking(
        sentence, (first.start, sentence.tokens[-1].end), said, lead.span("will") if will else lead.span("verb"), "commitment.listed",
        head=first, negated=bool(lead["no"]),
    )  # fmt: skip


def _lead(document: Document, block: int) -> re.Match[str] | None:
    """The words that lead into a list, as far as they bind; nothing where the parser has read them with the item."""
    for n in range(block - 1, -1, -1):
        before = document.blocks[n]
        if before.kind == "list item":
            continue
        words = document.text[before.start : before.end]
        found = LEAD.search(document.text, max(before.start, before.end - LEAD_REACH), before.end) if words.endswith(":") else None
        return found if len(words.split()) > SHORT else None
    return None

"""What a text says of a thing that is to come on a day: it binds those who say so, though the thing and not they is the subject.

"The first boats are to be handed over in March", "the next round is expected to take place by May", "the drill will return in June",
"a dialogue, to be launched by 2033". Without a day such words only foretell, so `commitments` drops them there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm.extract.commitments.promised import negated
from reaffirm.extract.commitments.undertakings import SELF, THEY, Undertaking
from reaffirm.extract.groups import phrase, subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.commitments.undertakings import Clauses
    from reaffirm.language.parse import Sentence, Token

PRESENT = frozenset({"VBZ", "VBP"})
FURTHER = ("conj", "cc", "relcl", "advcl", "parataxis")
WILL = frozenset({"will", "shall"})
PLACES = frozenset({"official", "other", "turn"})  # where who speaks or issues answers for what he says will come


def coming(sentence: Sentence, reader: Clauses, place: str) -> Iterator[Undertaking]:
    """What a sentence says will come about, where who speaks or issues answers for it, in order of place."""
    for token in sentence.tokens if place in PLACES else ():
        if token.tag == "MD" and token.text.casefold() in WILL:
            yield from _coming(sentence, reader, place, token)


def arranged(sentence: Sentence, reader: Clauses) -> Iterator[Undertaking]:
    """What is to be, is expected or planned to be, or a thing "to be launched", in order of place."""
    for token in sentence.tokens:
        if token.tag in PRESENT or token.tag == "VBN":
            yield from _set(sentence, reader, token)


def _coming(sentence: Sentence, reader: Clauses, place: str, will: Token) -> Iterator[Undertaking]:
    """What will come about, or be done, by itself as it were ("the drill will return in May")."""
    verb = sentence.tokens[will.head]
    head = subject(sentence, verb)
    if verb.tag[:2] != "VB" or head is None or head.i > will.i or not reader.main(sentence, verb):
        return
    passive = sentence.kid(verb.i, "auxpass") is not None
    own = verb.lemma != "be" and not passive and _self(reader, sentence, head)
    if own or not (_comes(sentence, verb, reader) or (passive and place == "turn")):
        return
    who = phrase(sentence, head, without=(verb.i,))
    no = negated(sentence, verb)
    last = sentence.tokens[_last(sentence, verb)]
    refused = no and passive and not reader.bonds.of("happening", verb.lemma)  # "they will not be armed" needs no day
    yield Undertaking(
        sentence, (who[0], last.end), "will not" if no else "will", (will.start, will.end),
        "commitment.will" if refused else "commitment.coming", subject=who, head=verb, negated=no,
    )  # fmt: skip


def _self(reader: Clauses, sentence: Sentence, head: Token) -> bool:
    """Whether a subject is somebody who can bind himself, so that the clause is read as his own undertaking."""
    word = head.text.casefold()
    return word in SELF | THEY or bool(reader.bonds.of("body", head.lemma)) or reader.named(sentence, head, reader.lexicon.states)


def _comes(sentence: Sentence, verb: Token, reader: Clauses) -> bool:
    """Whether a verb tells that something comes about, or that it will be there ("be ready", "be in place", "be here")."""
    phrasal = next((f"{verb.lemma} {t.text.casefold()}" for t in sentence.kids(verb.i, "prt")), verb.lemma)
    if verb.lemma != "be":
        placed = verb.lemma == "take" and any(t.text.casefold() == "place" for t in sentence.kids(verb.i, "dobj"))
        return placed or bool(reader.bonds.of("coming", phrasal))
    joined = sentence.kids(verb.i, "acomp", "advmod", "prep", "attr")
    within = [o for p in joined if p.tag == "IN" for o in sentence.kids(p.i, "pobj")]
    return any(reader.bonds.of("coming", f"be {t.text.casefold()}") for t in (*joined, *within))


def _set(sentence: Sentence, reader: Clauses, token: Token) -> Iterator[Undertaking]:
    """What is to be, is expected or planned to be, or a thing "to be launched"."""
    verb, cue, top = _arranged(sentence, reader, token)
    if verb is None or cue is None or top is None or negated(sentence, token) or negated(sentence, verb):
        return
    if reader.bonds.of("happening", verb.lemma) or (top.tag[:2] != "NN" and top.tag not in {"CD", "JJ", "DT", "PRP"}):
        return
    low = phrase(sentence, top, without=(verb.i,))[0]
    first = next(t.i for t in sentence.tokens if t.start >= low)
    while first > 0 and (sentence.tokens[first - 1].end == low or sentence.tokens[first - 1].head == top.i):  # "2+2", cut in two
        first -= 1
        low = sentence.tokens[first].start
    last = sentence.tokens[_last(sentence, verb)]
    said = "be to" if cue.tag == "TO" else f"be {cue.text.casefold()}"
    yield Undertaking(
        sentence, (low, last.end), said, (cue.start, cue.end), "commitment.due", subject=None, head=verb, scheduled=True
    )  # fmt: skip


def _arranged(sentence: Sentence, reader: Clauses, token: Token) -> tuple[Token | None, Token | None, Token | None]:
    """The verb of what is to come, the word that says so, and the noun of which it is said; nothing where none is."""
    sign = next((t for t in sentence.kids(token.i, "aux") if t.tag == "TO"), None)
    if sign is not None and token.dep in {"acl", "relcl"} and sentence.kid(token.i, "auxpass") and sentence.tokens[sign.i - 1].text == ",":
        return token, sign, sentence.tokens[token.head]  # "a dialogue, to be launched by 2033"
    if token.lemma == "be" and token.tag in PRESENT:
        verb = sentence.kid(token.i, "xcomp", "ccomp")
        to = next((t for t in sentence.kids(verb.i, "aux") if t.tag == "TO" and t.i == token.i + 1), None) if verb else None
        return (verb, to, _of(sentence, token)) if to is not None else (None, None, None)
    helped = [t for t in sentence.kids(token.i, "auxpass") if t.tag in PRESENT]
    verb = sentence.kid(token.i, "xcomp") if helped and reader.bonds.of("awaited", token.lemma) else None
    to_act = verb is not None and any(t.tag == "TO" for t in sentence.kids(verb.i, "aux"))
    return (verb, token, _of(sentence, token)) if to_act else (None, None, None)


def _of(sentence: Sentence, verb: Token) -> Token | None:
    """The noun of which a finite verb tells what is to come: its subject, or what its clause is relative to; none in another clause."""
    clause = verb
    while clause.dep == "conj" and clause.head != clause.i:
        clause = sentence.tokens[clause.head]
    return subject(sentence, verb) if clause.dep in {"ROOT", "relcl", "ccomp"} else None


def _last(sentence: Sentence, verb: Token) -> int:
    """The index of the last word of a verb's clause, before a coordinated clause and the full stop."""
    below = [i for i in sentence.below(verb.i) if i >= verb.i]
    further = [min(sentence.below(t.i)) for t in sentence.kids(verb.i, *FURTHER) if t.i > verb.i]
    cut = min(further, default=len(sentence.tokens))
    kept = [i for i in below if i < cut]
    while len(kept) > 1 and sentence.tokens[kept[-1]].text in {",", ".", ";", ":", "!"}:
        kept.pop()
    return kept[-1]

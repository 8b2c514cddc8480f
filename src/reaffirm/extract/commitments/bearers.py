"""Who can bind himself, and where: the sources and subjects that undertake, told from those who only tell of others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.extract.commitments.undertakings import PRESS
from reaffirm.resolve.persons import we

if TYPE_CHECKING:
    from reaffirm.extract.commitments.scene import Scene
    from reaffirm.extract.commitments.undertakings import Undertaking
    from reaffirm.language.parse import Sentence
    from reaffirm.model import Span, Statement

UNREAL_MODALS = frozenset({"must", "should", "could", "can", "may", "might", "ought", "need", "cannot"})
TIME_CLAUSE = frozenset({"when", "as", "if", "before", "after", "until", "whenever", "unless", "how", "why", "where", "whether", "while"})
HABIT = frozenset({"often", "always", "sometimes", "usually", "repeatedly", "consistently", "long", "once"})
ASKING = frozenset({"how", "why", "whether"})
PRONOUN = re.compile(r"(?:we|i|they|it|he|she|who|which|both|all)(?: \w+)?", re.IGNORECASE)
OWN_BODY = re.compile(
    r"\b(?:the|of|government|delegation|administration|authorities|people|parliament|state|republic|itself|kingdom|federal|royal|president"
    r"|minister)\b|’s"
)
NAMELESS = frozenset({"NNS", "DT", "PRP$", "JJ", "CD", "IN", "CC", "PDT", "RB", "VBG"})  # tags whose capital only begins a sentence
OWN_WE = frozenset({"delegation", "group"})  # kinds of "we" that can bind itself; not all mankind


def asserted(scene: Scene, row: Statement) -> bool:
    """Whether the cue is asserted: under no modal that demands or allows, in no clause of time, manner or question."""
    sentence = scene.at(row.cue.start) if row.cue else None
    if sentence is None or row.cue is None:
        return True
    cue = [t for t in sentence.tokens if row.cue.start <= t.start < row.cue.end]
    if any(t.tag == "MD" and t.text.casefold() in UNREAL_MODALS for verb in cue for t in (verb, *sentence.kids(verb.i, "aux"))):
        return False
    top = next((t for t in cue if t.tag[:2] == "VB"), cue[0] if cue else None)
    openers = {t.text.casefold() for t in sentence.kids(top.i, "mark", "advmod") if t.i < top.i} if top else set()
    if top is None or top.dep in {"csubj", "csubjpass"}:
        return False
    if scene.bonds.of("underway", top.lemma) and (top.tag in {"VBG", "VBN", "VBD"} or top.dep == "relcl"):
        return False
    main = [t for t in cue if t.tag[:2] == "VB"][-1:] or [top]
    if main[0].tag in {"VBD", "VBN"} and {t.text.casefold() for t in (*cue, *sentence.kids(main[0].i, "advmod"))} & HABIT:
        return False
    if any(s.factuality == "denied" for s in scene.chain(scene.by_id.get(row.nested_in or ""))):
        return False
    if top.tag == "VBG" and top.dep in {"advcl", "acl", "conj", "pcomp"} and not sentence.kids(top.i, "aux"):
        return False  # "seeking to ...": what is done beside, not what is undertaken
    asks = openers & ASKING and not (openers == {"why"} and sentence.tokens[top.head].lemma == "be")  # "this is why we decided"
    return not (top.dep == "advcl" and openers & TIME_CLAUSE) and not asks


def able(scene: Scene, row: Statement) -> bool:
    """Whether the source can bind itself: somebody with a name or an office; in a speech the speaker's own side alone."""
    if row.source is None:
        return not scene.speech
    words = " ".join(row.source.exact.split())
    if scene.speech and not scene.quoted(row.source):
        return _own_side(scene, row.source, words)
    if PRONOUN.fullmatch(words):
        return True
    sentence, source = scene.at(row.source.start), row.source
    inside = [t for t in sentence.tokens if source.start <= t.start < source.end] if sentence else []
    named = any(t.tag[:3] == "NNP" or (t.text[0].isupper() and (t.i or t.tag not in NAMELESS)) for t in inside)
    heads = [w.casefold() for w in re.findall(r"[\w’'-]+", words)]
    if named or any(scene.bonds.first("body", w.removesuffix("s")) or scene.bonds.first("body", w) for w in heads):
        return True
    parent = scene.around((source.start, source.end))  # "noted that the study was late and agreed to ...", hung on the study by the parser
    return parent is not None and parent.directness != "turn" and _behind_and(scene, row) and able(scene, parent)


def _behind_and(scene: Scene, row: Statement) -> bool:
    """Whether a cue stands directly behind "and", so that its subject may be that of the verb above."""
    return row.cue is not None and scene.document.text[max(0, row.cue.start - 8) : row.cue.start].rstrip().endswith(" and")


def _own_side(scene: Scene, source: Span, words: str) -> bool:
    """Whether a source of a speech is the speaker or his state, and a "we" not all mankind."""
    low = words.casefold()
    if low in {"i", "we"} or low.startswith(("we ", "i ")):
        return low.startswith("i") or we(scene.document, source.start, source.start + 2, scene.packs) in OWN_WE
    if re.match(r"(?:my|our) ", low):
        return any(scene.bonds.first("body", word) for word in re.findall(r"\w+", low)[1:3])
    for name in sorted(scene.own, key=len, reverse=True):
        low = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", low) if name in low else low
    return low != words.casefold() and not OWN_BODY.sub("", low).strip(" ,’'s")


def outsider(scene: Scene, row: Statement) -> bool:
    """Whether a source only tells of others: analysts, media, reports."""
    words = re.findall(r"\w+", row.source.exact.casefold()) if row.source else []
    return any(scene.bonds.of("outsider", word) or scene.bonds.of("outsider", word.removesuffix("s")) for word in words[-3:])


def only_quotes(scene: Scene, row: Statement, lemma: str) -> bool:
    """Whether a verb of saying only brings words in quotation marks, which bind by themselves."""
    return row.directness == "direct" and all(set(b.takes) == {"will"} for b in scene.bonds.of("verb", lemma))


def place(scene: Scene, sentence: Sentence) -> str:
    """What a sentence stands in, for who can bind himself there; empty where nobody can."""
    block = scene.document.blocks[sentence.block] if sentence.block < len(scene.document.blocks) else None
    genre = scene.document.card.genre.value
    if block is not None and block.kind == "turn":
        return "" if block.label and _idle(scene, scene.document.text[block.label.start : block.label.end]) else "turn"
    if scene.official:
        return "official"
    if scene.speech:
        return "speech"
    return "press" if genre in PRESS else "other"


def _idle(scene: Scene, label: str) -> bool:
    words = re.findall(r"\w+", label.casefold())
    return any(scene.bonds.of("idle", word) for word in words)


def all_mankind(scene: Scene, under: Undertaking) -> bool:
    """Whether the "we" of a speech means more than the speaker's side."""
    if under.subject is None or scene.document.text[under.subject[0] : under.subject[0] + 2].casefold() != "we":
        return False
    return we(scene.document, under.subject[0], under.subject[0] + 2, scene.packs) not in OWN_WE


def in_quotation(scene: Scene, under: Undertaking) -> bool:
    """Whether a clause stands in the quoted words of a person; in a speech nobody binds himself in another's words."""
    around = scene.around(under.content)
    if around is None or around.directness not in {"direct", "mixed"} or around.source is None:
        return False
    return scene.quoted(scene.document.span(*under.content))


def media(scene: Scene, row: Statement) -> bool:
    """Whether a source is a newspaper or the like."""
    """Whether a source is a newspaper or the like."""
    words = re.findall(r"\w+", row.source.exact.casefold()) if row.source else []
    return any(scene.bonds.of("press", word) for word in words)

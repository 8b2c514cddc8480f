"""Which strands of different documents carry the same item, and by which rule; similarity proposes, structure decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reaffirm.linking.weights import together, weight
from reaffirm.linking.wordings import named, wording

if TYPE_CHECKING:
    from reaffirm.linking.strands import Strand

NUMBER = re.compile(r"\b(?:No\.? *)?(\d+(?:[./]\d+)*|[IVX]+)\b")
HEAVY = 18.0  # nats: three rare words, whatever else is said (`weights.weight`)
UNRESOLVED = "?"
MARKS = 0.7  # what a link by marks counts against others: it yields to links that structure shows
PRONOUNS = 0.6  # what words that a pronoun may stand for count against a row's own


@dataclass(frozen=True, slots=True)
class Tie:
    """Two strands that carry the same item: how alike they are (0 to 1), the rule, and why in words."""

    a: str
    b: str
    score: float
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Common:
    """What two strands have in common: weights of shared stems over the smaller and over both, and the rest by name.

    `beside` are the shared stems that are part of no name and name no issue of theirs, `bare` whether one has none but stems of names;
    `sole` and `rare` are shared stems that set either off from the other strands of its document.
    """

    firm: frozenset[str]
    beside: frozenset[str]
    bare: bool
    small: float
    both: float
    pairs: int
    things: frozenset[str]
    issues: frozenset[str]
    act: bool
    sole: frozenset[str]
    rare: frozenset[str]


def common(a: Strand, b: Strand) -> Common:
    """What two strands have in common; where a pronoun carries one, what it may stand for helps it."""
    faint = a.content.faint | b.content.faint
    ours, theirs = (row.content.stems for row in (a, b))
    shared = ours & theirs
    sizes = [together(side, faint) or weight("") for side in (ours, theirs)]
    if a.thin and not b.thin:
        shared, sizes[0] = (ours | a.hint.stems) & theirs, sizes[1]
    elif b.thin and not a.thin:
        shared, sizes[1] = (theirs | b.hint.stems) & ours, sizes[0]
    told = together(shared, faint)
    things = _shared(a.things, b.things)
    names = named(a.things | b.things)
    proper = names.stems | a.content.proper | b.content.proper
    pairs = [frozenset().union(row.content.pairs, row.hint.pairs if row.thin else ()) - names.pairs for row in (a, b)]
    plain = [pair for pair in pairs[0] & pairs[1] if not proper & set(pair)]
    return Common(
        shared - faint, shared - proper - topics(a.issues | b.issues), not (ours - proper and theirs - proper),
        told / min(sizes), 2 * told / sum(sizes), len(plain), things, a.issues & b.issues,
        a.act is not None and a.act == b.act and a.act not in proper,
        (a.sole & b.sole) - faint, (a.rare & b.rare) - faint,
    )  # fmt: skip


def tied(a: Strand, b: Strand) -> Tie | None:
    """The tie between two strands of different documents; None where they do not carry the same item."""
    met = _meeting(a, b)
    if met:
        return Tie(a.id, b.id, 1.0, *met)
    own = any(row.convened and row.convened.own for row in (a, b))
    if contradiction(a, b) or own:
        return None
    shared = common(a, b)
    meets = a.convened or b.convened or (a.again and b.again)
    if _term(shared, a, b):
        return None
    for rule, holds, why in (MARKED,) if meets else RULES:
        if holds(shared, a, b):
            guessed = (a.thin or b.thin) and not a.content.firm & b.content.firm
            score = (shared.small + shared.both) / 2 * (PRONOUNS if guessed else 1) * (MARKS if rule == "same-marks" else 1)
            return Tie(a.id, b.id, min(0.99, score), rule, why.format(_named(shared)))
    return None


@lru_cache(maxsize=1 << 12)
def topics(issues: frozenset[str]) -> frozenset[str]:
    """The stems of the words in the names of issues: what makes two rows one subject, but not yet one item."""
    return wording(issue.replace("-", " ") for issue in issues).stems


def _shared(ours: frozenset[str], theirs: frozenset[str]) -> frozenset[str]:
    """The things that both name; a part and the same part of something named with it are one."""
    longer = {long for one, other in ((ours, theirs), (theirs, ours)) for long in one for b in other if long.startswith(f"{b} of ")}
    return (ours & theirs) | longer


def _term(c: Common, a: Strand, b: Strand) -> bool:
    """Whether two strands of different meetings share no more than one term of two words ("free trade"), which is a subject, no item."""
    marked = len(c.sole) > 1 and c.small >= 0.5 and c.both >= 0.4 and a.head.kind == b.head.kind
    if _one_meeting(a, b) or len(c.firm) > 2 or c.things or marked:
        return False
    acts = {row.content.order[0] for row in (a, b) if row.head.kind in {"commitment", "demand"} and row.content.order}
    return any(set(pair) >= c.firm for pair in a.content.pairs & b.content.pairs) and not acts & c.firm


def _named(c: Common) -> str:
    return ", ".join(sorted(c.things or c.firm)[:4])


def _meeting(a: Strand, b: Strand) -> tuple[str, str] | None:
    """The rule by which two strands speak of one meeting to come."""
    if not (a.again and b.again):
        return None
    planned = [row.convened for row in (a, b)]
    one, other = planned
    if one and other and one.meeting == other.meeting:
        return "same-meeting", "both tell the same planned meeting"
    if a.place.meeting and a.place.meeting == b.place.meeting and (a.parties & b.parties) and not _other_forum(a, b):
        return "next-of-one", "both look forward to the meeting after the same meeting"
    return None


def _other_forum(a: Strand, b: Strand) -> bool:
    """Whether either plans a meeting of another forum than that of the meeting that its document is about."""
    return any(row.convened and row.convened.forum != row.place.forum for row in (a, b))


def contradiction(a: Strand, b: Strand) -> str | None:
    """What speaks against two strands being the same item, in a word; None if nothing does."""
    one, other = (_known(row.parties) or _known(row.circle) for row in (a, b))
    if (one or other) and not (one & other) and not _asked(a, b):
        return "parties"
    ours, theirs = (frozenset(n for t in row.things for n in NUMBER.findall(t)) for row in (a, b))
    if ours and theirs and not ours & theirs and not a.things & b.things:
        return "number"
    return None


def _known(names: frozenset[str]) -> frozenset[str]:
    """The names without words that nobody could resolve, which contradict nothing."""
    return frozenset(name for name in names if not name.startswith(UNRESOLVED))


def _asked(a: Strand, b: Strand) -> bool:
    """Whether one is asked of those whom the other binds."""
    return any(set(x.head.actors) & y.parties for x, y in ((a, b), (b, a)) if x.head.kind == "demand")


def _same_words(c: Common, a: Strand, b: Strand) -> bool:
    return len(c.firm) >= 2 and c.small >= 0.7 and c.both >= 0.5 and _said(c, a, b) and bool(c.things or c.issues or c.act or c.pairs)


def _same_thing(c: Common, a: Strand, b: Strand) -> bool:
    """The same named thing and the same said of it, or two things in the same relation."""
    several = sum(not any(name != other and name in other for other in c.things) for name in c.things) > 1
    return bool(c.things) and ((several and c.small >= 0.35) or (c.small >= 0.5 and _said(c, a, b)))


def _said(c: Common, a: Strand, b: Strand) -> bool:
    """Whether two strands share words beside the names of things; a demand's bare name is not enough."""
    return bool(c.beside) or (c.bare and _one_meeting(a, b) and "demand" not in {a.head.kind, b.head.kind})


def _same_object(c: Common, a: Strand, b: Strand) -> bool:
    """Two neighbouring words that both use, under one issue, and most of what the shorter says; of unlike rows, more of it."""
    if not (c.pairs and c.issues and c.firm) or c.things or c.small < 0.5 or c.both < 0.3 or not (c.beside or _one_meeting(a, b)):
        return False
    if len(c.firm) == 1 and not _one_meeting(a, b):
        return False
    return a.head.kind == b.head.kind or c.act or len(c.firm) > 2 or c.small >= 0.75


def _same_act(c: Common, _a: Strand, _b: Strand) -> bool:
    return c.act and bool(c.issues or c.things) and len(c.firm) >= 2 and c.small >= 0.7


def _same_due(c: Common, a: Strand, b: Strand) -> bool:
    return a.due is not None and a.due == b.due and bool(c.issues or c.things) and bool(c.firm) and c.small >= 0.4


def _same_account(c: Common, a: Strand, b: Strand) -> bool:
    """Two accounts of one meeting that tell the same kind of thing under one issue, one of them shorter."""
    several = len(c.firm) > 1 or a.head.kind == "commitment"
    alike = a.head.kind == b.head.kind and a.head.polarity == b.head.polarity and ((c.issues and several) or a.head.lemma == b.head.lemma)
    return _one_meeting(a, b) and bool(alike and c.firm) and c.small >= 0.8 and _said(c, a, b)


def _same_outsider(c: Common, a: Strand, b: Strand) -> bool:
    """What is promised and asked about one meeting, under one issue, of the same name of nobody who met."""
    proper = a.content.proper | b.content.proper
    several = {a.head.kind, b.head.kind} == {"commitment", "demand"}
    return several and _one_meeting(a, b) and bool(c.issues and c.firm & proper and c.beside) and c.small >= 0.4


def _same_marks(c: Common, _a: Strand, _b: Strand) -> bool:
    """What sets one off from all else in its document sets off the other in its own: three words, fewer the more alike they are."""
    few = bool(c.sole) and len(c.firm) >= 2 and c.small >= 0.6 and c.both >= 0.5
    two = len(c.rare) >= 2 and bool(c.beside) and c.small >= 0.5 and c.both >= 0.4
    heavy = c.small >= 0.4 and c.both >= 0.3 and together(c.rare) >= HEAVY
    return (len(c.sole) >= 3 and c.small >= 0.3) or few or two or heavy


def _one_meeting(a: Strand, b: Strand) -> bool:
    return a.place.meeting is not None and a.place.meeting == b.place.meeting


MARKED = ("same-marks", _same_marks, "the same words, which little else in either text has: {}")
RULES = (
    ("same-words", _same_words, "nearly the same words, about the same: {}"),
    ("same-thing", _same_thing, "the same named thing and most of the words: {}"),
    ("same-act", _same_act, "the same act on the same object: {}"),
    ("same-object", _same_object, "the same object in the same words: {}"),
    ("same-account", _same_account, "two accounts of one meeting on the same issue: {}"),
    ("same-outsider", _same_outsider, "the same of one outsider, promised and asked after one meeting: {}"),
    ("same-due", _same_due, "the same due, the same issue and object: {}"),
    MARKED,
)


def alike(a: Strand, b: Strand) -> bool:
    """Whether two strands of one document may well be the same item."""
    if contradiction(a, b):
        return False
    shared = common(a, b)
    return any(holds(shared, a, b) for _, holds, _ in RULES)

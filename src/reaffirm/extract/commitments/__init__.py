"""Statements, clauses and the commitments pack -> the commitments of one document: what is undertaken, by what words, how strongly.

A commitment is the reading of a statement that binds (docs/guidelines.md, section 5, after the G7 Research Group's coding manual): one
row for each act. Who is bound and by when is derived beside the rows, in `resolve.duties`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.extract.commitments import agenda, bearers, prospects
from reaffirm.extract.commitments.binding import force, withheld
from reaffirm.extract.commitments.deadlines import condition, due
from reaffirm.extract.commitments.promised import Promised, promised
from reaffirm.extract.commitments.scene import Scene, scene
from reaffirm.extract.commitments.undertakings import PRESS, Clauses, Undertaking, listed, of_statement
from reaffirm.extract.commitments.weights import weight
from reaffirm.extract.groups import phrase
from reaffirm.extract.lexicon import lexicon
from reaffirm.extract.statements import balanced
from reaffirm.model import PackEntry, row_id
from reaffirm.readings import Commitment, Force

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.commitments.bonds import Bonds
    from reaffirm.extract.groups import Extent
    from reaffirm.language.parse import Parse
    from reaffirm.model import Document, Span, Statement, When
    from reaffirm.packs import Bond, Packs
    from reaffirm.readings import EvidenceMode

DATED = frozenset({"commitment.coming", "commitment.due"})  # rules whose words bind only with a day
PART = re.compile(r"of ", re.IGNORECASE)  # "the history of the century": no day for what is done
UNREAL = frozenset({"conditional", "demanded", "inferred"})
QUIET = frozenset({"turn", "scare", "authorial"})  # directness of statements whose cue binds nobody
REACHED = frozenset({"agreement", "consensus"})  # nouns that bind only where they are reached
ON = re.compile(r"(?:on|about|over|regarding)\s+", re.IGNORECASE)
REACHING = re.compile(r"\b(?:reach|c[ao]me|arriv|conclude)", re.IGNORECASE)
POINTING = re.compile(r"(?:on |to )?(?:the )?(?:following|below)(?: [\w-]+){0,3}:?", re.IGNORECASE)  # what only leads into a list
QUOTES = re.compile(r"[“”\"]")
OBLIGES = frozenset({"oblige", "bind", "obligate"})
WORRY = "concern"  # who warns that something will be done undertakes nothing (guidelines, section 5)
TESTED = 2  # the least force in the test, docs/guidelines.md section 5


def commitments(
    document: Document, parsed: Parse, statements: tuple[Statement, ...], times: tuple[When, ...], packs: Packs
) -> tuple[Commitment, ...]:
    """The commitments of a document in order of place, one a row for each act, position or withheld commitment.

    Offsets are code points, end exclusive. `parsed`, `statements` and `times` are those of the document. Nothing is raised; a text
    that binds nobody gives an empty tuple.
    """
    here = scene(document, parsed, (statements, times), packs)
    found: dict[tuple[int, int, int], list[tuple[Promised, Commitment]]] = {}
    for under in (*_told(here), *_said(here)):
        beside = found.setdefault((under.sentence.block, under.sentence.part, under.sentence.end), [])
        for act, row in _rows(here, under):
            if not any(act.head.i == other.head.i or _same(row, told) for other, told in beside):
                beside.append((act, row))
    rows = (row for beside in found.values() for _, row in beside)
    return tuple(sorted(rows, key=lambda r: (r.action.start, r.action.end, r.id)))


def _same(row: Commitment, other: Commitment) -> bool:
    """Whether two rows tell of one act: more than half of the longer one's words are the other's."""
    shared = min(row.action.end, other.action.end) - max(row.action.start, other.action.start)
    return shared * 2 > max(row.action.end - row.action.start, other.action.end - other.action.start)


def _told(scene: Scene) -> Iterator[Undertaking]:
    """The statements whose cue binds."""
    for row in scene.statements:
        lemma = of_statement(row, scene.packs)
        if not lemma or row.cue is None or row.directness in QUIET or row.factuality in UNREAL:
            continue
        if lemma in REACHED and not REACHING.search(row.cue.exact):
            continue
        held = row.factuality == "denied" and scene.bonds.of("refusal", lemma.split()[0])
        if not (held or _binding(scene.bonds, lemma)) or bearers.outsider(scene, row) or bearers.only_quotes(scene, row, lemma):
            continue
        if not bearers.asserted(scene, row) or not bearers.able(scene, row):
            continue
        for content in row.content:
            sentence = scene.at(content.start)
            if sentence:
                end = min(content.end, sentence.end)
                on = ON.match(scene.document.text, content.start, end) if lemma in REACHED else None
                start = on.end() if on else content.start
                source = (row.source.start, row.source.end) if row.source else None
                yield Undertaking(sentence, (start, end), lemma, (row.cue.start, row.cue.end), "commitment.told", row, source)
            break


def _binding(bonds: Bonds, lemma: str) -> bool:
    return bool(bonds.of("verb", lemma) or bonds.of("carrier", lemma) or bonds.of("attitude", lemma))


def _said(scene: Scene) -> Iterator[Undertaking]:
    """The clauses that bind by themselves: "will" of who speaks, and whatever is set to be held."""
    reader = Clauses(scene.document, lexicon(scene.packs), scene.bonds, scene.own)
    cues = {s.cue.start for s in scene.statements if s.cue}
    quoting = any(s.directness in {"direct", "mixed"} for s in scene.statements)
    for sentence in scene.sentences:
        place = bearers.place(scene, sentence)
        if not place:
            continue
        outside = place != "turn" and quoting
        yield from prospects.coming(sentence, reader, place)
        for under in reader.futures(sentence, place):
            if not (scene.speech and (bearers.all_mankind(scene, under) or _cited(scene, under))) and not (
                outside and bearers.in_quotation(scene, under)
            ):
                yield under
        if outside and not scene.speech:
            yield from (under for under in reader.futures(sentence, "quote") if bearers.in_quotation(scene, under))
        yield from reader.scheduled(sentence)
        yield from agenda.of_sentence(scene.document, sentence, reader, place, official=scene.official)
        yield from prospects.arranged(sentence, reader)
        yield from reader.own_words(sentence, place, cues)
        yield from reader.items(sentence)
        yield from listed(scene.document, sentence, scene.bonds)
    for line in agenda.lines(scene.document) if scene.official else ():
        yield from agenda.headed(line, reader)


def _cited(scene: Scene, under: Undertaking) -> bool:
    """Whether a clause begins between quotation marks."""
    return scene.quoted(scene.document.span(*under.content))


def _rows(scene: Scene, under: Undertaking) -> Iterator[tuple[Promised, Commitment]]:
    """The acts of an undertaking that it binds to, each with its row."""
    if under.scheduled and under.head:
        acts = [Promised(under.content, under.head, "noun")]
    else:
        acts = promised(under.sentence, under.content, scene.bonds)
    if under.rule in {"commitment.listed", "commitment.item", "commitment.headed"} and not under.scheduled:
        acts = [replace(act, kind="act") for act in acts]
    if acts and under.opens is not None:
        acts[0] = replace(acts[0], extent=(under.opens, acts[0].extent[1]))
    for act in acts:
        row = _row(scene, under, act)
        if row:
            yield act, row


def _row(scene: Scene, under: Undertaking, act: Promised) -> Commitment | None:
    """The row of one act; None where its cue does not bind to such words."""
    feared = under.statement is not None and under.statement.act == WORRY and under.sentence.kids(act.head.i, "nsubjpass")
    when = due(scene.document, under.sentence, act, scene.near(under.sentence), scene.bonds)
    reading = None if feared else withheld(scene, under, act) or force(scene, under, act, dated=when is not None)
    if reading is None or (under.rule in DATED and (when is None or PART.match(when.phrase.exact))):
        return None
    verb, illocution, polarity, entry = reading
    document = scene.document
    span = document.span(*balanced(document.text, *act.extent))
    if POINTING.fullmatch(span.exact):
        return None
    strength = _strength(scene, under, act, (verb, when, entry)) if polarity != "withheld" else Force(0, 0, 0, (_from(entry, 0),))
    position = polarity != "withheld" and strength.object == 0 and act.kind in {"position", "norm"}
    on = condition(document, under.sentence, act, under.cue, scene.bonds)
    statement = under.statement or scene.around(act.extent)
    mode = _mode(scene, statement, span)
    cue = document.span(*under.cue, "cue") if under.cue else None
    if mode == "writer" and not (when and strength.object):
        return None
    row = Commitment(
        row_id("commitment", document.id, (span,), cue), document.id, statement.id if statement else None, span, illocution, polarity,
        strength, mode, cue, _undertaker(scene, under, act), document.span(*on) if on else None, when.phrase if when else None, position,
        rule=under.rule, entry=PackEntry("commitments", entry.id) if entry else None,
    )  # fmt: skip
    return replace(row, test=_test(row))


def _strength(scene: Scene, under: Undertaking, act: Promised, known: tuple[int, When | None, Bond | None]) -> Force:
    """The place on the scale, with the rule behind each of its three parts."""
    verb, when, entry = known
    words = scene.document.text[slice(*act.extent)]
    value, why = weight(under.sentence, act, words, scene.bonds, dated=when is not None)
    if under.lemma.endswith("committed") and act.kind == "noun" and value > 1:
        value, why = 1, "object 1: a thing that one stands by"
    bound = f"time 1: {when.rule}" if when else "time 0: nothing bounds it"
    return Force(verb, value, int(when is not None), (_from(entry, verb), why, bound))


def _from(entry: Bond | None, verb: int) -> str:
    return f"verb {verb}: commitments/{entry.id}" if entry else f"verb {verb}: will of the undertaker"


def _undertaker(scene: Scene, under: Undertaking, act: Promised) -> Span | None:
    """The words that name who is to act, where they are not the source's own."""
    told = under.rule in {"commitment.told", "commitment.own"}
    subject = None if told and under.rule != "commitment.own" else under.subject
    owner = under.sentence.kid(act.head.i, "poss") if told and act.kind == "noun" else None
    if owner is not None and owner.tag[:3] == "NNP":
        subject = owner.start, owner.end
    obliged = _obliged(under, act) if act.kind == "treaty" else None
    if obliged is not None:
        return scene.document.span(*obliged)
    if act.subject is not None and told:
        subject = phrase(under.sentence, act.subject)
    return scene.document.span(*subject) if subject else None


def _obliged(under: Undertaking, act: Promised) -> Extent | None:
    """Whom a treaty's words oblige ("provisions that oblige the league to help")."""
    tokens = under.sentence.tokens
    verb = next((tokens[i] for i in under.sentence.below(act.head.i) if tokens[i].lemma in OBLIGES), None)
    whom = under.sentence.kid(verb.i, "dobj") if verb else None
    if verb is not None and whom is None:
        whom = next((t for k in under.sentence.kids(verb.i, "ccomp", "xcomp") for t in under.sentence.kids(k.i, "nsubj")), None)
    return phrase(under.sentence, whom) if whom else None


def _mode(scene: Scene, statement: Statement | None, action: Span) -> EvidenceMode:
    """Whose words prove the row: a turn's, quoted ones, a report's, the writer's."""
    genre = scene.document.card.genre.value
    chain = list(scene.chain(statement))
    if any(bearers.media(scene, s) for s in chain):
        return "media report"
    if any(s.factuality == "hearsay" for s in chain):
        return "hearsay"
    if any(s.directness == "turn" for s in chain):
        return "turn"
    quoted = any(s.directness == "direct" for s in chain) or QUOTES.search(action.exact) or scene.quoted(action)
    if any(s.directness == "authorial" for s in chain) or (statement is None and genre in PRESS and not scene.speech):
        return "writer"
    if quoted:
        return "quotation"
    return "turn" if scene.speech else "paraphrase"


def _test(row: Commitment) -> tuple[tuple[str, bool], ...]:
    """The five answers of the test; a row passes when all are yes (guidelines: force 2, object 1, no hearsay, report or writer)."""
    return (
        ("discrete", row.polarity != "withheld"),
        ("specific", row.force.object >= 1),
        ("future-oriented", row.polarity != "withheld" and not row.position),
        ("public", row.mode in {"turn", "quotation", "paraphrase"}),
        ("collective", row.force.verb >= TESTED),
    )

"""Whether a cue binds to such words, with what force, illocution and polarity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reaffirm.extract.commitments.undertakings import READY
from reaffirm.extract.groups import phrase

if TYPE_CHECKING:
    from reaffirm.extract.commitments.bonds import Bonds
    from reaffirm.extract.commitments.promised import Promised
    from reaffirm.extract.commitments.scene import Scene
    from reaffirm.extract.commitments.undertakings import Undertaking
    from reaffirm.language.parse import Sentence
    from reaffirm.model import Statement
    from reaffirm.packs import Bond
    from reaffirm.readings import Polarity

    Reading = tuple[int, str, Polarity, Bond | None]

JOINT = re.compile(
    r"\b(?:joint|communiqu[eé]|both|two|three|four|all|sides|leaders|ministers|parties|countries|governments|members|participants|we|they|and)\b",
    re.IGNORECASE,
)
IT = re.compile(r"(?:it|which|that|the (?:statement|document|text|declaration|communiqu[eé]|committee|meeting|summit))", re.IGNORECASE)
ISSUER = re.compile(  # a body whose members speak as one in a text that it issues
    r"the (?:[\w-]+ ){0,3}(?:council|board|assembly|conference|commission|union|league|organi[sz]ation|group|forum|association|alliance)",
    re.IGNORECASE,
)
BARE = frozenset({"will", "will not", "be going to"})  # cues without a verb of undertaking
FIXED = frozenset({"commitment.tasked", "commitment.set", "commitment.headed", "commitment.slated", "commitment.item", "commitment.due"})
UNABLE = 16  # code points before a cue in which "unable to" may stand
NOT_REACHED = re.compile(
    r"\b(?:not|never|n[o’']t|failed to|unable to) (?:\w+ )?(?:reach|come to|arrive at|find) (?:an? |any )?(?:agreement|consensus|deal)$",
    re.IGNORECASE,
)
NEAR = 12  # statements among which what "it" stands for is looked for
PROMISE, WEAKER = 3, 2


def withheld(scene: Scene, under: Undertaking, act: Promised) -> Reading | None:
    """The reading of a cue that tells of no commitment: denied, or under a verb that holds back."""
    row = under.statement
    if row is None or row.cue is None or not _denied(scene, row):
        return None
    words = [w.casefold() for w in re.findall(r"\w+", row.cue.exact)]
    holds = next((b for w in words for b in scene.bonds.kinds.get("refusal", ()) if any(w.startswith(f[:5]) for f in b.forms)), None)
    strong = next((b for b in scene.bonds.of("verb", under.lemma) if b.force >= WEAKER), None)
    stopped = holds is not None and "short" in words
    if (strong and (act.kind not in {"state", "treaty"} or _asks(under, act))) or stopped:
        return 0, under.lemma, "withheld", strong or holds
    return None


def _denied(scene: Scene, row: Statement) -> bool:
    """Whether a statement tells what was not undertaken: it is denied, or its cue denies a noun ("did not reach agreement")."""
    if row.factuality == "denied" or row.cue is None:
        return row.factuality == "denied"
    words = scene.document.text[max(0, row.cue.start - UNABLE) : row.cue.end]
    return NOT_REACHED.search(words) is not None


def _first(under: Undertaking, act: Promised) -> int:
    """The index of the verb that carries the clause; what is coordinated with it is judged by itself."""
    return under.head.i if under.head is not None else act.head.i


def _asks(under: Undertaking, act: Promised) -> bool:
    return any(t.tag in {"WP", "WRB", "WDT"} for t in under.sentence.kids(act.head.i)) or act.kind == "will"


def force(scene: Scene, under: Undertaking, act: Promised, *, dated: bool) -> Reading | None:
    """The force of the cue over such words, the illocution and the polarity; None where the cue binds to nothing there."""
    row = under.statement
    if under.rule in FIXED:
        return _fixed(scene, under, act)
    if under.rule in {"commitment.will", "commitment.coming", "commitment.listed"} and under.lemma in BARE:
        if act.kind not in {"act", "will", "state"} or (act.head.i != _first(under, act) and scene.bonds.of("happening", act.head.lemma)):
            return None
        return PROMISE, under.lemma, "will not" if under.negated or act.negated else "will", None
    if row is not None and _denied(scene, row):
        return None
    polarity: Polarity = "will not" if act.negated else "will"
    if act.kind == "attitude":
        return _attitude(scene, under, act, polarity)
    bond = _fitting(scene, under, act, dated=dated)
    if bond is None:
        return None
    force = min(bond.force, WEAKER) if act.kind in {"norm", "position"} else bond.force
    return force, under.lemma, polarity, bond


def _fixed(scene: Scene, under: Undertaking, act: Promised) -> Reading | None:
    """The reading of what binds by its form, whatever the act: those who are told to act, what is set, an item of a list."""
    kind = "tasking" if under.rule == "commitment.tasked" else "schedule"
    polarity: Polarity = "will not" if act.negated else "will"
    if under.rule == "commitment.item":
        return 0, under.lemma, polarity, None
    entry = next(iter(scene.bonds.of(kind, under.lemma) or scene.bonds.kinds.get(kind, ())), None)
    return (entry.force, under.lemma, polarity, entry) if entry else None


def _fitting(scene: Scene, under: Undertaking, act: Promised, *, dated: bool) -> Bond | None:
    """The first entry of the cue's lemma whose content may be such words."""
    kind = act.kind
    if kind in {"position", "norm"} and not (_joint(scene, under) and _kept(under.sentence, act, scene.bonds)):
        return None
    if kind == "state":
        return None
    if kind == "noun" and any(scene.bonds.of("treaty", under.sentence.tokens[i].lemma) for i in under.sentence.below(act.head.i)):
        kind = "treaty"
    if kind == "noun" and (act.head.tag[:2] not in {"NN", "CD"} and act.head.tag != "VBG"):
        return None
    if kind == "noun" and (scene.bonds.first("quality", act.head.lemma) or _with_somebody(scene, under)):
        return None
    found = next((bond for bond in scene.bonds.of("verb", under.lemma) if kind in bond.takes), None)
    weak = found is not None and found.force < WEAKER and kind == "will"
    return None if weak and not (_of_one_s_own(under, act, scene.bonds, dated=dated) and _ours(scene, under, act)) else found


def _ours(scene: Scene, under: Undertaking, act: Promised) -> bool:
    """Whether what a speech says will be done is done by the speaker's side."""
    if not scene.speech or act.subject is None or act.subject.tag == "PRP":
        return True
    low, high = phrase(under.sentence, act.subject)
    words = " ".join(scene.document.text[low:high].casefold().split())
    return words.startswith(("my ", "our ")) or any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) for name in scene.own)


def _with_somebody(scene: Scene, under: Undertaking) -> bool:
    """Whether the cue only says with whom somebody agrees."""
    return under.cue is not None and scene.document.text[slice(*under.cue)].endswith(" with")


def _of_one_s_own(under: Undertaking, act: Promised, bonds: Bonds, *, dated: bool) -> bool:
    """Whether what somebody says will be done is done by somebody, and is no prediction ("said the rain would stop").

    What comes about on a day that is named ("said the boats would arrive by June") is arranged, whatever the subject.
    """
    sentence, subject = under.sentence, act.subject
    if subject is None or sentence.kid(act.head.i, "auxpass"):
        return True
    joined = sentence.kid(act.head.i, "acomp", "oprd")
    foretold = bool(bonds.of("happening", act.head.lemma)) and (joined is None or joined.text.casefold() not in READY)
    if dated and bonds.of("coming", act.head.lemma):
        return True
    pronoun = subject.tag == "PRP" and subject.text.casefold() not in {"there", "you"}
    somebody = pronoun or subject.tag[:3] == "NNP" or bool(bonds.first("body", subject.lemma))
    return somebody and not foretold


def _attitude(scene: Scene, under: Undertaking, act: Promised, polarity: Polarity) -> Reading | None:
    """An undertaking named by a noun: its own force under a verb that carries it, the verb's where that weighs by itself."""
    noun = scene.bonds.first("attitude", act.noun)
    own = next((b for b in scene.bonds.of("verb", under.lemma) if b.force >= WEAKER), None)
    if noun is None or (own is None and not scene.bonds.of("carrier", under.lemma)):
        return None
    if act.head.tag[:2] != "VB" and not any(
        t.text.casefold() in {"to", "towards", "toward", "of"} for t in under.sentence.kids(act.head.i, "prep")
    ):
        return None
    if any(t.text.casefold() == "no" for t in under.sentence.tokens if act.extent[0] <= t.start < act.extent[0] + 3):
        polarity = "will not"
    if own:
        return min(own.force, WEAKER), under.lemma, polarity, own
    return noun.force, f"{under.lemma} ({act.noun})", polarity, noun


def _kept(sentence: Sentence, act: Promised, bonds: Bonds) -> bool:
    """Whether the object of a position is an act or a state to be kept or reached."""
    if act.kind == "norm" or act.noun not in {"importance", "significance", "value", "necessity", "urgency", "role"}:
        return True
    first = [t for p in sentence.kids(act.head.i, "prep") for t in sentence.kids(p.i, "pobj", "pcomp")]
    objects = [*first, *(t for f in first for t in sentence.kids(f.i, "conj"))]
    return any(t.tag == "VBG" or bonds.first("kept", t.lemma) for t in objects)


def _joint(scene: Scene, under: Undertaking) -> bool:
    """Whether several parties voice it: a plural source, a joint text, or "it" of such a text."""
    row = under.statement
    if scene.speech and (row is None or not scene.quoted(row.content[0])):
        return False
    if row is None or row.source is None:
        return scene.official
    words = row.source.exact
    if JOINT.search(words) or (scene.official and ISSUER.fullmatch(words)):
        return True
    if IT.fullmatch(words):
        at = scene.order.get(row.id, 0)
        named = (s.source.exact for s in reversed(scene.statements[max(0, at - NEAR) : at]) if s.source)
        before = next((source for source in named if not IT.fullmatch(source)), "")
        return bool(JOINT.search(before))
    return False

"""One sentence -> attributions as offsets: each cue verb with its source and content, by the verbs pack.

A draft becomes a row in `statements`, which knows the document around the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm.extract import frames
from reaffirm.extract.groups import Extent, Group, group, phrase, subject
from reaffirm.model import PackEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.lexicon import Lexicon
    from reaffirm.language.parse import Sentence, Token
    from reaffirm.model import Factuality
    from reaffirm.packs import Noun, Verb

# A speech act under these is asked for or possible, not reported (GUIDELINES 4.2 sharpened).
UNREAL = frozenset(["should", "must", "can", "could", "may", "might", "shall", "need", "ought", "'d", "’d"])
FUTURE = frozenset(["will", "wo", "would", "'ll", "’ll"])
HIGHEST = 12  # clauses above a cue that are looked at; "he said that he said that ..." would take quadratic time otherwise
CONDITIONS = frozenset(["if", "unless", "whether", "provided"])
NOBODY = frozenset(["nobody", "none", "neither", "no", "nothing"])
OBJECTIVE = frozenset(["me", "him", "her", "us", "them"])
CLAUSAL = frozenset({"that", "wh", "object-that", "object-wh", "quote"})
PARTICIPIAL = frozenset({"evaluative", "objection", "concern", "directive", "reaffirming"})
WHILE = frozenset({"assertive", "commissive", "reaffirming"})
SEEMING = frozenset({"seem", "appear", "sound", "look"})
POINTING = frozenset(["this", "that", "these", "those", "which", "what", "there"])


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution as extents in the text, before it becomes a row."""

    source: Extent | None
    cue: Extent | None
    content: tuple[Extent, ...]
    rule: str
    entry: PackEntry | None
    verb: Verb | None = None
    noun: Noun | None = None
    factuality: Factuality = "plain"
    agentless: bool = False
    rejected: tuple[str, ...] = ()

    @property
    def low(self) -> int:
        """Where the content begins."""
        return self.content[0][0]

    @property
    def high(self) -> int:
        """Where the content ends."""
        return self.content[-1][1]


def drafts(sentence: Sentence, lexicon: Lexicon) -> list[Draft]:
    """The attributions of one sentence in order of their cue verbs; a chain verb is none beside the verb it leads to."""
    taken: set[int] = set()
    found: list[tuple[int, int, Draft]] = []
    for token in sentence.tokens:
        if token.tag[:2] != "VB" or token.i in taken:
            continue
        read = _read(sentence, token, lexicon)
        if read:
            draft, cue = read
            taken |= set(cue.core)
            found.append((token.i, cue.finite.i, draft))
    carriers = {carrier for verb, carrier, _ in found if verb != carrier}
    return [draft for verb, _, draft in found if verb not in carriers]


def _read(sentence: Sentence, token: Token, lexicon: Lexicon) -> tuple[Draft, Group] | None:
    """The best reading of a verb: its entries in order, the first with a content; the other readings are kept as rejected."""
    rejected: list[str] = []
    for entry, core in lexicon.entries(sentence, token):
        cue = group(sentence, token, core, entry, lexicon)
        unreal = _unreal(cue, lexicon)
        if unreal:
            rejected.append(f"verbs/{entry.id}: {unreal}")
            continue
        found = _passive(cue, lexicon) or _reduced(cue, lexicon) or _active(cue, lexicon)
        if found:
            factuality: Factuality = "denied" if _denied(cue, lexicon) else found.factuality
            return replace(found, rejected=tuple(rejected), factuality=factuality), cue
        rejected.append(f"verbs/{entry.id}: no frame fits")
    return None


def _denied(cue: Group, lexicon: Lexicon) -> bool:
    """Whether a chain verb before the cue says that the act was not done."""
    chain = lexicon.chains.get(cue.finite.lemma)
    return chain is not None and chain.role == "denied" and cue.finite.i != cue.verb.i


def _unreal(cue: Group, lexicon: Lexicon) -> str:
    """Why the group reports no act that took place: a modal, a bare infinitive, a question; empty when it does."""
    s, top = cue.sentence, cue.finite
    modals = {t.text.casefold() for v in _sharing(s, top) for t in s.kids(v.i, "aux") if t.tag == "MD"}
    chain = lexicon.chains.get(top.lemma) if top.i != cue.verb.i else None
    if modals & UNREAL and not (chain and chain.ongoing):
        return "under a modal that demands or allows"
    if modals & FUTURE and chain is None and not _would_not(cue, modals) and not _refuses(cue):
        return "in the future"
    if s.tokens[-1].text == "?":
        return "in a question"
    if top.tag == "VBG" and any(t.tag == "TO" for t in s.kids(top.i, "aux")):
        return "an infinitive in the progressive"
    if top.tag == "VB" and not modals and not _did(s, top):
        return "" if _occasion(s, top, lexicon) else "an infinitive or imperative"
    return "a participle before a noun" if top.dep == "amod" else ""


def _would_not(cue: Group, modals: set[str]) -> bool:
    """Whether the group tells that somebody would not speak ("would not say who paid")."""
    says = "quote" in cue.entry.frames and cue.entry.act in {"assertive", "reaffirming"}
    return says and modals == {"would"} and bool(cue.kids("neg"))


def _refuses(cue: Group) -> bool:
    """Whether a first person refuses in saying so ("we will not accept a blockade")."""
    head = subject(cue.sentence, cue.finite)
    first = head is not None and head.text.casefold() in {"we", "i"}
    return first and "*refused" in cue.entry.objects and bool(cue.kids("neg"))


def _sharing(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """The verb and the first of the coordinated verbs whose auxiliaries it shares."""
    yield verb
    while verb.dep == "conj" and sentence.tokens[verb.head].tag[:2] == "VB" and not sentence.kid(verb.i, "aux", "nsubj"):
        verb = sentence.tokens[verb.head]
        yield verb


def _did(sentence: Sentence, verb: Token) -> bool:
    heads = [verb, *(_sharing(sentence, verb))]
    return any(t.lemma == "do" for v in heads for t in sentence.kids(v.i, "aux")) or _present(sentence, verb)


def _present(sentence: Sentence, verb: Token) -> bool:
    """Whether a base form is a present tense that the tagger missed: it has a subject and no "to"."""
    has_to = any(t.tag == "TO" for t in sentence.kids(verb.i, "aux"))
    return not has_to and (sentence.kid(verb.i, "nsubj") is not None or (verb.dep == "conj" and subject(sentence, verb) is not None))


def _occasion(sentence: Sentence, verb: Token, lexicon: Lexicon) -> bool:
    """Whether an infinitive hangs on a meeting that took place ("met to discuss")."""
    head = sentence.tokens[verb.head]
    chain = lexicon.chains.get(head.lemma)
    real = chain is not None and chain.role == "occasion"
    return real and verb.dep in {"advcl", "xcomp", "acl"} and not any(t.tag == "MD" for t in sentence.kids(head.i, "aux"))


def _passive(cue: Group, lexicon: Lexicon) -> Draft | None:
    """An agentless passive that is hearsay or the writer's own appeal; the source is nobody."""
    entry = cue.entry
    if not cue.passive or cue.kids("agent"):
        return None
    if entry.agentless is None and not (entry.unnamed and frames.announces(cue)):
        return None
    found = frames.raised(cue, lexicon) or (frames.held(cue, lexicon) if entry.agentless == "hearsay" else None)
    if found is None or not found.content:
        return None
    factuality = "hearsay" if entry.agentless == "hearsay" else _factuality(cue)
    return Draft(None, _cue(cue, found), found.content, "frame.passive", _entry(entry), entry, None, factuality, agentless=True)


def _reduced(cue: Group, lexicon: Lexicon) -> Draft | None:
    """A participle behind what was said, whose speaker is its agent ("a plan announced by the ministry")."""
    head, found = _agent(cue), frames.reduced(cue, lexicon)
    if head is None or found is None or (head.tag in {"NN", "NNS"} and lexicon.is_mute(head.lemma)):
        return None
    source = phrase(cue.sentence, head, cue.core)
    by = cue.kids("agent")[0]
    extent = cue.sentence.tokens[cue.first].start, (by if by.i == cue.last + 1 else cue.sentence.tokens[cue.last]).end
    return Draft(source, extent, found.content, "frame.reduced", _entry(cue.entry), cue.entry, None, _factuality(cue))


def _active(cue: Group, lexicon: Lexicon) -> Draft | None:
    s = cue.sentence
    if cue.passive and not cue.kids("agent"):
        return None
    speech = _speech(cue, lexicon)
    found = frames.contents(m for frame in cue.entry.frames if (m := frames.match(cue, lexicon, frame)))
    head = _agent(cue) if cue.passive else _speaking_text(cue, subject(s, cue.finite), lexicon)
    if found is None or head is None or not _speaks(head, cue, found, lexicon):
        return None
    source = phrase(s, head, cue.core)
    if any(a < source[1] and source[0] < b for a, b in found.content) or speech:
        return None
    factuality = "denied" if _nobody(s, head) else _factuality(cue)
    return Draft(source, _cue(cue, found), found.content, f"frame.{found.frame}", _entry(cue.entry), cue.entry, None, factuality)


def _speaking_text(cue: Group, head: Token | None, lexicon: Lexicon) -> Token | None:
    """The text that a relative clause is about, where the parser hung it on its complement ("the statement of the council, which")."""
    s = cue.sentence
    if head is None or cue.finite.dep != "relcl" or head.dep != "pobj":
        return head
    noun = s.tokens[s.tokens[head.head].head]
    return noun if s.tokens[head.head].text == "of" and noun.lemma in lexicon.texts else head


def _nobody(sentence: Sentence, head: Token) -> bool:
    """Whether the subject says that nobody did it ("neither side agreed")."""
    words = {head.text.casefold()} | {t.text.casefold() for t in sentence.kids(head.i, "det", "preconj", "neg")}
    return bool(words & NOBODY)


def _speaks(head: Token, cue: Group, found: frames.Match, lexicon: Lexicon) -> bool:
    """Whether the subject can be a source: a name, a person's pronoun, a noun that speaks, or any noun with a verb of saying."""
    word = head.text.casefold()
    if word in POINTING or head.tag in {"WP", "WDT"} or (word in OBJECTIVE and not cue.passive):
        return False
    if cue.finite.tag == "VBN" and cue.finite.dep in {"advcl", "acl"} and not cue.kids("aux", "auxpass"):
        return False  # "asked whether ..., the envoy left"
    bare = cue.finite.tag == "VBG" and not cue.kids("aux", "nsubj") and not cue.sentence.kids(cue.finite.i, "aux")
    if bare and found.frame not in CLAUSAL and cue.entry.act not in PARTICIPIAL and not _says_while(cue, head, lexicon):
        return False  # "hinting that", not "the report addressing the delays"
    mute = head.tag in {"NN", "NNS"} and lexicon.is_mute(head.lemma)
    return not mute or ("quote" in cue.entry.frames and found.frame in CLAUSAL)


def _says_while(cue: Group, head: Token, lexicon: Lexicon) -> bool:
    """Whether a participle tells what somebody said beside the main act ("she left, citing the costs", "began by talking of")."""
    somebody = head.tag in {"NNP", "NNPS", "PRP"} or head.lemma in lexicon.speakers
    return somebody and cue.finite.dep in {"advcl", "pcomp", "conj"} and cue.entry.act in WHILE


def _speech(cue: Group, lexicon: Lexicon) -> bool:
    """Whether the verb is only the light verb of a speech noun, which is read as one cue elsewhere."""
    head = next(iter(cue.kids("dobj")), None)
    noun = head and lexicon.noun(head.lemma, "speech")
    owned = head and cue.sentence.kid(head.i, "poss")
    return bool(noun and not owned and cue.entry.lemma in noun.light)


def _agent(cue: Group) -> Token | None:
    by = next(iter(cue.kids("agent")), None)
    return cue.sentence.kid(by.i, "pobj") if by else None


def _cue(cue: Group, found: frames.Match) -> Extent:
    tokens = cue.sentence.tokens
    last = max(cue.last, found.last or 0)
    return tokens[min(cue.first, cue.verb.i)].start, tokens[last].end


def _entry(entry: Verb) -> PackEntry:
    return PackEntry("verbs", entry.id)


def _factuality(cue: Group) -> Factuality:
    """The factuality that the words give: negation, condition, a hedged inference above, else that of the entry."""
    s = cue.sentence
    if any(t.dep == "neg" for v in {cue.verb.i, cue.finite.i} for t in s.kids(v)):
        return "denied"
    token = cue.finite
    for _ in range(HIGHEST):
        if token.head == token.i:
            break
        if token.dep == "advcl" and any(t.text.casefold() in CONDITIONS for t in s.kids(token.i, "mark")):
            return "conditional"
        above = s.tokens[token.head]
        if token.dep == "ccomp" and _pointed(s, above):
            return "inferred"
        token = above
    seems = cue.entry.lemma == "be" and cue.finite.lemma in SEEMING  # "sounded optimistic"
    return "inferred" if seems else cue.entry.factuality


def _pointed(sentence: Sentence, verb: Token) -> bool:
    """Whether the verb's subject is only a pointer to facts ("this suggests that ..."), so that its clause is inferred."""
    head = subject(sentence, verb)
    return head is not None and head.text.casefold() in {"this", "that", "which", "these"} and verb.dep != "relcl"

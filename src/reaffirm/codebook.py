"""The codebook: what each code of the ledger means, with the words that call for it, so that a second coder can code by it.

The meanings of the closed vocabularies stand here; the words, examples and counterexamples come from the packs, whose entries are
read by the names of their fields, so that a new pack needs no code. `codebook` is a pure function; docs/codebook.md is what it returns.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from itertools import groupby
from typing import TYPE_CHECKING, get_args

from reaffirm.model import Act, Directness, Factuality
from reaffirm.readings import Band, DemandClass, EvidenceMode, MeetingStatus, Polarity, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

HEAD = """# Codebook

<!-- made from the packs by `make docs`; a test compares -->

What each code of the ledger means, and which words call for it. Read [the guidelines](guidelines.md) first: they say how to mark
a span; this page says how to choose a code. Every list below is closed unless it comes from a [pack](packs.md), which you may change.
Examples are about invented states and people; real places are named where an issue is a place.

How to code with it: mark the spans without looking at any program's answer; give each row one value of each list; where two values
fit, take the one that stands first; where none fits, leave the field empty and say so in a note. `reaffirm score A B` compares coders.
"""
Codes = dict[str, str]
DIRECTNESS: Codes = {
    "direct": "All of the content stands in quotation marks.",
    "mixed": "Some words of the content are quoted and some are not.",
    "indirect": "The content is reported in the writer's words, without quotation marks.",
    "turn": "The content is what a speaker says after a label, in a transcript or a gist.",
    "scare": "A slogan, a label or a thought that is only imagined, in quotation marks.",
    "authorial": "The writer's own act, with a cue of its own (“we would like to point out”).",
}
FACTUALITY: Codes = {
    "plain": "The text tells the act as done, by somebody it can name.",
    "hearsay": "Nobody answers for it: “it is said”, “reportedly”, what media report, and all that is nested in such words.",
    "inferred": "The writer concludes it from something else (“hinting that”).",
    "characterised": "The cue is the writer's name for what was done (“boasted”, “admitted”).",
    "denied": "The act was not done (“did not agree”, “declined to say”).",
    "conditional": "The act is done only if something else happens.",
    "demanded": "Somebody asks that the act go on.",
}
ACTS: Codes = {
    "assertive": "Says that something is so: say, note, stress, discuss.",
    "concern": "Shows worry about a state of affairs: be concerned, warn, be alarmed.",
    "objection": "Takes a stand against: oppose, reject, condemn.",
    "reaffirming": "Stands by an earlier word or a party: reaffirm, support, reiterate.",
    "commissive": "Binds the speaker to an act: agree, intend, pledge.",
    "directive": "Wants an act of another: hope, call on, urge, demand.",
    "evaluative": "Praises, thanks or regrets: appreciate, welcome, commend.",
}
POLARITY: Codes = {
    "will": "Undertakes to act.",
    "will not": "Undertakes to refrain.",
    "withheld": "The undertaking was expected or asked for, and not given.",
}
BANDS: Codes = {"strong": "Strength 5 or 6.", "medium": "Strength 3 or 4.", "weak": "Strength 2 or less."}
MODES: Codes = {
    "turn": "The words stand in a speaker's turn.",
    "quotation": "The words that bind are quoted.",
    "paraphrase": "A text of the parties, or a report of it, tells them in its own words.",
    "media report": "A newspaper or agency is given as the source.",
    "writer": "The writer says so, and gives no source.",
    "hearsay": "Nobody answers for it.",
}
DEMANDS: Codes = {
    "demand": "Somebody ought to act.",
    "evaluation": "A judgement that asks for no act.",
    "question": "An open matter, put as a question or called one.",
    "inference": "The writer's own guess at motives or effects, under a hedge.",
}
TONES: Codes = {
    "positive": "Speaks for it.",
    "negative": "Speaks against it.",
    "mixed": "Speaks for a part and against another.",
    "neutral": "Takes no side.",
}
MEETINGS: Codes = {
    "held": "It took place, or is taking place.",
    "planned": "It is agreed or announced.",
    "called for": "Somebody asks that it be held.",
    "called off": "It was planned and will not be held.",
    "mentioned": "The text names it and leaves open whether it was held.",
}
COMMITMENT_SCALE = """Add three numbers; the sum, 0 to 6, is the strength.

| | 3 | 2 | 1 | 0 |
|---|---|---|---|---|
| verb | undertakes outright, or the future of who must act | repeats or shares it | intends, considers, acknowledges | undertakes nothing |
| object | | one act whose doing can be checked | something that goes on, or general | a position, a value, a need |
| time | | | a bounded time is stated for that very act | none |
"""
DEMAND_SCALE = """| strength | what the words leave to the one who is asked |
|---|---|
| 4 | nothing: must, urgently need to |
| 3 | a reason is still heard: need to, is essential, is necessary |
| 2 | a choice: should, it is important to, is urged to |
| 1 | all: it is hoped, would like, is called on to, a headline |
"""
LADDER = """Each act has four places. The verb or noun says where a statement begins; words round it move it by one step at most. The
places are an opinion that the pack states and anybody may edit."""
ISSUES = """A row is filed under every issue that its own words name, and under no issue that it only passes by. Words called *faint* count
where no other words of the row name an issue. Where the row names none, file it under what its sentence, its heading and the sentences
around it are about most; where these too name none, leave it unfiled. A general issue (“in general” in its name) is for rows that no
other issue of its field fits. A form in the singular is met in the plural as well; either spelling of English counts; hyphens are
blanks."""
THINGS = """Beside the issues a row is filed under each treaty, law, place or programme that it names, by its full name."""
CODES: tuple[tuple[str, object, Codes], ...] = (
    ("Directness of a statement", Directness, DIRECTNESS),
    ("Factuality of a statement", Factuality, FACTUALITY),
    ("Speech act of a statement", Act, ACTS),
    ("Polarity of a commitment", Polarity, POLARITY),
    ("Band of a commitment", Band, BANDS),
    ("Evidence of a commitment", EvidenceMode, MODES),
    ("Class of a demand row", DemandClass, DEMANDS),
    ("Polarity of a demand row", Tone, TONES),
    ("Status of a meeting", MeetingStatus, MEETINGS),
)
SKIPPED = frozenset({"id", "name", "field", "source", "examples", "counterexamples"})  # shown otherwise, or not at all
LISTED = 60  # forms of one entry that are printed


def codebook(packs: Mapping[str, Sequence[object]]) -> str:
    """The page docs/codebook.md in Markdown: the closed codes, the scales, then each pack given, under its title.

    `packs` are entries by the pack's title, in the order of the page; the titles "Ladder", "Issues" and "Things" have an introduction of
    their own. An entry is any dataclass with an `id`; its tuples, patterns and numbers are shown by
    the names of their fields. Raises `TypeError` for an entry that is no dataclass.
    """
    parts = [HEAD, *(_codes(title, kind, meanings) for title, kind, meanings in CODES)]
    parts += ["## Strength of a commitment\n\n" + COMMITMENT_SCALE, "## Strength of a demand\n\n" + DEMAND_SCALE]
    parts += [_pack(title, entries) for title, entries in packs.items() if entries]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _codes(title: str, kind: object, meanings: Codes) -> str:
    """A closed list as a table, in the order of the vocabulary."""
    rows = [f"| `{value}` | {meanings[value]} |" for value in get_args(kind)]
    return "\n".join([f"## {title}", "", "| code | meaning |", "|---|---|", *rows])


def _pack(title: str, entries: Sequence[object]) -> str:
    """A pack as a section, its entries grouped by field, kind or class where they have one."""
    introduction = {"Ladder": LADDER, "Issues": ISSUES, "Things": THINGS}.get(title, f"{len(entries)} entries of the pack.")
    lines = [f"## {title}", "", introduction, ""]
    for group, members in groupby(sorted(entries, key=_group), key=_group):
        lines += [f"### {title}: {group}", ""] if group else []
        lines += [line for entry in members for line in _entry(entry)]
    return "\n".join(lines)


def _group(entry: object) -> str:
    return next((str(getattr(entry, key)) for key in ("field", "frame", "kind") if getattr(entry, key, None)), "")


def _entry(entry: object) -> Iterator[str]:
    """An entry as a paragraph: its name, what calls for it, examples and counterexamples."""
    if not is_dataclass(entry):
        message = f"{entry!r} is no entry of a pack"
        raise TypeError(message)
    name, identity = getattr(entry, "name", ""), getattr(entry, "id", "")
    yield f"**{_plain(name)}** (`{identity}`)  " if name else f"**`{identity}`**  "
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name not in SKIPPED and field.name != "kind" and value not in {None, "", (), False}:
            yield f"*{field.name.replace('_', ' ')}*: {_value(value)}  "
    yield from _sentences("yes", getattr(entry, "examples", ()))
    yield from _sentences("no", getattr(entry, "counterexamples", ()))
    yield ""


def _value(value: object) -> str:
    if isinstance(value, re.Pattern):
        return f"`{value.pattern}`".replace("|", "\\|")
    if isinstance(value, tuple):
        rest = f" … and {len(value) - LISTED} more" if len(value) > LISTED else ""
        return _plain(", ".join(map(str, value[:LISTED]))) + rest
    return _plain(str(value))


def _sentences(word: str, sentences: Iterable[str]) -> Iterator[str]:
    yield from (f"- {word}: {_plain(sentence)}" for sentence in sentences)


def _plain(text: str) -> str:
    """Text in which Markdown finds nothing to read: marks escaped, white space single."""
    return re.sub(r"([\\`*_<>|\[\]])", r"\\\1", " ".join(text.split()))

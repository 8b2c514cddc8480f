"""Measures speaker turns: press conferences rendered as plain text in five label conventions, seed fixed.

`REAFFIRM_SHARED` names the shared folder (default ../shared); without its table of turns there is nothing to measure and
the script says so. The table may measure but not shape: nothing of it is kept here. Two of its labels are no speakers
("afternoon, everyone", "GDP") and their two turns are left out; time stamps and notes before a name, and laughter before
a text, are taken off.

A turn is found when its label has exactly the label's words, its content begins and ends within two characters of the
truth, and the name that the program gives it (`resolve.labels`) has the last name of the speaker in the table.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import textwrap
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reaffirm import packs, pipeline
from reaffirm.extract.statements import turns
from reaffirm.language.names import mentions
from reaffirm.model import Source
from reaffirm.resolve.labels import persons

if TYPE_CHECKING:
    from collections.abc import Callable

EXTRA = re.compile(r"^(\[[^\]]+\]|FINAL)\s+")
LAUGHTER = re.compile(r"^\[Laughter\]\s+")
SEED = 20260101
FLOOR = 0.98
NAMES = ("inline", "own line", "capitals", "title, then surname", "inline, wrapped")
TITLES = ("Chair", "Chairman", "Vice Chair", "Governor", "Madam", "Mr.", "Ms.", "Press Secretary", "Reporter")
NOTES = ("(Laughter.)", "[Laughter]", "(Applause.)", "[Inaudible]", "(Off-mic exchange.)")
UNNAMED = ("QUESTION", "UNIDENTIFIED SPEAKER")
HEADERS = ("Transcript of the press conference on monetary matters", "Joint press conference at the Old Customs House")


@dataclass
class Text:
    """A rendered text in the making, and the truth: (label words, speaker, start and end of content) for each turn."""

    lines: list[str] = field(default_factory=list)
    size: int = 0
    turns: list[tuple[str, str, int, int]] = field(default_factory=list)

    def write(self, words: str) -> tuple[int, int]:
        """The extent of the words, written as one or more lines."""
        start = self.size
        self.lines.append(words)
        self.size += len(words) + 1
        return start, start + len(words)


@dataclass(frozen=True)
class Style:
    """How one text is set: what a label looks like, what follows it, whether blank lines part the paragraphs."""

    label: Callable[[str], str]
    cue: str
    own_line: bool
    wrapped: bool
    airy: bool


def table(path: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """The press conferences: date and (speaker, text) of each turn."""
    found = []
    with path.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            turns = [(EXTRA.sub("", turn["speaker"]), LAUGHTER.sub("", turn["text"].strip())) for turn in row["turns"]]
            found.append((row["date"], [(speaker, text) for speaker, text in turns if speaker.isupper() and speaker != "GDP" and text]))
    return found


def in_lower(name: str) -> str:
    """The name in ordinary writing, of the capitals of the table."""
    name = re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), name)
    name = re.sub(r"\bMc([a-z])", lambda m: "Mc" + m[1].upper(), name)
    return re.sub(r"(?<=\w)’S\b", "’s", name)


def full_names(turns: list[tuple[str, str]], rng: random.Random) -> Callable[[str], str]:
    """The label of each turn in order: title and name at first, the surname alone later, unless two people share it."""
    people = {speaker for speaker, _ in turns}
    shared = {s for s in people if sum(surname(s) == surname(other) for other in people) > 1}
    titles = {s: rng.choice(TITLES) for s in sorted(people)}
    seen: set[str] = set()

    def label(speaker: str) -> str:
        if speaker in UNNAMED:
            return in_lower(speaker)
        full = in_lower(speaker)
        if not re.match(r"(?:CHAIR|VICE)", speaker):
            full = f"{titles[speaker]} {full}"
        if speaker in seen and speaker not in shared:
            return in_lower(surname(speaker))
        seen.add(speaker)
        return full

    return label


def surname(speaker: str) -> str:
    """The surname in a label of the table, particles included."""
    words = speaker.split()
    return " ".join(words[-2:]) if len(words) > 2 and words[-2] in ("DA", "LA", "DE") else words[-1]


def style(convention: int, turns: list[tuple[str, str]], rng: random.Random) -> Style:
    """The style of one text in a convention, its free choices drawn."""
    airy = rng.random() < 0.7
    if convention == 0:
        return Style(in_lower, ":", own_line=False, wrapped=False, airy=airy)
    if convention == 1:
        return Style(rng.choice((in_lower, str)), rng.choice(("", ":")), own_line=True, wrapped=False, airy=airy)
    if convention == 2:
        return Style(str, rng.choice((".", ":")), own_line=False, wrapped=False, airy=airy)
    if convention == 3:
        return Style(full_names(turns, rng), ":", own_line=False, wrapped=False, airy=airy)
    return Style(rng.choice((in_lower, str)), rng.choice((":", ":", ".")), own_line=False, wrapped=True, airy=airy)


def paragraphs(text: str, rng: random.Random) -> list[str]:
    """The text in one to four paragraphs, broken at ends of sentences."""
    ends = [m.end() for m in re.finditer(r"[a-z]{3}[.?!]”? (?=[A-Z])", text)]
    cuts = sorted(rng.sample(ends, min(len(ends), rng.randint(0, 3)))) if len(text) > 400 else []
    return [text[a:b].strip() for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def render(date: str, turns: list[tuple[str, str]], convention: int, rng: random.Random) -> Text:
    """The press conference as plain text in a convention, with title, date line and stage notes."""
    how, text = style(convention, turns, rng), Text()
    text.write(rng.choice(HEADERS))
    text.write("")
    text.write(date)
    text.write("")
    for speaker, words in turns:
        _turn(text, how, speaker, paragraphs(words, rng), rng)
    return text


def _turn(text: Text, how: Style, speaker: str, said: list[str], rng: random.Random) -> None:
    label = how.label(speaker)
    cue = ":" if how.cue == "." and not label.isupper() else how.cue
    if how.own_line:
        text.write(label + cue)
    else:
        said = [f"{label}{cue} {said[0]}", *said[1:]]
    start = end = -1
    for number, paragraph in enumerate(said):
        words = textwrap.fill(paragraph, 80, break_long_words=False, break_on_hyphens=False) if how.wrapped else paragraph
        first, end = text.write(words)
        if start < 0:
            start = first + (0 if how.own_line else len(label) + len(cue) + 1)
        if how.airy:
            text.write("")
        if rng.random() < 0.03 and (number + 1 < len(said) or rng.random() < 0.5):
            text.write(rng.choice(NOTES))
            if how.airy:
                text.write("")
    text.turns.append((label, speaker, start, end))


def score(text: Text, known: packs.Packs, show: int) -> tuple[int, int, int]:
    """How many turns are found, how many there are, and how many found are false."""
    words = "\n".join(text.lines)
    document = pipeline.identify(words.encode(), Source(words, "bench"), known)
    rows = list(turns(document))
    named = persons(rows, mentions(document, known), known)
    truth = {start: (label, speaker, end) for label, speaker, start, end in text.turns}
    hits, wrong = 0, []
    for row in rows:
        start, end, label = row.content[0].start, row.content[-1].end, row.source.exact if row.source else ""
        at = next((s for s in range(start - 2, start + 3) if s in truth), None)
        if at is None or truth[at][0] != label:
            wrong.append(f"false {label!r} {words[start : start + 60]!r}")
            continue
        _, speaker, last = truth.pop(at)
        if abs(last - end) <= 2 and same(named.get(row.id, label), speaker):
            hits += 1
        else:
            wrong.append(f"extent or speaker {label!r} {named.get(row.id)!r} {words[end - 40 : end + 40]!r}")
    wrong += [f"missed {label!r} {words[end - 60 : end]!r}" for label, _, end in truth.values()]
    print(*wrong[:show], sep="\n", end="\n" if wrong[:show] else "")
    return hits, len(text.turns), sum(line.startswith("false") for line in wrong)


def same(name: str, speaker: str) -> bool:
    """Whether the name that the program gives a turn is the speaker's: the same last name, whatever the label printed."""
    return name.casefold().split()[-1] == speaker.casefold().split()[-1]


def measure(path: Path, show: int) -> list[dict[str, object]]:
    """The figures of each convention."""
    known, press, rows = packs.load(), table(path), []
    for convention, name in enumerate(NAMES):
        rng, begun = random.Random(SEED + convention), time.perf_counter()
        texts = [render(date, turns, convention, rng) for date, turns in press]
        found = [score(text, known, show) for text in texts]
        hits, turns, false = (sum(column) for column in zip(*found, strict=True))
        rows.append({"convention": name, "turns": turns, "right": hits, "share": round(hits / turns, 4), "false": false,
                     "seconds": round(time.perf_counter() - begun, 2)})  # fmt: skip
    return rows


def main() -> int:
    """The exit code: 0, or 1 when `--check` is given and a convention stays below the floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--check", action="store_true", help=f"fail when a convention is below {FLOOR}")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print what is wrong, and at most N misses a text")
    arguments = parser.parse_args()
    path = Path(os.environ.get("REAFFIRM_SHARED", "../shared")) / "data/documents/fomc_pressconf_turns.jsonl"
    if not path.exists():
        print(f"{path} is not there: set REAFFIRM_SHARED to the shared folder; nothing measured", file=sys.stderr)
        return 0
    rows = measure(path, arguments.show)
    if arguments.json:
        print(json.dumps(rows, indent=1))
    else:
        print(f"{'convention':22}{'turns':>7}{'right':>7}{'share':>9}{'false':>7}{'seconds':>9}")
        for row in rows:
            print(f"{row['convention']:22}{row['turns']:>7}{row['right']:>7}{row['share']:>9}{row['false']:>7}{row['seconds']:>9}")
    return int(arguments.check and any(float(str(row["share"])) < FLOOR for row in rows))


if __name__ == "__main__":
    sys.exit(main())

"""Documents of many invented worlds: UN speeches and statements of a central bank with their names and dates changed, by a fixed seed."""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import speeches

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20000
YEARS = 40  # by which the dates of a world are moved at most
LONG = 10  # statements to one speech
PIECE = 1200  # characters of a text that make a document: one that is quick to read
NAME = re.compile(r"(?<=[a-z,;] )(?:[A-Z][a-z]{3,})\b")
YEAR = re.compile(r"\b(19[5-9]\d|20[0-6]\d)\b")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
OFFICES = ("Market", "Committee", "Board", "Governors", "Federal", "Reserve", "Bank", "Treasury", "President", "Assembly", "Minister")
KEPT = frozenset({*MONTHS, *OFFICES, "Government", "Open"})
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


class Text(NamedTuple):
    """One invented document: file name, day of publication, publisher, text."""

    name: str
    published: str
    publisher: str
    text: str


def texts(count: int) -> Iterator[Text]:
    """So many documents, world after world; each world has its own names and its own years."""
    sources = _sources()
    for n in range(count):
        world, at = divmod(n, len(sources))
        day, publisher, text = sources[at]
        yield _changed(world, at, day, publisher, text)


def _sources() -> list[tuple[date, str, str]]:
    """Day, publisher and text of the originals, in order: the statements, and pieces of one speech after every few of them."""
    folder = speeches.folder()
    with (folder / "fomc_statements.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    found = [(date.fromisoformat(row["date"]), "Reserve", _piece(row["text"])) for row in sorted(rows, key=lambda row: str(row["date"]))]
    spoken = iter(speeches.speeches().items())
    out = []
    for n, row in enumerate(found):
        out.append(row)
        if n % LONG == 0:
            key, text = next(spoken)
            out.append((date(1945 + int(key.rsplit("-", 1)[1]), 9, 24), "Assembly", _piece(text)))
    return out


def _piece(text: str) -> str:
    end = text.find(". ", PIECE)
    return text[: end + 1] if end > 0 else text


def _changed(world: int, at: int, day: date, publisher: str, text: str) -> Text:
    rng = random.Random(f"{SEED}-{world}")
    shift = rng.randrange(YEARS)
    names: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        word = found[0]
        return word if word in KEPT else names.setdefault(word, _name(random.Random(f"{SEED}-{world}-{word}"), len(word)))

    moved = day + timedelta(days=365 * shift + world % 28)
    body = YEAR.sub(lambda found: str(int(found[0]) + shift), NAME.sub(other, text)).replace("Federal", _name(rng, len("Federal")))
    return Text(f"{world:03}-{at:03}.txt", moved.isoformat(), f"{_name(rng, 7)} {publisher}", body)


def _name(rng: random.Random, length: int) -> str:
    letters = "".join(rng.choice(VOWELS if n % 2 else CONSONANTS) for n in range(length))
    return letters.capitalize()

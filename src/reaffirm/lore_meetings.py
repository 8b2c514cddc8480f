"""Words by which texts tell of consultations: nouns, verbs, status, form, series."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast, get_args

import yaml

from reaffirm.errors import PackError

MeetingRole = Literal[
    "noun", "met", "before", "behind", "modifier", "format", "circle", "unreal", "institution", "next", "previous", "output",
    "counted", "after-nth", "this", "to-meet",
]  # fmt: skip
LISTS = frozenset({"forms", "examples", "counterexamples"})


@dataclass(frozen=True, slots=True)
class MeetingWord:
    """Words of one role in telling a meeting; the head of the file says what each role means and which keys it uses."""

    id: str
    role: MeetingRole
    value: str = ""
    forms: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    weak: bool = False
    source: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()


@cache
def load() -> tuple[MeetingWord, ...]:
    """The shipped entries in the order of the file; `PackError` names the entry that breaks the schema."""
    file = resources.files("reaffirm") / "data" / "meetings" / "meetings.yaml"
    rows = cast("list[dict[str, object]]", yaml.safe_load(file.read_text(encoding="utf-8")))
    return tuple(_entry(row) for row in rows)


def _entry(row: dict[str, object]) -> MeetingWord:
    given: dict[str, object] = {key: tuple(map(str, cast("list[object]", row[key]))) if key in LISTS else row[key] for key in row}
    try:
        _check(row)
        if "pattern" in row:
            given["pattern"] = re.compile(str(row["pattern"]), re.IGNORECASE)
        return MeetingWord(**given)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError, re.error) as error:
        message = f"meetings.yaml: entry {row.get('id') or row}: {error}"
        raise PackError(message) from error


def _check(row: dict[str, object]) -> None:
    """Nothing; `ValueError` where an entry has an unknown role."""
    if row["role"] not in get_args(MeetingRole):
        message = f"role {row['role']!r} is not one of {', '.join(get_args(MeetingRole))}"
        raise ValueError(message)

"""A brief as Markdown with footnotes (`[^1]`), which GitHub, GitLab, pandoc and most editors know."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from reaffirm.export.briefs import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.brief import Brief, Change, Note, Section

SPECIAL = re.compile(r"[\\`*_\[\]<>|#~$]")


def data(brief: Brief) -> bytes:
    """The bytes of the file: UTF-8, lines ended by line feeds."""
    return ("\n".join(_lines(brief)) + "\n").encode()


def _lines(brief: Brief) -> Iterator[str]:
    numbers = count(1)
    yield from (f"# {_safe(brief.title)}", "", _safe(lines.subtitle(brief)), "")
    counts = " · ".join(f"[{words}](#{_anchor(title)})" for words, title in lines.glance(brief))
    yield from [counts, ""] if counts else []
    for section in brief.sections:
        yield from _section(section, numbers)
    if brief.changes:
        yield from _table(brief, numbers)
    if brief.origins:
        yield from (f"## {lines.DOCUMENTS}", "", *(f"- {_safe(doc)}: {_safe(about)}" for doc, about in lines.documents(brief)), "")
    yield from (f"## {lines.NOTES}", "", _safe(lines.IMPRINT), "")
    yield from (f"[^{number}]: {_safe(str(lines.quoted(note)))}" for number, note in enumerate(brief.notes(), 1))


def _section(section: Section, numbers: Iterator[int]) -> Iterator[str]:
    yield from (f"## {section.title}", "", *([section.about, ""] if section.about else []))
    for sentence in section.sentences:
        yield f"- {_safe(sentence.text)} {''.join(f'[^{next(numbers)}]' for _ in sentence.notes)}"
    yield from ([""] if not section.more else ["", lines.more(section), ""])


def _table(brief: Brief, numbers: Iterator[int]) -> Iterator[str]:
    yield from (f"## {lines.CHANGES}", "", lines.ABOUT_CHANGES, "", f"| {' | '.join(lines.COLUMNS)} |", "|---|---|---|")
    yield from (_row(change, numbers) for change in brief.changes)
    yield from ([""] if not brief.more_changes else ["", f"And {brief.more_changes} more, which the ledger lists.", ""])


def _row(change: Change, numbers: Iterator[int]) -> str:
    sides: tuple[tuple[str, Note | None], ...] = ((change.was, change.before), (change.now, change.after))
    cells = [f"{_safe(words)}{f' [^{next(numbers)}]' if note else ''}" for words, note in sides]
    return f"| {' | '.join(cells)} | {_safe(change.verdict)} |"


def _safe(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would obey."""
    return SPECIAL.sub(lambda m: f"\\{m[0]}", lines.clean(text))


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")

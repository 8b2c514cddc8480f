"""Redlines as a page: deletions and insertions in the elements made for them, each named in words for those who do not see them.

Deleted text is struck out, inserted text underlined, moved text framed and linked to its other end, dashed and in italics where
it was, double where it is; colour is not needed. The page holds no script and loads nothing.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from reaffirm.export.redlines.paragraphs import NEW, OLD, Paragraph, Run, legal, paragraphs, parted, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.export.redlines.paragraphs import Piece

STYLE = """
body { margin: 2rem auto; max-width: 45rem; padding: 0 1rem; font: 1.1rem/1.6 serif; color: #000; background: #fff; }
del { text-decoration: line-through; text-decoration-thickness: 2px; }
ins { text-decoration: underline; text-decoration-thickness: 2px; font-weight: bold; }
.moved { border: 2px dashed #000; padding: 0 .2em; box-decoration-break: clone; }
.moved.here { border-style: double; border-width: 4px; }
.kept { text-decoration: none; font-weight: normal; }
del.kept { font-style: italic; }
.plain { text-decoration: none; font-weight: normal; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
a { color: inherit; }
""".strip()
NAMES = {"deleted": ("del", "deleted"), "inserted": ("ins", "inserted")}
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(pieces: Iterable[Piece], title: str = "Redline", language: str = "en") -> str:
    """The redline as an HTML page of that title; `language` is that of the two texts (BCP 47).

    What screen readers are told stands in words that are not shown: “deleted:”, “end of deletion”, “inserted:”, “end of
    insertion”, “end of moved text”. Moved text is labelled with the number of its move and links to its other end.
    Characters that HTML has no place for become U+FFFD.
    """
    return sheet(paragraphs(pieces), title, language)


def sheet(found: Sequence[Paragraph], title: str, language: str = "en") -> str:
    """Paragraphs of redlines as such a page."""
    seen: dict[str, int] = {}
    body = [_paragraph(paragraph, following, seen) for paragraph, following in pairwise((*found, Paragraph(())))]
    head = (
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{_text(title)}</title>\n<style>\n{STYLE}\n</style>'
    )
    inner = "\n".join(line for line in body if line)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n<main>\n<h1>{_text(title)}</h1>\n<p>{_legend(found)}</p>\n'
        f'<article lang="{escape(language)}">\n{inner}\n</article>\n</main>\n</body>\n</html>\n'
    )


def _legend(found: Sequence[Paragraph]) -> str:
    """What the marks mean, and how many there are."""
    runs = [run for paragraph in found for run in paragraph.runs if run.text.strip()]
    moves = len({run.move for run in runs if run.move})
    gone, come = (sum(run.kind == kind for run in runs) for kind in NAMES)
    if not gone + come + moves and all(paragraph.end is None or paragraph.end.kind == "same" for paragraph in found):
        return "Nothing was changed."
    counts = f"Deletions: {gone}. Insertions: {come}. Moves: {moves}."
    shown = 'Deleted text is <del>struck out</del>, inserted text <ins>underlined</ins>, moved text <span class="moved">framed</span>.'
    return f"{counts} {shown}"


def _paragraph(paragraph: Paragraph, following: Paragraph, seen: dict[str, int]) -> str:
    text = "".join(_place(place, runs, seen) for place, runs in places(paragraph.runs))
    if paragraph.end and parted(paragraph, following):
        kind = "inserted" if paragraph.end.kind in NEW else "deleted"
        text += f'<{NAMES[kind][0]}>{_said(f"{kind} paragraph break")}<span aria-hidden="true">¶</span></{NAMES[kind][0]}>'
    element = "h2" if paragraph.heading else "p"
    return f"<{element}>{text}</{element}>" if text.strip() else ""


def _place(place: tuple[int, bool] | None, runs: Sequence[Run], seen: dict[str, int]) -> str:
    """Runs in one move, or in none; the first of a place has the address to which the other end leads."""
    text = "".join(map(_run, runs))
    if place is None or not "".join(run.text for run in runs).strip():
        return text
    number, here = place
    ends = f"move-{number}-{'to' if here else 'from'}", f"move-{number}-{'from' if here else 'to'}"
    seen[ends[0]] = seen.get(ends[0], 0) + 1
    address = f' id="{ends[0]}"' if seen[ends[0]] == 1 else ""
    label = f'<a class="plain" href="#{ends[1]}">{"moved here" if here else "moved away"} {number}:</a> '
    return f'<span class="moved{" here" if here else ""}"{address}>{label}{text}{_said("end of moved text")}</span>'


def _run(run: Run) -> str:
    if run.kind == "same":
        return _text(run.text)
    if run.kind in {"moved-from", "moved-to"}:
        element = "del" if run.kind in OLD else "ins"
        return f'<{element} class="kept">{_text(run.text)}</{element}>'
    element, word = NAMES[run.kind]
    noun = {"deleted": "deletion", "inserted": "insertion"}[run.kind]
    shown = _text(run.text) if run.text.strip() else '<span aria-hidden="true">␣</span>' + _said("space")
    return f"<{element}>{_said(f'{word}: ')}{shown}{_said(f' end of {noun} ')}</{element}>"


def _said(words: str) -> str:
    """Words that a screen reader says and no page shows."""
    return f'<span class="said" lang="en">{words}</span>'


def _text(text: str) -> str:
    return escape(legal(text))

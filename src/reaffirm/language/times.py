"""Time expressions of a document: found in the text first, then resolved against its card.

`recognise` finds expressions and writes each down as a rule, `publication: year-1 month:3`, that says which anchor it needs and what
to do with it (`reaffirm.language.timerules`); `resolve` evaluates rules. So when a person dates a document, `anchored` recomputes the
values from the rules alone. Types, values and extents after TIMEX3 (TimeML 1.2.1), intervals after EDTF. No clock is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reaffirm.language import periods
from reaffirm.language.dates import iso
from reaffirm.language.timecontext import Piece, pieces
from reaffirm.language.timegrammar import Expression, expressions
from reaffirm.language.timetold import Told, compared
from reaffirm.model import When

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reaffirm.model import Anchor, Card, Document, Field
    from reaffirm.packs import Packs

RULE = re.compile(r"(?:(publication|speaking|event|text)(?:@(\d+))?( unknown)?: )?(.+)", re.DOTALL)
STEP = re.compile(r"(century|decade|year|half|quarter|season|month|weekend|weekday|week|day|dates|date|nth|easter)([+-]\d+|[:<>~].*)")
TODAY = re.compile(r"year-1|day\+0 (?:later|earlier|TMO|TAF|TEV)")  # "a year earlier" than what is reported, "in the evening"
THAT = re.compile(r"(?:that|the same)\b", re.IGNORECASE)
OF_THE_DAY = frozenset({"output", "transcript"})  # relations of texts that speak as of the day of their meeting
CLOCK = re.compile(r"T\d")


@dataclass(frozen=True, slots=True)
class Anchors:
    """What a card knows of the days to reckon from: each `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, None where unknown."""

    publication: str | None = None
    speaking: str | None = None
    event: str | None = None


def times(document: Document, packs: Packs) -> tuple[When, ...]:
    """The time expressions of a document outside its furniture, resolved as far as its card goes; in order, none overlapping."""
    return anchored(recognise(document, packs), document.card)


def recognise(document: Document, packs: Packs) -> tuple[When, ...]:
    """The time expressions of a document, not yet resolved: `rule` says what each needs; `value` and `interval` are None."""
    found: list[When] = []
    told = Told()
    for piece in pieces(document):
        told = told.next(opens=piece.opens)
        for expression in expressions(piece.text, packs):
            when = _when(document, piece, expression, told.anchor(expression))
            if expression.compares:
                when = compared(found, when, document.text)
            when = told.shared(expression, when, document.text)
            found.append(when)
            told = told.adding(when)
    return tuple(found)


def _when(document: Document, piece: Piece, found: Expression, last: When | None) -> When:
    start, end = piece.place(found.start), piece.place(found.end - 1) + 1
    anchor = _reference(piece, found, last)
    last = last if last and (found.type == "DATE" or last.granularity == "day") else None
    at = f"@{last.surface.start}" if anchor == "text" and last else ""
    program = f"{found.program} {found.reach}" if found.reach else found.program
    return When(
        surface=document.span(start, end),
        phrase=document.span(piece.place(found.head), end),
        type=found.type,
        value=None,
        mod=found.mod,
        anchor=anchor,
        granularity=found.granularity,
        fuzzy=found.fuzzy,
        rule=f"{anchor}{at}: {program}" if anchor else program,
    )


def _reference(piece: Piece, found: Expression, last: When | None) -> Anchor | None:
    if found.program == "event":
        return "event"
    of_day = last is not None and last.granularity == "day"
    of_now = last is None and TODAY.fullmatch(found.program) is not None and not THAT.match(piece.text, found.start)
    if found.text and not of_now and (of_day or found.type == "DATE" or not CLOCK.search(found.program)):
        return "text"  # also where nothing was told before: then it stays unknown
    if not found.anchored:
        return None
    return "speaking" if piece.spoken(found.start) else "publication"


def anchored(whens: Iterable[When], card: Card) -> tuple[When, ...]:
    """The expressions with value, interval and rule as the card's dates settle them; the same for whens resolved before."""
    known = anchors(card)
    values: dict[int, str | None] = {}
    out = []
    for when in whens:
        settled = resolve(when, known, values)
        values[when.surface.start] = settled.value
        out.append(settled)
    return tuple(out)


def anchors(card: Card) -> Anchors:
    """The days that a card gives to reckon from, each as precise as the card is; an interval gives its common part."""
    event = next((day for field in card.event_dates if (day := _known(field))), None)
    publication = _known(card.published) or (event if card.relation.value in OF_THE_DAY else None)
    return Anchors(publication, event or publication, event)


def _known(field: Field) -> str | None:
    value = field.value or ""
    first, _, last = value.rstrip("~?%").partition("/")
    if last:
        same = [a for a, b in zip(first.split("-"), last.split("-"), strict=False) if a == b]
        first = "-".join(same) if first[:4] == last[:4] else ""
    return iso(first) if re.match(r"\d{4}", first) else None


def resolve(when: When, known: Anchors, values: dict[int, str | None]) -> When:
    """The expression with value and interval, by its rule; `values` are those of the expressions before it, by offset."""
    m = RULE.fullmatch(when.rule)
    if m is None:
        return when
    reference, at, program = m[1], m[2], m[4]
    anchor = _anchor(reference, at, known, values)
    value = evaluate(program, anchor)
    missing = reference is not None and (anchor is None or program.startswith("event"))
    head = f"{reference}{f'@{at}' if at else ''}{' unknown' if missing else ''}: " if reference else ""
    return replace(when, value=value, interval=_interval(when, value, program, anchor), rule=f"{head}{program}")


def _anchor(reference: str | None, at: str | None, known: Anchors, values: dict[int, str | None]) -> str | None:
    if reference == "text":
        return periods.base(values.get(int(at or -1)))
    return getattr(known, reference, None) if reference else None


def evaluate(program: str, anchor: str | None) -> str | None:
    """The TIMEX3 value of a program at an anchor (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`), with `X` for what the anchor leaves open."""
    value: str | None = None
    for step in program.split():
        if step.startswith("="):
            value = step[3:7] if step.startswith("=FY") else step[1:]
        elif step.startswith("ref:"):
            value = step[4:]
        elif step.startswith("T") and value:
            value = f"{re.split('[T/]', value)[0]}{step}"
        elif m := STEP.fullmatch(step):
            value = _step(value, m[1], m[2], anchor)
        elif step.startswith("same"):
            value = periods.yearly(value, int(step[4:]))
        elif re.match(r"P|XXXX", step):
            value = step
    return value


def _step(value: str | None, unit: str, how: str, anchor: str | None) -> str:
    if how[0] in "+-":
        here = anchor if value is None else periods.base(value)
        return periods.shift(here, unit, int(how))
    if how[0] == ":":
        return periods.part(value or "XXXX", unit, how[1:])
    sign = re.match(r"~?[<>]=?|~", how)
    return periods.nearest(anchor, unit, sign.group(), how[sign.end() :]) if sign else "XXXX"


def _interval(when: When, value: str | None, program: str, anchor: str | None) -> str | None:
    steps = program.split()
    if when.type in {"DURATION", "SET"}:
        end = periods.added(anchor or "", value or "") if "within" in steps else None
        return f"{anchor}/{end}" if end else None
    fiscal = next((s for s in steps if s.startswith("=FY")), None)
    whole = _fiscal(fiscal) if fiscal else None if "fiscal" in steps else periods.interval(value)
    if whole is None:
        return None
    first, _, last = whole.partition("/")
    if "later" in steps and anchor:
        return f"{anchor}/{last or first}" if len(anchor) > len(first) else whole
    if "earlier" in steps and anchor:
        return f"{first}/{anchor}" if len(anchor) > len(first) else whole
    if "since" in steps:
        return f"{f'{first}-15' if when.mod == 'MID' and len(first) == 7 and not last else first}/.."
    return f"../{last or first}" if "until" in steps else whole


def _fiscal(step: str) -> str | None:
    """The interval of a fiscal year `=FY2027@4start` that begins in April and is named by the year of its start; None unsaid."""
    m = re.fullmatch(r"=FY(\d{4})(?:-\d\d)?@(\d+)(start|end)", step)
    if m is None:
        return None
    year, month = int(m[1]) - (m[3] == "end" and m[2] != "1"), int(m[2])
    return f"{year}-{month:02}/{year + 1}-{month - 1:02}" if month > 1 else f"{year}"

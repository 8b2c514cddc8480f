"""Pictures drawn on the server: a timeline, strength over time, a bar; each a small function from rows to SVG.

A picture is one image to a screen reader (`role="img"` with title and description), and the page that shows it has the same as a
table. Colours are classes (pictures.css), so that light, dark and paper are the style sheet's matter; nothing carries a style attribute.
Lengths are SVG user units.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from reaffirm.days import FIRST_DAY, LAST_DAY, bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reaffirm.store.records import Weight

WIDTH, LEFT, RIGHT, TOP = 960, 210, 24, 8
LANE, FOOT = 34, 26
LANES = 8  # more than these are drawn as one
MOST = 150  # marks more than these are drawn as counts by year
WORDS = 30  # code points of a lane's name
FLOOR = 200  # height of the field of strengths
STRENGTHS = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """What stands at a place of a timeline: its lane, first and last day (ISO 8601), a word for its look, and how many it stands for."""

    lane: str
    first: str
    last: str
    look: str
    label: str
    n: int = 1


def ticks(told: Iterable[tuple[str, str | None, str, str]]) -> tuple[Tick, ...]:
    """The marks of a timeline from (lane, EDTF date, look, label), those without a date left out.

    An open side ends where the other is. Lanes beyond the fullest few become one, and more marks than can be told apart become
    one a year and lane, with their number.
    """
    dated = [(lane, _days(edtf), look, label) for lane, edtf, look, label in told]
    known = [(lane, days, look, label) for lane, days, look, label in dated if days]
    full = [lane for lane, _ in Counter(lane for lane, *_ in known).most_common(LANES)]
    if len({lane for lane, *_ in known}) > LANES:
        known = [(lane if lane in full[:-1] else "others", days, look, label) for lane, days, look, label in known]
    if len(known) <= MOST:
        return tuple(Tick(lane, *days, look, label) for lane, days, look, label in known)
    yearly = Counter((lane, days[0][:4]) for lane, days, _, _ in known)
    return tuple(Tick(lane, f"{year}-01-01", f"{year}-12-31", "many", year, n) for (lane, year), n in sorted(yearly.items()))


def _days(edtf: str | None) -> tuple[str, str] | None:
    days = bounds(edtf)
    if days is None or days == (FIRST_DAY, LAST_DAY):
        return None
    first, last = days
    return (last if first == FIRST_DAY else first), (first if last == LAST_DAY else last)


class Scale:
    """From days to places on the horizontal axis: whole years from the first day's to the last day's."""

    def __init__(self, days: Iterable[str], left: int = LEFT) -> None:
        years = [int(day[:4]) for day in days]
        self.first, self.last, self.left = min(years), max(years) + 1, left

    def __call__(self, day: str) -> float:
        """Where a day stands."""
        year, _, rest = day.partition("-")  # the axis may end with the year 10000
        passed = (date.fromisoformat(f"2000-{rest[:5]}") - date(2000, 1, 1)).days / 366
        return round(self.left + (WIDTH - RIGHT - self.left) * (int(year) + passed - self.first) / (self.last - self.first), 1)

    def years(self) -> list[int]:
        """The years at which the axis is marked: a dozen at most."""
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if (self.last - self.first) / s <= 12)
        return [year for year in range(self.first, self.last + 1) if year % step == 0]


def timeline(marks: Sequence[Tick], title: str) -> Markup:
    """Marks in lanes over years: a dot for a day, a bar for an interval, a disc with a number for many; empty without any."""
    if not marks:
        return Markup("")
    lanes = list(dict.fromkeys(mark.lane for mark in sorted(marks, key=lambda m: m.first)))
    at = Scale(day for mark in marks for day in (mark.first, mark.last))
    floor = TOP + LANE * len(lanes)
    rows = [_lane(lane, number) for number, lane in enumerate(lanes)]
    longest = sorted(marks, key=lambda m: m.first == m.last)  # bars lie under dots
    drawn = [_mark(mark, at, TOP + LANE * lanes.index(mark.lane) + LANE // 2) for mark in longest]
    told = f"{sum(mark.n for mark in marks)} marks in {len(lanes)} rows, {marks[0].first[:4]} to {max(m.last for m in marks)[:4]}"
    return _picture(title, told, floor + FOOT, [*rows, *_axis(at, floor), *drawn])


def _lane(name: str, number: int) -> Markup:
    y = TOP + LANE * number
    words = name if len(name) <= WORDS else f"{name[: WORDS - 1]}…"
    line = _tag("line", x1=0, x2=WIDTH - RIGHT, y1=y + LANE, y2=y + LANE, klass="level")
    return line + _tag("text", words, x=0, y=y + LANE // 2 + 5, klass="lane")


def _axis(at: Scale, floor: int) -> list[Markup]:
    lines = [_tag("line", x1=at(f"{y:04}-01-01"), x2=at(f"{y:04}-01-01"), y1=TOP, y2=floor, klass="grid") for y in at.years()]
    return [*lines, *(_tag("text", str(y), x=at(f"{y:04}-01-01"), y=floor + 18, klass="year") for y in at.years())]


def _mark(mark: Tick, at: Scale, y: int) -> Markup:
    first, last = at(mark.first), at(mark.last)
    title = _tag("title", mark.label)
    if mark.n > 1 or mark.look == "many":
        middle = (first + last) / 2
        return _tag("circle", title, cx=middle, cy=y, r=13, klass="many") + _tag("text", str(mark.n), x=middle, y=y + 4, klass="count")
    if last - first > 12:
        return _tag("rect", title, x=first, y=y - 5, width=round(last - first, 1), height=10, rx=5, klass=f"mark {_word(mark.look)}")
    return _tag("circle", title, cx=round((first + last) / 2, 1), cy=y, r=6, klass=f"mark {_word(mark.look)}")


def _word(look: str) -> str:
    return f"is-{look.replace(' ', '-')}"


def strengths(weights: Sequence[Weight], title: str) -> Markup:
    """How strong promises were, 0 to 6, over time: a stroke from the mean to the strongest, a dot at each; empty without any."""
    if not weights:
        return Markup("")
    at = Scale((weight.day for weight in weights), left=90)
    levels = [_level(strength, word) for strength, word in ((0, "weak"), (3, "medium"), (5, "strong"), (6, ""))]
    places = [(at(_whole(weight.day)), weight) for weight in weights]
    path = " ".join(f"{x},{_height(weight.mean)}" for x, weight in places)
    drawn = [_tag("polyline", points=path, klass="means"), *(_weight(x, weight) for x, weight in places)]
    told = f"{sum(w.n for w in weights)} commitments at {len(weights)} times; the strongest of each, and the mean as a line"
    return _picture(title, told, TOP + FLOOR + FOOT, [*levels, *_axis(at, TOP + FLOOR), *drawn])


def _whole(day: str) -> str:
    return day if len(day) == 10 else f"{day}-07-01"


def _height(strength: float) -> float:
    return round(TOP + 12 + (FLOOR - 24) * (1 - strength / STRENGTHS), 1)


def _level(strength: int, word: str) -> Markup:
    y = _height(strength)
    return _tag("line", x1=90, x2=WIDTH - RIGHT, y1=y, y2=y, klass="level") + _tag("text", f"{strength} {word}", x=0, y=y + 5, klass="lane")


def _weight(x: float, weight: Weight) -> Markup:
    title = _tag("title", f"{weight.day}: {weight.n}, strongest {weight.strongest}, mean {weight.mean}")
    top, mean = _height(weight.strongest), _height(weight.mean)
    stroke = _tag("line", x1=x, x2=x, y1=top, y2=mean, klass="reach")
    return stroke + _tag("circle", cx=x, cy=mean, r=3, klass="mean") + _tag("circle", title, cx=x, cy=top, r=6, klass="mark is-strongest")


def bar(value: int, most: int) -> Markup:
    """A row of boxes, as many as `most`, so many of them filled; it stands beside the number and is hidden from screen readers."""
    boxes = [_tag("rect", x=n * 8, y=0, width=6, height=10, klass="full" if n < value else "free") for n in range(most)]
    return _tag("svg", *boxes, klass="bar", width=most * 8, height=10, viewBox=f"0 0 {most * 8} 10", aria_hidden="true", focusable="false")


def _picture(title: str, told: str, height: int, parts: Iterable[Markup]) -> Markup:
    named = _tag("title", title), _tag("desc", told)
    return _tag("svg", *named, *parts, klass="picture", viewBox=f"0 0 {WIDTH} {height}", role="img", aria_label=f"{title}: {told}")


def _tag(name: str, *inside: str, **attributes: object) -> Markup:
    """An element; `klass` is its class, other names have hyphens for underscores; everything is escaped that is not markup already."""
    names = {"klass": "class", "aria_hidden": "aria-hidden", "aria_label": "aria-label"}
    told = Markup("").join(Markup(' {}="{}"').format(names.get(key, key), value) for key, value in attributes.items())
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), told, Markup("").join(escape(part) for part in inside))  # noqa: S704 - our words

"""What was told before: the date on which "the next day" hangs, the quarter compared with that of "a year earlier", a shared year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from reaffirm.language.timecontext import ENDS

if TYPE_CHECKING:
    from reaffirm.language.timegrammar import Expression
    from reaffirm.model import When

STEP = re.compile(r"(century|decade|year|half|quarter|season|month|weekend|weekday|week|day|dates|date|nth|easter)(?=[-+:<>~])")
YEAR_BACK = re.compile(r"(?:year|same)-1$|quarter-5$|year-1 quarter:\d$")
WORDS_BEHIND = re.compile(r"(?: (?:since|until|later|earlier))+$")
YEARLESS = re.compile(r"(?P<unit>month|dates?)~<(?P<which>[\d/-]+)$")
OWN = re.compile(r"(?P<unit>year|month)\+0(?: (?:later|earlier))?")
OF_A_YEAR = re.compile(r"=\d{4}(?: (?:month|dates?):[\d/-]+|-\d\d-\d\d)?$")
WINDOW = 600  # code points that a sentence is looked back for
REMEMBERED = 3  # paragraphs; "the next day" further on is that of another story
LOOKED_AT = 60  # expressions
DAILY = frozenset({"day"})
WEEKLY = DAILY | {"week"}
MONTHLY = WEEKLY | {"month"}
YEARLY = MONTHLY | {"quarter", "half", "year"}
FINE = {
    "day": DAILY, "weekday": WEEKLY, "weekend": WEEKLY, "week": WEEKLY, "month": MONTHLY, "quarter": MONTHLY, "half": MONTHLY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """The dates told so far: those of the last paragraphs of this section, and of this paragraph."""

    before: tuple[tuple[When, ...], ...] = ()
    here: tuple[When, ...] = ()

    def next(self, *, opens: bool) -> Told:
        """What is told when the next paragraph begins; a heading forgets all."""
        return Told() if opens else Told((*self.before, self.here)[-REMEMBERED:])

    def adding(self, when: When) -> Told:
        """What is told with one more expression, if it is a date."""
        dated = when.type in {"DATE", "TIME"} and "ref:" not in when.rule and "event" not in when.rule
        return replace(self, here=(*self.here[-LOOKED_AT:], when)) if dated else self

    def anchor(self, found: Expression) -> When | None:
        """The date on which an expression hangs: the last that is fine enough for it, else the last of its paragraph."""
        if not found.text:
            return None
        step = STEP.match(found.program)
        fine = FINE.get(step[1], YEARLY) if step else YEARLY
        again = found.program == "year-1"  # comparisons are all with the same year
        for when in chain(reversed(self.here), *map(reversed, reversed(self.before))):
            now = when.rule.endswith(": day+0") and "+" in found.program  # "today, seventy years later": later than something else
            if when.granularity in fine and not now and not (again and YEAR_BACK.search(when.rule)):
                return when
        return self.here[-1] if self.here and not again and not self.here[-1].rule.endswith(": day+0") else None

    def shared(self, found: Expression, when: When, text: str) -> When:
        """The expression in the year of a date told before in its sentence: a past month without a year, "the end of the year"."""
        last = self.here[-1] if self.here else None
        if last is None or not OF_A_YEAR.fullmatch(last.rule) or last.surface.start < _sentence(text, when.surface.start):
            return when
        own = OWN.fullmatch(found.program)
        if own and "the " in when.surface.exact.casefold() and last.granularity in FINE.get(own["unit"], YEARLY):
            return replace(when, anchor="text", rule=f"text@{last.surface.start}: {found.program}")
        m = YEARLESS.fullmatch(found.program)
        if m is None or last.granularity == "year":
            return when
        return replace(when, anchor="text", rule=f"text@{last.surface.start}: {m['unit']}~{m['which']}")


def compared(found: list[When], when: When, text: str) -> When:
    """The expression ("a year ago") as the like of what is compared: of the last quarter told, or the month its sentence is about."""
    sentence = _sentence(text, when.surface.start)
    for other in islice(reversed(found), LOOKED_AT):
        here = other.surface.start >= sentence
        if YEAR_BACK.search(other.rule) or other.type == "SET":
            continue
        told = other.type == "DATE" and "season" not in other.rule and not other.phrase.exact.casefold().startswith(("from ", "than "))
        if told and (other.granularity == "quarter" or (here and other.granularity == "month")):
            rule = f"{WORDS_BEHIND.sub('', other.rule)} same-1"
            return replace(when, anchor=other.anchor, granularity=other.granularity, rule=rule)
        if here and other.granularity in {"month", "year"}:
            break
    return when


def _sentence(text: str, offset: int) -> int:
    """Where the sentence around an offset begins, or the window that is looked at."""
    low = max(0, offset - WINDOW)
    return max((m.end() for m in ENDS.finditer(text, low, offset)), default=low)

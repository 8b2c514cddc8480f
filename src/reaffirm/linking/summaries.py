"""Ties that no shared word shows: an account that sums up another, and writers who ask the same of the same addressee.

An account of a meeting may name three issues in one breath where another has a paragraph on each; that breath restates them all.
Editorials ask in words of their own ("do its fair share", "play a greater role"), so the addressee and the issue decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise, permutations, product
from typing import TYPE_CHECKING

from reaffirm.linking.ties import Tie, contradiction

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from reaffirm.linking.strands import Strand

LISTED = 3  # issues that a row names in one breath: it lists what was spoken of
SERIES = re.compile(r"[,;•]|\band\b|\bas well as\b|\bor\b")  # what stands between the members of a list
SEVERAL = 6  # things that an account says at most on one issue for another to sum them up
FEW = 2  # demands on one addressee and issue in a text, above which they are different ones
SCORE = 0.3  # weaker than any tie by words
Homes = defaultdict[str, list["Strand"]]  # by document


def summaries(rows: Iterable[Strand]) -> list[Tie]:
    """The ties between a row that lists issues and what other accounts of its meeting say on each, where it alone is on that issue."""
    told = [row for row in rows if row.place.meeting and row.head.voice != "writer" and not row.convened]
    filed = _filed((row.place.meeting, issue, row) for row in told for issue in row.issues)
    return [tie for (_, issue), homes in filed for tie in _summed(str(issue), homes)]


def _summed(issue: str, homes: Mapping[str, Sequence[Strand]]) -> Iterator[Tie]:
    why = f"one account of the meeting sums up what the other says on one issue: {issue}"
    for one, other in permutations(sorted(homes), 2):
        lists, whole = homes[one][0], homes[other]
        if len(homes[one]) == 1 and _lists(lists) and len(whole) <= SEVERAL:
            yield from (Tie(row.id, lists.id, SCORE, "summary", why) for row in whole if not contradiction(row, lists))


def _lists(row: Strand) -> bool:
    """Whether a row names several issues one after the other; one thing may lie under as many, and then sums up nothing."""
    words = " ".join(span.exact for span in row.head.wording)
    return len(row.issues) >= LISTED and len(SERIES.findall(words)) >= LISTED - 1


def asks(rows: Iterable[Strand]) -> list[Tie]:
    """The ties between what writers ask of the same addressee on the same issue, each text with the next one that does."""
    asked = [row for row in rows if row.head.asks == "demand" and row.head.voice == "writer" and row.head.actors]
    filed = _filed((frozenset(row.head.actors), issue, row) for row in asked for issue in row.issues)
    return [tie for (_, issue), homes in filed for tie in _asked(str(issue), homes)]


def _asked(issue: str, homes: Mapping[str, Sequence[Strand]]) -> Iterator[Tie]:
    why = f"writers ask the same addressee on one issue: {issue}"
    few = [rows for rows in homes.values() if len(rows) <= FEW]
    for one, other in pairwise(sorted(few, key=lambda rows: (rows[0].place.first or rows[0].place.last or "", rows[0].place.document))):
        yield from (Tie(a.id, b.id, SCORE, "same-ask", why) for a, b in product(one, other))


def _filed(rows: Iterable[tuple[Hashable, str, Strand]]) -> list[tuple[tuple[Hashable, str], Homes]]:
    found: defaultdict[tuple[Hashable, str], Homes] = defaultdict(lambda: defaultdict(list))
    for key, issue, row in rows:
        found[key, issue][row.place.document].append(row)
    return sorted(found.items(), key=lambda pair: (pair[0][1], min(row.id for home in pair[1].values() for row in home)))


def kindred(ties: Iterable[Tie]) -> set[frozenset[str]]:
    """The pairs of strands that hang on one and the same strand: though of one document and in other words, they are one item."""
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for tie in ties:
        homes[tie.b].append(tie.a)
    return {frozenset(pair) for members in homes.values() for pair in permutations(members, 2)}

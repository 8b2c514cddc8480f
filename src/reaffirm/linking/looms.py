"""A loom in memory: the strands of some items, their links and lines, as the ledger keeps them in its tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from typing import TYPE_CHECKING

from reaffirm.linking.keys import groups, keys, rank, standing
from reaffirm.linking.lineage import document, footing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reaffirm.linking.strands import Strand
    from reaffirm.sequels import Link


class Memory:
    """A loom (`lineage.Loom`) that lasts as long as it is held."""

    def __init__(self) -> None:
        self.rows: dict[str, Strand] = {}
        self.places: defaultdict[str, list[str]] = defaultdict(list)
        self.documents: dict[str, tuple[Mapping[str, str], Collection[frozenset[str]]]] = {}
        self.earlier: dict[str, list[Link]] = {}
        self.later: defaultdict[str, dict[str, Link]] = defaultdict(dict)
        self.lines: dict[str, str] = {}
        self.chosen: dict[str, str] = {}
        self.whole: defaultdict[str, list[str]] = defaultdict(list)
        self.above: dict[str, tuple[str, Link]] = {}
        self.below: defaultdict[str, set[str]] = defaultdict(set)

    def put(self, rows: Sequence[Strand], kin: Iterable[tuple[str, str]]) -> None:
        """Nothing; puts the strands of a document on the loom."""
        self.documents[rank(rows[0].place)] = footing(rows, kin)
        for row in rows:
            self.rows[standing(row)] = row
            for key in (*keys(row), *groups(row)):
                insort(self.places[key], standing(row))

    def take(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Nothing; takes strands (with the keys of each) off the loom, with their links."""
        for name, own in keys.items():
            self.documents.pop(document(name), None)
            for key in own:
                self.places[key].remove(name)
            self.relink(name, ())
            for other in list(self.later.pop(name, {})):
                self.earlier[other] = [link for link in self.earlier[other] if link.earlier != name]
            self.whole[self.lines.pop(name)].remove(name)
            self.chosen.pop(name, None)
            del self.rows[name], self.earlier[name]

    def near(self, key: str, before: str, count: int) -> list[str]:
        """So many strands under a key that stand nearest before a rank, the nearest first."""
        names = self.places[key]
        end = bisect_left(names, before)
        return names[max(0, end - count) : end][::-1]

    def after(self, key: str, rank: str, count: int) -> list[str]:
        """The next strands under a key in documents after that of a rank: so many, and the rest of the document of the last."""
        names = self.places[key]
        start = bisect_right(names, f"{rank}!")
        found = names[start : start + count]
        if len(found) == count:
            found += names[start + count : bisect_right(names, f"{document(found[-1])}!")]
        return found

    def strands(self, names: Iterable[str]) -> dict[str, Strand]:
        """Strands by name."""
        return {name: self.rows[name] for name in names}

    def of_document(self, rank: str) -> Mapping[str, str]:
        """The strands of a document, each with the first one of its unit; none where it is not there."""
        return self.documents[rank][0] if rank in self.documents else {}

    def alike(self, rank: str) -> Collection[frozenset[str]]:
        """Pairs of strands of a document that may well be one item."""
        return self.documents[rank][1]

    def links(self, later: Iterable[str]) -> list[Link]:
        """The links of these strands to earlier ones."""
        return [link for name in later for link in self.earlier.get(name, ())]

    def heirs(self, earlier: Iterable[str]) -> list[Link]:
        """The links of later strands to these."""
        return [link for name in earlier for other in self.later.get(name, ()) for link in self.earlier[other] if link.earlier == name]

    def relink(self, later: str, links: Sequence[Link]) -> None:
        """Nothing; replaces the links of a strand."""
        for link in self.earlier.pop(later, ()):
            self.later[link.earlier].pop(later, None)
        self.earlier[later] = list(links)
        for link in links:
            self.later[link.earlier][later] = link

    def roots(self, names: Iterable[str]) -> dict[str, str]:
        """The first strand of the line of each of these strands."""
        return {name: self.lines[name] for name in names if name in self.lines}

    def settle(self, roots: Mapping[str, str], chosen: Mapping[str, str]) -> None:
        """Nothing; puts strands into lines, each by the strand from which it goes on, if any."""
        for name, root in roots.items():
            if name in self.lines:
                self.whole[self.lines[name]].remove(name)
            self.lines[name] = root
            insort(self.whole[root], name)
            self.chosen.pop(name, None)
        self.chosen.update(chosen)

    def reasons(self, names: Iterable[str]) -> list[Link]:
        """The links by which these strands are in their lines, and these lines in others."""
        own = list(names)
        goes_on = [link for link in self.links(own) if self.chosen.get(link.later) == link.earlier]
        hung = [self.above[line][1] for line in sorted({*self.roots(own).values()}) if line in self.above]
        return [*goes_on, *hung]

    def members(self, line: str, count: int) -> list[str]:
        """The strands of a line, so many at most, in order."""
        return self.whole[line][:count]

    def over(self, lines: Iterable[str]) -> dict[str, str]:
        """The line of which each of these lines is a part, where it is one."""
        return {line: self.above[line][0] for line in lines if line in self.above}

    def under(self, line: str) -> list[str]:
        """The lines that are parts of a line."""
        return sorted(self.below[line])

    def hang(self, line: str, over: str | None, link: Link | None) -> None:
        """Nothing; makes a line part of another one, or of none."""
        if line in self.above:
            self.below[self.above.pop(line)[0]].discard(line)
        if over and link:
            self.above[line] = over, link
            self.below[over].add(line)

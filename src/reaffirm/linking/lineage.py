"""Lines of strands: from which earlier strand each one goes on, and which young lines are really part of an older one.

Both are found one after the other in time, each from what stands near it: a strand looks at the nearest earlier ones under its keys,
a line that is not long at the older lines to which its strands have links. So what a document adds is settled by looking at few others,
and whatever the order in which documents arrive, the lines are the same in the end. What changes is found by following the links.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Protocol

from reaffirm.linking.answers import answer
from reaffirm.linking.keys import groups, keys, rank, standing
from reaffirm.linking.planned import kept
from reaffirm.linking.summaries import asks, summaries
from reaffirm.linking.ties import alike, tied
from reaffirm.sequels import Link

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from reaffirm.linking.strands import Strand

NEAR = 25  # strands before and after one in time under a key with which it is compared
TOP = 6  # links of a strand that are kept: the surest, of equals the nearest
NEARLY = 0.8  # of the best score in a document, another that is as good
LOOSE = 0.25  # the score below which links hold between different items: what was asked and done, planned and held
LONG = 60  # strands of a line that stays by itself
TIE = "tie"
OWN = (TIE, "answer")  # links of two strands by themselves; others hang on more
UNSAID = ("summary", "same-ask")  # links that no shared word shows


class Loom(Protocol):
    """The strands of a ledger by where they stand, under their keys, with links and lines; a document is named by its rank."""

    def take(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Nothing; takes strands (with the keys of each) off the loom, with their links."""

    def near(self, key: str, before: str, count: int) -> list[str]:
        """So many strands under a key that stand nearest before a rank, the nearest first."""

    def after(self, key: str, rank: str, count: int) -> list[str]:
        """The next strands under a key in documents after that of a rank: so many, and the rest of the document of the last."""

    def strands(self, names: Iterable[str]) -> dict[str, Strand]:
        """Strands by name."""

    def of_document(self, rank: str) -> Mapping[str, str]:
        """The strands of a document, each with the first one of its unit."""

    def alike(self, rank: str) -> Collection[frozenset[str]]:
        """Pairs of strands of a document that may well be one item."""

    def links(self, later: Iterable[str]) -> list[Link]:
        """The links of these strands to earlier ones."""

    def heirs(self, earlier: Iterable[str]) -> list[Link]:
        """The links of later strands to these."""

    def relink(self, later: str, links: Sequence[Link]) -> None:
        """Nothing; replaces the links of a strand."""

    def roots(self, names: Iterable[str]) -> dict[str, str]:
        """The first strand of the line of each of these strands."""

    def settle(self, roots: Mapping[str, str], chosen: Mapping[str, str]) -> None:
        """Nothing; puts strands into lines, each by the strand from which it goes on, if any."""

    def members(self, line: str, count: int) -> list[str]:
        """The strands of a line, so many at most, in order."""

    def over(self, lines: Iterable[str]) -> dict[str, str]:
        """The line of which each of these lines is a part, where it is one."""

    def under(self, line: str) -> list[str]:
        """The lines that are parts of a line."""

    def hang(self, line: str, over: str | None, link: Link | None) -> None:
        """Nothing; makes a line part of another one, or of none."""


def document(name: str) -> str:
    """The rank of the document in which a strand stands."""
    return name[: name.rindex(" ", 0, name.rindex(" "))]


def footing(rows: Sequence[Strand], kin: Iterable[tuple[str, str]]) -> tuple[dict[str, str], set[frozenset[str]]]:
    """Of each strand of a document the first one of its unit (`kin`: pairs of ids of one item), and the pairs that may be one item."""
    names = {row.id: standing(row) for row in rows}
    units = {name: name for name in names.values()}
    for a, b in kin:
        one, other = sorted((units[names[a]], units[names[b]]))
        units = {name: one if first == other else first for name, first in units.items()}
    pairs = ((a, b) for n, a in enumerate(rows) for b in rows[:n])
    same = {frozenset({names[a.id], names[b.id]}) for a, b in pairs if a.family == b.family or alike(a, b)}
    return units, same


# Links


def linked(a: Strand, b: Strand) -> Link | None:
    """The link between two strands, of which `a` stands earlier, by themselves: a tie, or a demand that the later one answers."""
    tie = tied(a, b)
    if tie:
        return Link(standing(b), standing(a), tie.score, TIE)
    why = answer(a, b)
    return Link(standing(b), standing(a), LOOSE - 0.05, "answer", why) if why else None


def weave(loom: Loom, rows: Sequence[Strand]) -> set[str]:
    """The strands at both ends of links that came or went after these strands, all of one document, were put on the loom; they too."""
    here = rank(rows[0].place)
    met: defaultdict[str, dict[str, Strand]] = defaultdict(dict)
    under: defaultdict[str, dict[str, Strand]] = defaultdict(dict)
    for row in rows:
        for key in keys(row):
            under[key][standing(row)] = row
    for key, own in under.items():
        nearest = sorted(own, reverse=True)
        for name, free in _next(loom, key, here):
            met[name].update((each, own[each]) for each in nearest[:free])
    changed = {standing(row) for row in rows}
    for row in rows:
        changed |= _relink(loom, row)
    for name, row in loom.strands(met).items():
        changed |= _offered(loom, row, met[name])
    return changed | _grouped(loom, rows)


def unweave(loom: Loom, rows: Sequence[Strand]) -> tuple[set[str], set[str]]:
    """The strands at both ends of links that came or went as these strands, all of one document, went from the loom; their lines."""
    here = rank(rows[0].place)
    names = [standing(row) for row in rows]
    later = {name for row in rows for key in keys(row) for name, _ in _next(loom, key, here)}
    lines = set(loom.roots(names).values())
    changed = {end for link in (*loom.links(names), *loom.heirs(names)) for end in (link.later, link.earlier)} - set(names)
    loom.take({standing(row): (*keys(row), *groups(row)) for row in rows})
    for row in loom.strands(later).values():
        changed |= _relink(loom, row)
    return changed | _grouped(loom, rows), lines


def _next(loom: Loom, key: str, here: str) -> Iterator[tuple[str, int]]:
    """The strands after a document whose nearest under a key may be of it, and how many of these may."""
    passed = 0
    home, own = "", 0
    for name in loom.after(key, here, NEAR):
        if document(name) != home:
            home, passed, own = document(name), passed + own, 0
        if passed >= NEAR:
            return
        own += 1
        yield name, NEAR - passed


def _near(loom: Loom, row: Strand) -> set[str]:
    here = rank(row.place)
    return {name for key in keys(row) for name in loom.near(key, here, NEAR)}


def _relink(loom: Loom, row: Strand) -> set[str]:
    found = [link for other in loom.strands(_near(loom, row)).values() if (link := linked(other, row))]
    return _put(loom, standing(row), _surest(found), own=True)


def _put(loom: Loom, name: str, links: Sequence[Link], *, own: bool) -> set[str]:
    """The strands at both ends of links that came or went when those of a strand by itself (`own`), or its others, were replaced."""
    known = loom.links([name])
    before = {link for link in known if (link.rule in OWN) == own}
    if before == set(links):
        return set()
    loom.relink(name, [*links, *(link for link in known if link not in before)])
    return {end for link in before ^ set(links) for end in (link.later, link.earlier)}


def _surest(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (link.score, link.earlier), reverse=True)[:TOP]


def _offered(loom: Loom, row: Strand, fresh: Mapping[str, Strand]) -> set[str]:
    """As `_put`, where new strands before one are compared with it, and what they pushed too far away is forgotten."""
    own = [link for link in loom.links([standing(row)]) if link.rule in OWN]
    gone = {link.earlier for link in own if link.earlier < min(fresh)}
    if gone and gone - _near(loom, row):
        return _relink(loom, row)
    found = [link for other in fresh.values() if (link := linked(other, row))]
    return _put(loom, standing(row), _surest([*own, *found]), own=True)


def _grouped(loom: Loom, rows: Sequence[Strand]) -> set[str]:
    """The strands at both ends of links that came or went when those that hang on more than two strands were found anew."""
    here = rank(rows[0].place)
    wanted = {key for row in rows for key in groups(row)}
    places = {here, *(document(name) for key in wanted for name in loom.after(key, here, NEAR))}
    changed: set[str] = set()
    for home in places if wanted else ():
        names = loom.of_document(home)
        members = loom.strands(names)
        around = {name for row in members.values() for key in groups(row) for name in loom.near(key, home, NEAR)}
        found = _beyond(list(members.values()), list(loom.strands(around).values()))
        for name in names:
            single = {(link.earlier, link.rule): link for link in sorted(found[name], key=lambda link: link.why, reverse=True)}
            changed |= _put(loom, name, list(single.values()), own=False)
    return changed


def _beyond(rows: Sequence[Strand], around: Sequence[Strand]) -> defaultdict[str, list[Link]]:
    """By strand of a document, its links that hang on more than two strands: accounts summed up, the same asked again, the next meeting."""
    names = {row.id: standing(row) for row in (*rows, *around)}
    own = {row.id for row in rows}
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for tie in (*summaries((*rows, *around)), *asks((*rows, *around))):
        if len({tie.a, tie.b} & own) == 1:
            later, earlier = (tie.a, tie.b) if tie.a in own else (tie.b, tie.a)
            found[names[later]].append(Link(names[later], names[earlier], tie.score, tie.rule, tie.why))
    for plan, held, why in kept(rows, around):
        found[names[held]].append(Link(names[held], names[plan], LOOSE - 0.1, "kept", why))
    return found


# Lines


def settled(loom: Loom, changed: Collection[str], lines: Iterable[str] = ()) -> set[str]:
    """The lines that changed, by their first strands, after all was settled anew, in order, that hangs on changed links of strands.

    `lines` are those that strands were in which are no longer there.
    """
    touched = {each for line in lines for each in (line, top(loom, line), *loom.under(line))} | set(loom.roots(changed).values())
    queue = sorted({document(name) for name in changed})
    done = ""
    while queue:
        here = heappop(queue)
        if here == done:
            continue
        done = here
        moved, left = _settle(loom, here)
        links, heirs = loom.links(moved), loom.heirs(moved)
        near = {link.earlier for link in links} | {link.later for link in heirs} | set(loom.of_document(here) if moved else ())
        touched |= {*left, *loom.roots(near).values()}
        for link in heirs:
            heappush(queue, document(link.later))
    return _hung(loom, {*touched, *loom.roots(changed).values()})


def _settle(loom: Loom, here: str) -> tuple[list[str], set[str]]:
    """The strands of a document that came into other lines, and the lines in which they were."""
    units = loom.of_document(here)
    links = loom.links(units)
    before = loom.roots(units)
    roots, chosen = homes(units, loom.alike(here), links, loom.roots({link.earlier for link in links}))
    loom.settle(roots, chosen)
    moved = [name for name in units if before.get(name) != roots[name]]
    return moved, {before[name] for name in moved if name in before}


def homes(
    units: Mapping[str, str], same: Collection[frozenset[str]], links: Iterable[Link], roots: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The lines of a document's strands, by their first strands, and for each strand by which a unit joined, the one it goes on from.

    Each unit joins the line of the likeliest earlier strand whose line holds nothing of this document that is clearly different.
    """
    sure = _likeliest(list(links))
    known = {*same, *_kindred(sure)}
    joined: dict[str, str] = {}
    chosen: dict[str, str] = {}
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for link in sorted(sure, key=lambda link: (-link.score, link.later, link.earlier)):
        unit, root = units[link.later], roots[link.earlier]
        members = [name for name, first in units.items() if first == unit]
        clash = link.score >= LOOSE and any(frozenset({a, b}) not in known for a in members for b in lines[root])
        if unit not in joined and not clash:
            joined[unit], chosen[link.later] = root, link.earlier
            lines[root] += members
    return {name: joined.get(unit, unit) for name, unit in units.items()}, chosen


def _likeliest(links: Sequence[Link]) -> list[Link]:
    """The links of a document of which neither strand has a clearly better partner in the other's document."""
    best: defaultdict[tuple[str, str], float] = defaultdict(float)
    for link in links:
        for side in _sides(link):
            best[side] = max(best[side], link.score)
    return [link for link in links if link.score < LOOSE or all(link.score >= NEARLY * best[side] for side in _sides(link))]


def _sides(link: Link) -> tuple[tuple[str, str], tuple[str, str]]:
    return (link.later, document(link.earlier)), (link.earlier, document(link.later))


def _kindred(links: Iterable[Link]) -> set[frozenset[str]]:
    """Pairs of strands of one document that hang on one and the same strand by what no word shows: they are one item."""
    hung: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.rule in UNSAID:
            hung[link.earlier].append(link.later)
            hung[link.later].append(link.earlier)
    return {frozenset({a, b}) for members in hung.values() for a in members for b in members if a != b and document(a) == document(b)}


# Lines that are parts of lines


@dataclass(frozen=True, slots=True)
class Home:
    """A document whose strands are in lines: its strands with the first of their units, the pairs that may be one item, their lines."""

    units: Mapping[str, str]
    known: frozenset[frozenset[str]]
    roots: Mapping[str, str]


def _hung(loom: Loom, lines: Iterable[str]) -> set[str]:
    """The topmost lines that changed, after these lines and all that depends on them were hung anew, the oldest first."""
    queue = sorted(set(lines))
    heapify(queue)
    touched = {*queue, *(top(loom, line) for line in queue)}
    known: dict[str, Home] = {}  # hanging lines changes nothing in them
    done = ""
    while queue:
        line = heappop(queue)
        if line == done:
            continue
        done = line
        before = loom.over([line]).get(line)
        over, link = _above(loom, line, known)
        loom.hang(line, over, link)
        if over != before:
            touched |= {each for name in (line, over, before) if name for each in (name, top(loom, name))}
            for other in _around(loom, line):
                heappush(queue, other)
    return touched | {top(loom, line) for line in touched}


def top(loom: Loom, line: str) -> str:
    """The line of which a line is a part in the end; itself where it is none."""
    while above := loom.over([line]).get(line):
        line = above
    return line


def _around(loom: Loom, line: str) -> set[str]:
    """The younger lines that look at a line, or at its parts, when they are hung."""
    whole = [line]
    for each in whole:
        whole += loom.under(each)
    names = [name for each in whole for name in loom.members(each, LONG + 1)]
    near = {link.earlier for link in loom.links(names)} | {link.later for link in loom.heirs(names)}
    near |= {name for home in {document(n) for n in names} for name in loom.of_document(home)}
    return {root for root in loom.roots(near).values() if root > line}


def _above(loom: Loom, line: str, homes: dict[str, Home]) -> tuple[str | None, Link | None]:
    """The older line to which the surest link of a line leads, if it holds nothing different of the same documents; and that link."""
    names = loom.members(line, LONG + 1)
    if not names or len(names) > LONG:
        return None, None
    links = sorted((*loom.links(names), *loom.heirs(names)), key=lambda link: (-link.score, link.later, link.earlier))
    ends = {link: link.earlier if link.later in names else link.later for link in links if link.score >= LOOSE}
    roots = loom.roots(ends.values())
    fellows = _fellows(loom, line, names, homes)
    for link, end in ends.items():
        root = roots[end]
        if root < line and not _clash(fellows, above := top(loom, root)):
            return above, link
    return None, None


def _fellows(loom: Loom, line: str, names: Sequence[str], homes: dict[str, Home]) -> list[tuple[str, str]]:
    """Of each strand of a line the strands of its document that are clearly different and in older lines: that, and the top of its line."""
    found = []
    for name in names:
        here = document(name)
        home = homes.get(here) or homes.setdefault(here, _home(loom, here))
        found += [
            (other, top(loom, root)) for other, root in home.roots.items()
            if root < line and frozenset({name, other}) not in home.known and home.units[name] != home.units[other]
        ]  # fmt: skip
    return found


def _home(loom: Loom, here: str) -> Home:
    units = loom.of_document(here)
    known = frozenset({*loom.alike(here), *_kindred((*loom.links(units), *loom.heirs(units)))})
    return Home(units, known, loom.roots(units))


def _clash(fellows: Iterable[tuple[str, str]], above: str) -> bool:
    return any(line == above for _, line in fellows)

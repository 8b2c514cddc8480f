"""Real addresses of every route of the web page: links are followed from the start, and where none leads, ids of the ledger are tried.

Routes come from the application's own table, so a page that is added later is walked without a change here.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from html import unescape
from itertools import pairwise, product
from typing import TYPE_CHECKING

from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fastapi import FastAPI

    Ask = Callable[[str], tuple[int, str]]

MOST = 4  # addresses of one route, and of each kind of row that it shows
TRIED = 3 * MOST  # for a link may lead to a page that says that there is nothing
OF_TWO = ("/redline?a={}&b={}", "/new/{}?against={}")  # pages of two documents, which a person chooses
CHAINED = "/chain/file?issue={1}&document={0}"  # of a document and an issue, where no page leads there
SIGN_IN = "/login"  # a route that is there with accounts only
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
ID = re.compile(r"\b[A-Z]-[0-9a-f]{16}\b")
PARAMETER = re.compile(r"\{\w+(:path)?\}")


def routes(app: FastAPI) -> list[str]:
    """The paths of all pages and files that can be asked for without accounts, JSON apart, those with the fewest parameters first."""
    found = {route.path for route in flat(app.routes) if "GET" in (route.methods or ())} - {SIGN_IN}
    return sorted((p for p in found if not p.endswith(".json")), key=lambda p: (p.count("{"), -len(p)))


def flat(listed: Iterable[object]) -> list[Route]:
    """All routes, those of included routers too."""
    found: list[Route] = []
    for route in listed:
        inner = getattr(route, "routes", None) or getattr(getattr(route, "original_router", None), "routes", None)
        if isinstance(route, Route):
            found.append(route)
        elif inner:
            found += flat(inner)
    return found


def route_of(address: str, paths: Iterable[str]) -> str | None:
    """The path of the route that answers an address; `paths` in the order of `routes`."""
    return next((path for path in paths if re.fullmatch(_pattern(path), address.partition("?")[0])), None)


def _pattern(path: str) -> str:
    parts = PARAMETER.split(path)  # literal, path or None, literal ...
    return "".join(re.escape(part or "") if n % 2 == 0 else ".+" if part else "[^/]+" for n, part in enumerate(parts))


def addresses(paths: list[str], ask: Ask, known: Iterable[str] = ()) -> dict[str, list[str]]:
    """Up to `MOST` addresses of each route and kind of row that answer with 200, none for what was not reached; `known` are tried first."""
    walk = _Walk(paths, ask)
    walk.follow([*known, *(path for path in paths if "{" not in path)])
    documents = [key for key in walk.ids if key.startswith("D-")]
    walk.follow(two.format(*pair) for two in OF_TWO for pair in pairwise(documents[: MOST + 1]))
    issues = [address.removeprefix("/issue/") for address in walk.found.get("/issue/{issue:path}", ()) if "?" not in address]
    if not walk.found.get("/chain/file", True):
        walk.follow(CHAINED.format(*pair) for pair in product(documents[: MOST], issues))
    for path in (p for p in paths if not walk.found[p]):
        walk.found[path] += _guessed(path, list(walk.ids), ask)
    return walk.found


class _Walk:
    """A walk: the addresses that were found of each route, and the ids of rows that were seen."""

    def __init__(self, paths: list[str], ask: Ask) -> None:
        self.paths, self.ask = paths, ask
        self.found: dict[str, list[str]] = {path: [] for path in paths}
        self.ids: dict[str, None] = {}
        self.seen = set[str]()
        self.taken: Counter[tuple[str, str]] = Counter()
        self.tried: Counter[tuple[str, str]] = Counter()

    def follow(self, first: Iterable[str]) -> None:
        """Nothing; asks for addresses, and for those to which they lead."""
        waiting = deque(first)
        while waiting:
            address = waiting.popleft()
            path = route_of(address, self.paths)
            if path is None or address in self.seen or address.endswith(".json") or self._is_enough(path, _kind(address)):
                continue
            self.seen.add(address)
            self.tried[path, _kind(address)] += 1
            status, text = self.ask(address)
            if status == 200:
                self.taken[path, _kind(address)] += 1
                self.found[path].append(address)
                self.ids |= dict.fromkeys(ID.findall(text))
                waiting.extend(unescape(link) for link in LINK.findall(text))

    def _is_enough(self, path: str, kind: str) -> bool:
        return self.taken[path, kind] >= MOST or self.tried[path, kind] >= TRIED


def _kind(address: str) -> str:
    """The letter of the row that an address names."""
    named = ID.search(address)
    return named[0][0] if named else ""


def _guessed(path: str, ids: list[str], ask: Ask) -> list[str]:
    """An address of a route to which no link leads, with an id of each kind of row tried in its place."""
    kinds: dict[str, list[str]] = {}
    for key in ids:
        kinds.setdefault(key[0], []).append(key)
    tried = (PARAMETER.sub(key, path) for keys in kinds.values() for key in keys[:3])
    return next(([address] for address in tried if ask(address)[0] == 200), [])


def as_json(address: str) -> str:
    """The address of the same answer as JSON."""
    path, mark, query = address.partition("?")
    return ("/index.json" if path == "/" else f"{path}.json") + mark + query

"""Templates, and what they may call: addresses of rows and of this page changed, numbers and dates in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from reaffirm.model import digest
from reaffirm.version import VERSION
from reaffirm.web import drawing
from reaffirm.web.page import PAGES, Page

if TYPE_CHECKING:
    from fastapi import Request

    from reaffirm.model import Span, Voice
    from reaffirm.sequels import Place

# in this order
MENU = (
    "Documents", "Meetings", "Said", "Commitments", "Demands", "Threads", "Issues", "Actors", "Matrix", "Problems", "Review", "Agreement",
    "Add", "About",
)  # fmt: skip
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PARAMETER = re.compile(r"\{[^{}]*\}")
SHORT = 160  # code points of an excerpt


@dataclass(frozen=True, slots=True)
class Templates:
    """The environment of the templates, and a fingerprint of them and of the files beside them."""

    environment: Environment
    fingerprint: str

    def render(self, template: str, shown: dict[str, object]) -> str:
        """A template, filled."""
        return self.environment.get_template(template).render(shown)


@cache
def templates() -> Templates:
    """The templates of this package; everything that they show is escaped."""
    environment = Environment(
        loader=PackageLoader("reaffirm.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    folder = resources.files("reaffirm.web")
    files = [f for part in ("templates", "static") for f in sorted(folder.joinpath(part).iterdir(), key=lambda f: f.name) if f.is_file()]
    fingerprint = digest([digest(file.read_bytes().hex()) for file in files])[:12]
    environment.globals.update(
        fingerprint=fingerprint, version=VERSION, menu=menu, there=there, here=here, as_json=as_json, row_url=row_url, doc_url=doc_url,
        words_url=words_url, who=who, when=when, issue_url=issue_url, actor_url=actor_url, timeline=drawing.timeline,
        strengths=drawing.strengths, bar=drawing.bar,
    )  # fmt: skip
    environment.filters.update(day=day, short=short, count=count, anchor=anchor, part=lambda name: quote(name, safe=""))
    return Templates(environment, fingerprint)


def menu() -> list[Page]:
    """The pages that stand in the navigation, in its order."""
    return sorted((p for p in PAGES if p.menu in MENU), key=lambda p: MENU.index(p.menu))


def there(path: str) -> bool:
    """Whether a page is declared at this path, so that a link to it leads somewhere; what its parameters are called is all one."""
    return any(PARAMETER.sub("{}", page.path) == PARAMETER.sub("{}", path) for page in PAGES)


def here(request: Request, **changes: object) -> str:
    """The address of this page with some of its query changed; None takes a part away, and any change leads back to the first sheet."""
    asked = dict(request.query_params)
    if "page" not in changes:
        asked.pop("page", None)
    asked |= {name: str(value) for name, value in changes.items()}
    kept = {name: value for name, value in asked.items() if value and changes.get(name, value) is not None}
    return quote(request.url.path) + (f"?{urlencode(kept)}" if kept else "")


def as_json(request: Request, page: Page) -> str:
    """The address of this answer as JSON."""
    path = quote(request.url.path)
    query = request.url.query
    return (page.as_json if path == "/" else f"{path}.json") + (f"?{query}" if query else "")


def row_url(row: str) -> str:
    """The permanent address of a row."""
    return f"/row/{quote(row, safe='')}"


def doc_url(document: str) -> str:
    """The permanent address of a document, by its id."""
    return f"/d/{quote(document, safe='')}"


def words_url(span: Span | None, document: str = "", start: int = 0, end: int = 0) -> str:
    """The permanent address of words in their document, which opens at them."""
    place = (span.document, span.start, span.end) if span else (document, start, end)
    return f"{doc_url(place[0])}?c={place[1]}-{place[2]}#here"


def issue_url(issue: str, **narrowed: str) -> str:
    """The permanent address of an issue or named thing; narrowed by `actor`, `document` or `kind`."""
    return f"/issue/{quote(issue, safe='')}" + (f"?{urlencode(narrowed)}" if narrowed else "")


def actor_url(name: str, **narrowed: str) -> str:
    """The permanent address of an actor; narrowed by `kind`."""
    return f"/actor/{quote(name, safe='')}" + (f"?{urlencode(narrowed)}" if narrowed else "")


def day(edtf: str | None) -> str:
    """A date as people write it, an interval with both its sides; what is no plain date stays as it is."""
    if "/" in (edtf or ""):
        return " to ".join(day(side) if side not in {"", ".."} else side for side in (edtf or "").split("/"))
    parts = (edtf or "").split("-")
    if not all(p.isdecimal() for p in parts) or not 1 <= len(parts) <= 3:
        return edtf or "undated"
    month = int(parts[1]) if len(parts) > 1 else 0
    if len(parts) == 1 or not 1 <= month <= 12:
        return edtf or ""
    return " ".join([*([str(int(parts[2]))] if len(parts) == 3 else []), MONTHS[month - 1], parts[0]])


def when(place: Place) -> str:
    """The day of a document as people write it, or the days between which it is."""
    first, last = place.first, place.last
    if first == last or (first and last):
        return day(first if first == last else f"{first}/{last}")
    return f"{day(first)} or later" if first else f"{day(last)} or before"


def short(text: str, most: int = SHORT) -> str:
    """The beginning of a text, white space plain, cut between words."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def anchor(row: str) -> str:
    """A row's id as a part of an address within a page."""
    return quote(row, safe="")


def who(voice: Voice | None) -> str:
    """Who speaks, without offices; a question mark where nobody is known."""
    return "; ".join(voice.speakers) if voice and voice.speakers else "?"

"""A page in the making: every string that is written says whether it is the text's own, the site's, or neither.

"Neither" (`either`) are lines that the guidelines leave open: bylines, date lines, pull quotes that print the text twice,
the note on the author. They are written and not counted.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import page_prose as prose

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

Role = Literal["body", "furniture", "either"]
MARK = re.compile("\ue000([0-9]+)\ue001")  # where a piece stands, until the page is finished
PROOFS = ("jsonld", "meta", "time", "url", "visible", "none")
METAS = (
    '<meta property="article:published_time" content="{iso}T09:30:00+09:00">',
    '<meta name="dcterms.issued" content="{iso}">',
    '<meta name="DC.date.issued" scheme="DCTERMS.W3CDTF" content="{iso}">',
    '<meta itemprop="datePublished" content="{iso}T06:00:00Z">',
    '<meta name="citation_publication_date" content="{slashed}">',
    '<meta name="date" content="{iso}">',
)
TIMES = (
    '<time datetime="{iso}T08:00:00+01:00" pubdate>{long}</time>',
    '<time class="entry-date published" datetime="{iso}T12:00:00+00:00">{american}</time>',
    '<time itemprop="datePublished" datetime="{iso}">{long}</time>',
    '<time datetime="{iso}">{long}</time>',
    "<time>{long}</time>",
    '<time datetime="{iso}T17:45Z">{short}</time>',
)
ADDRESSES = ("/{year}/{month:02}/{day:02}/{slug}", "/news/{compact}-{slug}.html", "/releases/{iso}/{slug}",
             "/{year}/{month}/{day}/{slug}.html","/press/{compact}.html", "/world/{year}-{month:02}-{day:02}-{slug}/")  # fmt: skip
DATELESS = (
    "/press/{slug}-4711.html",
    "/en/node/20310",
    "/article/20218877/{slug}",
    "/a/000104711.html",
    "/{slug}",
    "/content/{slug}?page=1",
)


@dataclass(frozen=True)
class Piece:
    """A string of a page and whose it is."""

    role: Role
    text: str


@dataclass(frozen=True)
class Page:
    """A finished page: its bytes, its pieces in order, and the day it was published, None where it does not say."""

    layout: str
    number: int
    part: str
    data: bytes
    pieces: tuple[Piece, ...]
    published: str | None
    proof: str

    @property
    def name(self) -> str:
        """The file name it would come under."""
        return f"{self.layout.replace(' ', '-')}-{self.number}.html"


class Draft:
    """A page in the making; what its methods return is HTML, in which they mark the place of each string that they note."""

    def __init__(self, rng: random.Random, number: int, shift: int) -> None:
        self.rng, self.number = rng, number
        self.pieces: list[Piece] = []
        self.said: set[str] = set()
        self.labels = list(prose.MENU)
        rng.shuffle(self.labels)
        self.proof = PROOFS[(number + shift) % len(PROOFS)]
        self.day = dt.date(2010, 1, 1) + dt.timedelta(days=rng.randrange(5000))
        self.title = prose.headline(rng)
        self.said.add(self.title)

    @property
    def published(self) -> str | None:
        """The day of publication, where the page gives one."""
        return None if self.proof == "none" else self.day.isoformat()

    # Strings

    def body(self, markup: str) -> str:
        """The markup, noted as the text's own."""
        return self._note("body", markup)

    def side(self, text: str) -> str:
        """The text as HTML, noted as the site's."""
        return self._note("furniture", html.escape(text, quote=False))

    def either(self, markup: str) -> str:
        """The markup, noted and not counted."""
        return self._note("either", markup)

    def _note(self, role: Role, markup: str) -> str:
        text = prose.plain(markup)
        if not text:
            return markup
        self.pieces.append(Piece(role, text))
        return f"\ue000{len(self.pieces) - 1}\ue001{markup}"

    # The text's own

    def heading(self) -> str:
        """The title, noted as the text's own."""
        return self.body(html.escape(self.title, quote=False))

    def words(self, few: int = 2, many: int = 5) -> str:
        """The inside of a paragraph."""
        return self.body(prose.marked(self.rng, self.prose(few, many)))

    def prose(self, few: int, many: int) -> str:
        """A paragraph as text, noted nowhere yet."""
        return prose.prose(self.rng, few, many, self.said)

    def sentence(self) -> str:
        """One sentence as HTML."""
        return self.words(1, 1)

    def topic(self) -> str:
        """The inside of a heading within the text."""
        forms = [topic + more for topic in prose.TOPICS for more in (" in {state}", " since {year}")]
        return self.body(self.fresh(lambda: prose.fill(self.rng, self.rng.choice(forms))))

    def paragraphs(self, few: int, many: int, tag: str = "p") -> list[str]:
        """`few` to `many` paragraphs in a tag."""
        return [f"<{tag}>{self.words()}</{tag}>" for _ in range(self.rng.randint(few, many))]

    def items(self, few: int = 3, many: int = 5) -> str:
        """List items of one sentence each."""
        return "".join(f"<li>{self.sentence()}</li>" for _ in range(self.rng.randint(few, many)))

    def article(self, few: int = 4, many: int = 8) -> list[str]:
        """Paragraphs with a heading or a list between them now and then, each in its own tag."""
        blocks = [f"<p>{self.words()}</p>"]
        for _ in range(self.rng.randint(few, many)):
            chance = self.rng.random()
            if chance < 0.2:
                blocks.append(f"<h2>{self.topic()}</h2>")
            elif chance < 0.3:
                blocks.append(f"<ul>{self.items()}</ul>")
            blocks.append(f"<p>{self.words()}</p>")
        return blocks

    def fresh(self, draw: Callable[[], str]) -> str:
        """A string that the page does not have yet, not even as a part of another."""
        text = draw()
        while any(text in other or other in text for other in self.said):
            text = draw()
        self.said.add(text)
        return text

    # The site's

    def menu(self, count: int, form: str = '<li><a href="/s/{n}">{label}</a></li>') -> str:
        """A menu of labels that the page does not have yet."""
        return "\n".join(form.format(n=n, label=self.side(self.labels.pop())) for n in range(min(count, len(self.labels))))

    def teaser(self, form: str = '<a href="/{n}">{line}</a>') -> str:
        """The headline of another article."""
        line = self.side(self.fresh(lambda: prose.fill(self.rng, self.rng.choice(prose.TEASERS))))
        return form.format(n=self.rng.randrange(10**5), line=line)

    def blurb(self) -> str:
        """The first words of another article."""
        return self.side(self.fresh(lambda: prose.fill(self.rng, self.rng.choice(prose.BLURBS))))

    def comment(self) -> str:
        """What a reader wrote below the text."""
        return self.side(self.fresh(lambda: prose.fill(self.rng, self.rng.choice(prose.COMMENTS))))

    def other_day(self) -> dt.date:
        """The date of something else: a trap."""
        return self.day + dt.timedelta(days=self.rng.choice((-1, 1)) * self.rng.randint(20, 900))

    # The date

    def head(self, more: str = "", site: str = "Gazette of the Realm") -> str:
        """The head element: title, proof of the date where it is metadata, and some traps."""
        rng, slug = self.rng, "-".join(w for w in self.title.lower().split() if w.isascii() and w.isalpha())[:60]
        form = rng.choice(ADDRESSES if self.proof == "url" else DATELESS)
        when = {
            "year": self.day.year,
            "month": self.day.month,
            "day": self.day.day,
            "iso": self.day.isoformat(),
            "compact": f"{self.day:%Y%m%d}",
        }
        link = f"https://www.example.org{form.format(slug=slug, **when)}"
        lines = [f"<title>{html.escape(self.title)} | {site}</title>", '<meta charset="utf-8">']
        lines.append(rng.choice((f'<link rel="canonical" href="{link}">', f'<meta property="og:url" content="{link}">')))
        if self.proof == "meta":
            lines.append(rng.choice(METAS).format(iso=self.day.isoformat(), slashed=f"{self.day:%Y/%m/%d}"))
        if rng.random() < 0.3:
            lines.append(f'<meta property="article:modified_time" content="{self.day + dt.timedelta(days=rng.randint(0, 400))}T10:00:00Z">')
        if self.proof == "jsonld" or rng.random() < 0.2:
            lines.append(f'<script type="application/ld+json">{json.dumps(self._graph())}</script>')
        return "<head>" + "\n".join([*lines, more]) + "</head>"

    def _graph(self) -> dict[str, object]:
        article: dict[str, object] = {"@type": "NewsArticle", "headline": self.title, "author": {"@type": "Person", "name": "R. Dool"}}
        if self.proof == "jsonld":
            article |= {"datePublished": f"{self.day}T07:15:00+00:00", "dateModified": f"{self.day + dt.timedelta(days=90)}T07:15:00+00:00"}
        if self.rng.random() < 0.4:
            return {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Gazette"}, article]}
        return {"@context": "https://schema.org", **article}

    def stamp(self, form: str = "{}", visible: str = "{long}") -> str:
        """The visible date in its place, where the page has one there; else nothing."""
        if self.proof not in ("time", "visible"):
            return ""
        shape = self.rng.choice(TIMES) if self.proof == "time" else visible
        return self.either(form.format(shape.format(**self._shapes(self.day))))

    def dated(self, day: dt.date, form: str = "{long}") -> str:
        """A date as the site's own string."""
        return self.side(form.format(**self._shapes(day)))

    def elsewhen(self) -> str:
        """The date of another article, as it stands beside a teaser."""
        return self.dated(self.other_day(), "{american}")

    def footer(self) -> str:
        """A copyright line and, now and then, the day of the last change."""
        line = self.side(f"© {self.day.year + self.rng.randint(0, 3)} Crown Publishing Office. All rights reserved.")
        if self.rng.random() < 0.3:
            line += "<br>" + self.dated(self.day + dt.timedelta(days=self.rng.randint(30, 600)), "Last modified: {long}")
        return line

    @staticmethod
    def _shapes(day: dt.date) -> dict[str, str]:
        month = prose.MONTHS[day.month - 1]
        return {"iso": day.isoformat(), "long": f"{day.day} {month} {day.year}", "american": f"{month} {day.day}, {day.year}",
                "short": f"{day.day} {month[:3]} {day.year}", "japanese": f"{day.year}年{day.month}月{day.day}日"}  # fmt: skip

    # The page

    def page(self, layout: str, part: str, text: str) -> Page:
        """The finished page, its pieces in the order in which they stand in it."""
        pieces = tuple(self.pieces[int(n)] for n in MARK.findall(text))
        return Page(layout, self.number, part, MARK.sub("", text).encode(), pieces, self.published, self.proof)

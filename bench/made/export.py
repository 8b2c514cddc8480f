"""Files in which a press database puts many articles, in five layouts: field codes, numbered documents, rules, labels, boxes."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from made import Made
from made.prose import MONTHS, PAPERS, PEOPLE, Piece, Shape, compose

if TYPE_CHECKING:
    import random

NAMES = ("codes", "numbered", "rules", "labels", "identifiers")
SHAPES = (Shape(1, 3),) * 5
LENGTH = 3  # articles in a file
WIDTH = 78


def make(variant: int, pieces: list[Piece], chance: random.Random) -> Made:
    """The export of the article given and of others of its kind."""
    shape = Shape(1, sum(p.kind == "paragraph" for p in pieces))
    articles = [pieces, *(compose(chance, shape) for _ in range(LENGTH - 1))]
    articles = [[p for p in article if p.kind in {"title", "paragraph"}] for article in articles]
    layout = (_codes, _numbered, _rules, _labels, _identifiers)[variant]
    text = "".join(layout(article, number, chance) for number, article in enumerate(articles, start=1))
    known = tuple(p for article in articles for p in article)
    return Made(f"export-{NAMES[variant]}.txt", "export", text.encode(), known, articles=len(articles))


def _words(article: list[Piece]) -> int:
    return sum(len(p.text.split()) for p in article)


def _day(chance: random.Random) -> str:
    return f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.randint(2031, 2036)}"


def _codes(article: list[Piece], number: int, chance: random.Random) -> str:
    """Two-letter field codes in a margin, an identifier at the end of each article."""
    body = [p.text for p in article[1:]]
    fields = (
        ("SE", "World"), ("HD", article[0].text), ("BY", f"By {chance.choice(PEOPLE)}"), ("WC", f"{_words(article)} words"),
        ("PD", _day(chance)), ("SN", chance.choice(PAPERS)), ("SC", "PAPER"), ("PG", str(chance.randint(1, 30))), ("LA", "English"),
        ("CY", f"(c) 203{number} The paper"), ("LP", body[0]), ("TD", "\n\n".join(body[1:])),
        ("AN", f"Document PAPER00002031061{number}eh6e0000{number}"),
    )  # fmt: skip
    return "\n".join(f"\n{code}\n\n{value}\n" if code in {"LP", "TD"} else f"{code:5}{value}" for code, value in fields) + "\n\n\n"


def _numbered(article: list[Piece], number: int, chance: random.Random) -> str:
    """A line `2 of 3 DOCUMENTS`, the paper and the day in the middle, labels in capitals, hard-wrapped."""
    middle = "\n\n".join(line.center(WIDTH).rstrip() for line in (chance.choice(PAPERS), _day(chance)))
    body = "\n\n".join(textwrap.fill(p.text, WIDTH, break_on_hyphens=False) for p in article[1:])
    title = textwrap.fill(article[0].text, WIDTH)
    return (
        f"{f'{number} of {LENGTH} DOCUMENTS'.center(WIDTH).rstrip()}\n\n\n{middle}\n\n{title}\n\nBYLINE: {chance.choice(PEOPLE)}\n\n"
        f"SECTION: NEWS; Pg. {chance.randint(1, 30)}\n\nLENGTH: {_words(article)} words\n\n\n{body}\n\n"
        f"LOAD-DATE: {_day(chance)}\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n"
        f"Copyright 203{number} The paper\nAll Rights Reserved\n\n\n\f"
    )


def _rules(article: list[Piece], number: int, chance: random.Random) -> str:
    """Rules of underscores between articles, labels with colons, the whole text after one of them."""
    body = "\n\n".join(p.text for p in article[1:])
    return (
        f"{'_' * 60}\n\nDocument {number} of {LENGTH}\n\n{article[0].text}\n\nAuthor: {chance.choice(PEOPLE)}\n\n"
        f"Publication info: {chance.choice(PAPERS)} ; Hanaru [Hanaru]. {_day(chance)}: A.{number}.\n\n"
        f"Full text: {body}\n\nTitle: {article[0].text}\n\nPublication title: {chance.choice(PAPERS)}\n\n"
        f"Publication date: {_day(chance)}\n\nDocument type: News\n\nLanguage of publication: English\n\n"
        f"Copyright: Copyright The paper 203{number}\n\nLast updated: 2036-01-0{number}\n\n"
    )


def _labels(article: list[Piece], number: int, chance: random.Random) -> str:
    """Title, paper, day, then Length, Byline and Body on lines of their own, and an end mark."""
    body = "\n\n".join(p.text for p in article[1:])
    return (
        f"{article[0].text}\n\n{chance.choice(PAPERS)}\n\n{_day(chance)} {chance.choice(('Monday', 'Friday'))}\n\n"
        f"Copyright 203{number} The paper All Rights Reserved\n\nSection: NEWS; Pg. {number}\n\nLength: {_words(article)} words\n\n"
        f"Byline: {chance.choice(PEOPLE)}\n\nBody\n\n\n{body}\n\n\nLoad-Date: {_day(chance)}\n\n\nEnd of Document\n\n\n"
    )


def _identifiers(article: list[Piece], number: int, chance: random.Random) -> str:
    """No labels: title, author, words, day, paper, code, language, copyright, text, and an identifier at the end."""
    body = "\n\n".join(p.text for p in article[1:])
    return (
        f"{article[0].text}\n\nBy {chance.choice(PEOPLE)}\n{_words(article)} words\n{_day(chance)}\n{chance.choice(PAPERS)}\nPAPER\n"
        f"{chance.randint(1, 30)}\nEnglish\n(c) 203{number} The paper. All rights reserved.\n\n{body}\n\n"
        f"Document PAPER00002032031{number}eh3h0000{number}\n\n\n"
    )

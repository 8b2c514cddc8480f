# ruff: noqa: E501 - the strings are pages, and a page made of short lines would be another page
"""Layouts that are hard for their mark-up: soup, misnesting, hidden parts, long comments, short texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import page_prose as prose
from page_draft import MARK

if TYPE_CHECKING:
    from page_draft import Draft

SOUP = {
    "de": ("inhalt", "kopf", "fuss", "seitenleiste", "Startseite", "Impressum", "Datenschutz", "Seite drucken", "{day}. {month} {year}"),
    "fr": ("contenu", "entete", "pied", "barre", "Accueil", "Mentions légales", "Plan du site", "Imprimer la page", "{day} {month} {year}"),
    "ja": (
        "bunsho",
        "atama",
        "ashi",
        "yoko",
        "トップページ",
        "サイトマップ",
        "お問い合わせ先",
        "このページの先頭へ",
        "{year}年{number}月{day}日",
    ),
}
MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    "ja": ("",) * 12,
}


def foreign_soup(d: Draft) -> str:
    """Divs only, class names in another language, text in that language."""
    language = ("de", "fr", "ja")[d.number % 3]
    text, head, foot, bar, home, legal, site, printed, shape = SOUP[language]
    d.title = prose.foreign_title(d.rng, language)
    day = shape.format(day=d.day.day, month=MONTHS[language][d.day.month - 1], number=d.day.month, year=d.day.year)

    def paragraph() -> str:
        return d.body(d.fresh(lambda: prose.foreign(d.rng, language, d.rng.randint(2, 4))))

    teasers = {"de": "Hafenfest in {city} abgesagt", "fr": "La fête du port de {city} annulée", "ja": "{city}の港祭りは中止"}
    start = f"""<html lang="{language}">{d.head(site=home)}<body><div class="{head}"><div><a href="/">{d.side(home)}</a></div><div><a href="/i">{d.side(legal)}</a></div><div><a href="/d">{d.side(site)}</a></div></div>
<div class="{bar}">{"".join(f'<div><a href="/{n}">{d.side(prose.fill(d.rng, teasers[language]) + f" ({n})")}</a></div>' for n in range(4))}</div><div class="{text}"><div class="ueber">{d.heading()}</div>{d.stamp('<div class="dat">{}</div>', day)}"""
    paragraphs = [f"<div>{paragraph()}</div>" for _ in range(d.rng.randint(5, 8))]
    return f"""{start}{"".join(paragraphs)}</div><div class="{foot}"><a href="#">{d.side(printed)}</a> {d.footer()}</div></body></html>"""


def misnested(d: Draft) -> str:
    """Unclosed paragraphs and items, blocks within inline tags, closings in the wrong order."""
    text = []
    for paragraph in range(d.rng.randint(5, 8)):
        chance = d.rng.random()
        if chance < 0.25:
            text.append(f"<b><p>{d.words()}</b></p>")
        elif chance < 0.45:
            text.append(f'<span class="x"><p>{d.words()}<p>{d.words()}</span>')
        elif chance < 0.6:
            text.append(f"<ul><li>{d.sentence()}<li>{d.sentence()}<li>{d.sentence()}</ul>")
        elif chance < 0.7:
            text.append(f"<font size=2><div>{d.words()}</font></div>")
        else:
            text.append(f"<p>{d.words()}")
        if paragraph == 2:
            text.append(f"<h3>{d.topic()}</h2>")
    return f"""<html>{d.head(site="Harbour Board")}<body><div id=nav><ul>{d.menu(7, "<li><a href=/{n}>{label}</a>")}</ul></div><div id=body><h1>{d.heading()}</h1>{d.stamp("<p><i>{}</p></i>", "{long}")}
{"".join(text)}</div></div><div id=bottom><a href=/map>{d.side("Map of this site")}</a><br>{d.footer()}</body>"""


def app_roles(d: Draft) -> str:
    """What a rendered application leaves: generated classes, roles instead of elements."""
    return f"""<!DOCTYPE html><html lang="en">{d.head('<script>window.__STATE__={{"a":"<p>not a text</p>"}}</script>', "Portal")}<body><div id="__next"><div class="sc-1a2b"><div role="banner" class="css-9x"><div role="navigation" aria-label="primary">{d.menu(7, '<div role="menuitem"><a href="/{n}">{label}</a></div>')}</div><div role="search"><span>{d.side("Search all documents")}</span></div></div>
<div role="main" class="css-k1"><div role="article"><div role="heading" aria-level="1" class="css-h1">{d.heading()}</div>{d.stamp('<div class="css-dt">{}</div>', "{long}")}{"".join(f'<div class="css-p">{d.words()}</div>' for _ in range(3))}
<div role="heading" aria-level="2" class="css-h2">{d.topic()}</div>{"".join(f'<div class="css-p">{d.words()}</div>' for _ in range(2))}<div role="list">{"".join(f'<div role="listitem">{d.sentence()}</div>' for _ in range(3))}</div><div class="css-p">{d.words()}</div></div></div>
<div role="complementary" class="css-s"><div role="heading" aria-level="3">{d.side("Suggested for you")}</div>{"".join(f"<div>{d.teaser()}</div><div>{d.blurb()}</div>" for _ in range(3))}</div>
<div role="contentinfo">{d.menu(6, '<span><a href="/{n}">{label}</a></span>')}<span>{d.footer()}</span></div></div></div></body></html>"""


def hidden_parts(d: Draft) -> str:
    """Cookie banner, modal dialogs, templates, noscript, hidden elements, JSON in scripts."""
    return f"""<!DOCTYPE html><html lang="en">{d.head(site="Treaty Office")}<body><a class="visually-hidden" href="#c">{d.side("Jump to content")}</a><div id="cookie-consent" class="cookie-banner" role="dialog" aria-label="Cookies"><p>{d.side("We use cookies to improve this site. Read our cookie policy to learn what we store and why.")}</p><button>{d.side("Accept cookies")}</button><button>{d.side("Reject optional cookies")}</button></div>
<noscript><div>{d.side("Please enable JavaScript to use all the features of this site.")}</div></noscript><header><ul>{d.menu(7)}</ul></header><main id="c"><h1>{d.heading()}</h1>{d.stamp('<p class="date">{}</p>')}
{"".join(d.article(3, 5))}<template><p>{d.side("Template of a card: title goes here, text goes there.")}</p></template>{"".join(d.paragraphs(1, 2))}
<div style="display:none">{d.side("Tracking paragraph that nobody is meant to see on this page.")}</div><div hidden><p>{d.side("This survey closes at the end of the month. Thank you for taking part.")}</p></div>{"".join(d.paragraphs(1, 2))}</main>
<div class="modal fade" id="feedback" tabindex="-1" role="dialog" aria-hidden="true"><div class="modal-content"><h4>{d.side("Was this page useful?")}</h4><p>{d.side("Tell us what you were doing and what went wrong, and we shall look into it.")}</p><button>{d.side("Send feedback")}</button></div></div>
<script type="application/json">{{"related":[{{"title":"Not for reading"}}]}}</script><footer><ul>{d.menu(5)}</ul>{d.footer()}</footer></body></html>"""


def transcript(d: Draft) -> str:
    """A press conference: bold labels, answers parted by breaks, one long cell."""
    names = d.rng.sample(prose.PEOPLE, 2)
    speakers = [f"MINISTER {n.split()[1].upper()}:" for n in names] + ["QUESTION:"]
    turns = []
    for number in range(d.rng.randint(7, 12)):
        label = speakers[2 if number % 2 else d.rng.randrange(2)]
        first = d.prose(1, 3)
        turn = d.body(f"<b>{label}</b> {first}")
        if d.rng.random() < 0.4:
            turn += "<br><br>\n" + d.words(1, 3)
        turns.append(turn)
    return f"""<!DOCTYPE html><html>{d.head(site="Office of the Press Secretary")}<body><div class="utility">{d.menu(4, '<a href="/u/{n}">{label}</a>')}</div><div class="mainnav"><ul>{d.menu(6)}</ul></div><div class="content-wrap"><div class="left-col"><ul>{d.menu(5)}</ul></div>
<div class="main-col"><div class="print-links"><a href="#">{d.side("E-mail this page")}</a> <a href="#">{d.side("Print this transcript")}</a></div><h2 class="title">{d.heading()}</h2>{d.stamp('<div class="date">{}</div>', "{american}")}<div class="body">{"<br><br>".join(turns)}</div></div></div><div class="foot">{d.footer()}</div></body></html>"""


def figures_and_quotes(d: Draft) -> str:
    """A long read with captions, pull quotes that repeat the text, an aside that explains."""
    parts = d.paragraphs(2, 3)
    quote = max(prose.plain(MARK.sub("", parts[0])).split(". "), key=len)
    return f"""<!DOCTYPE html><html lang="en">{d.head(site="The Quarterly")}<body><div class="top-bar"><ul>{d.menu(6)}</ul></div><article class="longread"><h1>{d.heading()}</h1><p class="dek">{d.words(1, 1)}</p>{d.stamp('<p class="meta">{}</p>', "{american}")}
<section>{"".join(parts)}<blockquote class="pullquote"><p>{d.either(quote)}</p></blockquote>{"".join(d.paragraphs(1, 2))}<figure class="wide"><img src="/m.png" alt="Map"><figcaption>{d.sentence()} <span class="credit">{d.either("Photo: Kestrow Press Agency")}</span></figcaption></figure>
{"".join(d.paragraphs(2, 3))}</section><section><h2>{d.topic()}</h2>{"".join(d.paragraphs(2, 3))}<figure><table><tr><td>{d.sentence()}</td><td>{d.sentence()}</td></tr></table><figcaption>{d.sentence()}</figcaption></figure>{"".join(d.paragraphs(1, 2))}</section>
<p class="end-note"><em>{d.either("This essay appears in the winter issue.")}</em></p></article><div class="subscribe-cta"><h3>{d.side("Subscribe to The Quarterly")}</h3><p>{d.side("Four issues a year, delivered to your door, from 38 crowns.")}</p></div>
<div class="recirc"><h3>{d.side("Keep reading")}</h3>{"".join(f'<div class="item">{d.teaser()}<p>{d.blurb()}</p></div>' for _ in range(3))}</div><footer>{d.menu(4, '<a href="/{n}">{label}</a>')} {d.footer()}</footer></body></html>"""


def long_comments(d: Draft) -> str:
    """A short article with comments below that are longer than it is."""

    def comment(level: int) -> str:
        below = f'<ul class="children">{comment(level + 1)}</ul>' if level < 2 and d.rng.random() < 0.4 else ""
        return (f'<li class="post"><div class="post-head"><span class="user">{d.side(f"user{d.rng.randrange(10**6)}")}</span> <span class="ago">{d.side(f"{d.rng.randrange(1000)} days ago")}</span></div>'
                f'<div class="post-text"><p>{d.comment()} {d.comment()}</p></div><a href="#">{d.side(f"Reply to no. {d.rng.randrange(10**6)}")}</a>{below}</li>')  # fmt: skip

    return f"""<!DOCTYPE html><html lang="en">{d.head(site="Kestrow Post")}<body><div id="header"><div class="nav">{d.menu(7, '<a href="/{n}">{label}</a> ')}</div></div><div id="content"><div class="story"><h1>{d.heading()}</h1>{d.stamp('<p class="when">{}</p>', "{long}")}{"".join(d.paragraphs(3, 4))}</div>
<div class="discussion" id="disqus_thread"><h3>{d.side("Join the discussion")}</h3><ul>{"".join(comment(0) for _ in range(3))}</ul></div></div><div id="footer">{d.menu(5, '<a href="/{n}">{label}</a> ')}<p>{d.footer()}</p></div></body></html>"""


def very_short(d: Draft) -> str:
    """Three sentences in much navigation."""
    columns = "".join(f'<div class="col"><h5>{d.side(d.labels.pop())}</h5><ul>{d.menu(6)}</ul></div>' for _ in range(3))
    return f"""<!DOCTYPE html><html lang="en">{d.head(site="Prime Minister's Office")}<body><div class="header"><ul class="menu">{d.menu(9)}</ul></div><div class="wrap"><div class="side"><ul>{d.menu(8)}</ul></div>
<div class="page"><h1>{d.heading()}</h1>{d.stamp('<p class="date">{}</p>')}<p>{d.words(3, 3)}</p></div><div class="promo"><h4>{d.side("Latest news in brief")}</h4>{"".join(f'<div class="news"><span>{d.dated(d.other_day())}</span> {d.teaser()}</div>' for _ in range(5))}</div></div>
<div class="fat-footer">{columns}<p>{d.footer()}</p></div></body></html>"""

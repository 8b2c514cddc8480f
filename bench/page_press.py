# ruff: noqa: E501 - the strings are pages, and a page made of short lines would be another page
"""Layouts of the press: newspapers, agencies, think tanks, blogs, live pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from page_draft import Draft


def newspaper(d: Draft) -> str:
    """A newspaper article with related boxes, sign-ups and "read more" links between its paragraphs, comments below."""
    boxes = (_read_more, _related, _newsletter, _advertisement)
    text = []
    for box in d.rng.sample(boxes, 4):
        text += [*d.paragraphs(1, 2), box(d)]
    return f"""<!DOCTYPE html><html lang="en">{d.head(site="The Halden Courier")}<body class="article-page"><header class="masthead"><a class="logo" href="/">{d.side("The Halden Courier")}</a><nav><ul>{d.menu(9)}</ul></nav></header>
<main><article><header><span class="kicker"><a href="/world">{d.side("World Affairs")}</a></span><h1>{d.heading()}</h1><p class="standfirst">{d.words(1, 1)}</p>
<div class="byline">{d.either("By Renske Dool in Calder Bay")} {d.stamp("{}")}</div><div class="share"><a href="#">{d.side("Share on Facebook")}</a> <a href="#">{d.side("Tweet")}</a> <a href="#">{d.side("Copy link")}</a></div></header>
<figure><img src="/p.jpg" alt="The harbour"><figcaption>{d.words(1, 1)}</figcaption></figure>
<div class="article-body">{"".join(text)}{"".join(d.paragraphs(1, 2))}</div></article>
<section id="comments"><h2>{d.side("Comments (4)")}</h2>{"".join(f'<div class="comment"><div class="comment-author">{d.side(f"reader_{d.rng.randrange(10**6)}")}</div><p>{d.comment()}</p></div>' for _ in range(4))}</section></main>
<aside class="most-read"><h3>{d.side("Most read")}</h3><ol>{"".join(f"<li>{d.teaser()}</li>" for _ in range(4))}</ol></aside><footer><ul>{d.menu(8)}</ul><p>{d.footer()}</p></footer></body></html>"""


def _read_more(d: Draft) -> str:
    return f'<p class="readmore"><strong>{d.side("Read more:")}</strong> {d.teaser()}</p>'


def _related(d: Draft) -> str:
    return f'<aside class="related-box"><h4>{d.side("Related coverage")}</h4><ul><li>{d.teaser()}</li><li>{d.teaser()}</li></ul></aside>'


def _newsletter(d: Draft) -> str:
    return f"""<div class="newsletter-signup"><h4>{d.side("The Morning Dispatch")}</h4><p>{d.side("Sign up for our daily newsletter and never miss a story.")}</p>
<form><input type="email" placeholder="Your e-mail"><button>{d.side("Sign up")}</button></form></div>"""


def _advertisement(d: Draft) -> str:
    return f'<div class="ad-slot"><span>{d.side("Advertisement")}</span></div>'


def wire_agency(d: Draft) -> str:
    """An agency's story: chips, share bar, trust line, next in section."""
    return f"""<!DOCTYPE html><html lang="en">{d.head(site="Coastal Wire")}<body><div id="app"><div class="nav-bar__container__3xq">{d.menu(8, '<a class="nav-link__1ab" href="/{n}">{label}</a>')}</div>
<div class="article__container__2mU"><div class="chips__4f">{d.menu(2, '<a class="chip" href="/c/{n}">{label}</a>')}</div><h1 data-testid="Heading">{d.heading()}</h1>
<div class="info__9z">{d.either("By Odo Brandvik")} {d.stamp('<span class="date-line__9q">{}</span>', "{american} 9:14 AM UTC")}</div>
<div class="share-bar__8s" role="toolbar"><button>{d.side("Share to LinkedIn")}</button><button>{d.side("Text size")}</button></div>
<div class="article-body__content__17Y">{"".join(f'<p data-testid="paragraph-{n}" class="text__text__1Fz">{d.words(1, 2)}</p>' for n in range(d.rng.randint(7, 12)))}
<p class="sign-off__3x">{d.either("Reporting by Odo Brandvik; Editing by Suri Valen")}</p><p class="trust-badge__1k">{d.side("Our Standards:")} <a href="/trust">{d.side("The Coastal Wire Trust Principles.")}</a></p></div>
<div class="toolbar__tags">{d.menu(3, '<a class="tag-chip" href="/t/{n}">{label}</a>')}</div></div>
<div class="read-next__2p"><h2>{d.side("Read Next")}</h2>{"".join(f'<div class="media-story-card"><h3>{d.teaser()}</h3><time datetime="{d.other_day()}T05:00:00Z">{d.side(f"{n} hours ago")}</time></div>' for n in range(2, 6))}</div>
<div class="site-footer">{d.menu(8, '<a href="/f/{n}">{label}</a>')}<p>{d.footer()}</p></div></div></body></html>"""


def think_tank(d: Draft) -> str:
    """An analysis: author card, table of contents, table, footnotes, citation box, related work."""
    return f"""<!DOCTYPE html><html lang="en">{d.head(site="Institute for Coastal Studies")}<body><header class="site-header"><ul class="nav">{d.menu(7)}</ul></header>
<main><div class="hero"><p class="type">{d.side("Commentary and Analysis")}</p><h1>{d.heading()}</h1><p class="subtitle">{d.sentence()}</p><p class="author-line">{d.either("By Anja Corvel")}</p>{d.stamp('<p class="pubdate">{}</p>', "{american}")}</div>
<div class="toc"><h4>{d.side("On this page")}</h4><ul><li><a href="#a">{d.side("Introduction and overview")}</a></li><li><a href="#b">{d.side("Findings in brief")}</a></li></ul></div>
<div class="post-content">{"".join(d.paragraphs(2, 3))}<h2>{d.topic()}</h2>{"".join(d.paragraphs(2, 3))}
<blockquote><p>{d.words(1, 2)}</p></blockquote><p>{d.words()}<sup><a href="#fn1">1</a></sup></p>
<table><caption>{d.sentence()}</caption><thead><tr><th>{d.topic()}</th><th>{d.topic()}</th></tr></thead><tbody>{"".join(f"<tr><td>{d.sentence()}</td><td>{d.sentence()}</td></tr>" for _ in range(3))}</tbody></table>
<h2>{d.topic()}</h2>{"".join(d.paragraphs(1, 3))}<div class="footnotes"><ol><li id="fn1">{d.sentence()} <a href="#r1">↩</a></li><li id="fn2">{d.sentence()} <a href="#r2">↩</a></li></ol></div></div>
<div class="author-bio"><p>{d.either("<em>Anja Corvel is a senior fellow at the institute, where she directs the project on small navies.</em>")}</p></div>
<div class="citation-box"><h4>{d.side("Cite this commentary")}</h4><p>{d.side(f"Corvel, A., Institute for Coastal Studies, Commentary no. {d.rng.randrange(100, 999)}.")}</p></div>
<section class="related-content"><h3>{d.side("More from the institute")}</h3>{"".join(f'<div class="card"><p class="type">{d.side(f"Report {d.rng.randrange(1000, 9999)}")}</p><h4>{d.teaser()}</h4><p>{d.blurb()}</p><p class="date">{d.elsewhen()}</p></div>' for _ in range(3))}</section></main>
<footer>{d.menu(5, '<a href="/f/{n}">{label}</a>')}<p>{d.footer()}</p></footer></body></html>"""


def wordpress(d: Draft) -> str:
    """A WordPress blog: entry, widgets, sharing, neighbours, comments."""
    return f"""<!DOCTYPE html><html lang="en-US">{d.head('<meta name="generator" content="WordPress 5.6" />', "Notes from the Quay")}<body class="post-template-default single single-post"><div id="page" class="site">
<header id="masthead" class="site-header"><p class="site-title"><a href="/">{d.side("Notes from the Quay")}</a></p><p class="site-description">{d.side("Thoughts on harbours and foreign policy")}</p><nav id="site-navigation"><ul class="menu">{d.menu(5)}</ul></nav></header>
<div id="primary" class="content-area"><main id="main" class="site-main"><article id="post-77" class="post-77 post type-post"><header class="entry-header"><h1 class="entry-title">{d.heading()}</h1>{d.stamp('<div class="entry-meta">{}</div>', "Posted on {american}")}</header>
<div class="entry-content">{"".join(d.article(4, 7))}<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">{d.side("Share this:")}</h3><ul><li><a href="#">{d.side("Twitter")}</a></li><li><a href="#">{d.side("Facebook")}</a></li></ul></div>
<div id="jp-relatedposts"><h3>{d.side("Related")}</h3><div class="jp-relatedposts-items">{"".join(f"<p>{d.teaser()}<span>{d.elsewhen()}</span></p>" for _ in range(2))}</div></div></div>
<footer class="entry-footer"><span class="cat-links">{d.side("Posted in")} {d.menu(2, '<a rel="category tag" href="/c/{n}">{label}</a>')}</span></footer></article>
<nav class="navigation post-navigation"><h2 class="screen-reader-text">{d.side("Post navigation")}</h2><div class="nav-links"><div class="nav-previous">{d.teaser()}</div><div class="nav-next">{d.teaser()}</div></div></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">{d.side(f"2 thoughts on this entry {d.rng.randrange(99)}")}</h2><ol class="comment-list">{"".join(f'<li class="comment"><article class="comment-body"><footer class="comment-meta"><b class="fn">{d.side(f"harbourcat{d.rng.randrange(10**5)}")}</b><time datetime="{d.other_day()}T10:10:00+00:00">{d.dated(d.other_day(), "{american} at 10:10 am")}</time></footer><div class="comment-content"><p>{d.comment()}</p></div></article></li>' for _ in range(2))}</ol>
<div id="respond" class="comment-respond"><h3>{d.side("Leave a Reply")}</h3><form><p>{d.side("Your email address will not be published.")}</p></form></div></div></main></div>
<aside id="secondary" class="widget-area"><section class="widget"><h2 class="widget-title">{d.side("Recent Posts")}</h2><ul>{"".join(f"<li>{d.teaser()}</li>" for _ in range(4))}</ul></section><section class="widget"><h2>{d.side("Archives of the blog")}</h2><ul><li>{d.elsewhen()}</li></ul></section></aside>
<footer id="colophon" class="site-footer">{d.side("Proudly powered by WordPress")} {d.footer()}</footer></div></body></html>"""


def single_column(d: Draft) -> str:
    """One narrow column with claps, follow buttons and more from the writer below."""
    return f"""<!DOCTYPE html><html lang="en">{d.head(site="Columns")}<body><div id="root"><div class="ab ac"><a href="/" class="af">{d.side("Open in app")}</a><button class="ag">{d.side("Sign up for free")}</button><button>{d.side("Sign in")}</button></div>
<article class="bc"><div class="bd be"><section><div><h1 class="pw-post-title bf">{d.heading()}</h1><h2 class="pw-subtitle bg">{d.sentence()}</h2><div class="bh"><a href="/@s">{d.either("Suri Valen")}</a><button>{d.side("Follow")}</button>{d.stamp("<span>{}</span>", "{american}")} <span>{d.side("6 min read")}</span></div>
<div class="bi"><button>{d.side("312 claps")}</button><button>{d.side("Listen")}</button></div>
{"".join(f'<p id="{n}f3" class="pw-post-body-paragraph bj">{d.words()}</p>' for n in range(3))}<figure class="bk"><img src="/x.png"><figcaption class="bl">{d.sentence()}</figcaption></figure><h1 class="bm">{d.topic()}</h1>
{"".join(f'<p class="pw-post-body-paragraph bj">{d.words()}</p>' for n in range(d.rng.randint(2, 4)))}<blockquote class="bn"><p>{d.sentence()}</p></blockquote><ul class="bo">{d.items()}</ul><p class="bj">{d.words()}</p></div></section></div></article>
<div class="bp"><div>{d.menu(3, '<a class="tag" href="/tag/{n}">{label}</a>')}</div><button>{d.side("313 people clapped")}</button><h2>{d.side("More from Suri Valen")}</h2>{"".join(f"<div><h2>{d.teaser()}</h2><p>{d.blurb()}</p><span>{d.elsewhen()}</span></div>" for _ in range(2))}</div>
<div class="bq">{d.menu(5, '<a href="/{n}">{label}</a>')}<p>{d.footer()}</p></div></div></body></html>"""


def amp(d: Draft) -> str:
    """An AMP page: amp elements, sidebar, consent, embedded recommendations."""
    return f"""<!doctype html><html ⚡ lang="en">{d.head('<style amp-boilerplate>body{{visibility:hidden}}</style><script async src="https://cdn.example/v0.js"></script>', "Lindmere Today")}<body>
<amp-sidebar id="sidebar" layout="nodisplay"><ul>{d.menu(6)}</ul></amp-sidebar><amp-consent id="consent" layout="nodisplay"><div id="ui">{d.side("We and our partners use cookies to personalise advertising.")}<button on="tap:consent.accept">{d.side("Accept all")}</button></div></amp-consent>
<header class="amp-header"><a href="/">{d.side("Lindmere Today")}</a></header><article class="amp-article"><header><h1 class="amp-title">{d.heading()}</h1><ul class="amp-meta"><li>{d.either("Tobin Aster")}</li>{d.stamp("<li>{}</li>", "Published {long}")}</ul></header>
<amp-img src="/h.jpg" width="600" height="400" layout="responsive"></amp-img><div class="amp-content">{"".join(d.article(3, 6))}<amp-ad width="300" height="250" type="x"><div placeholder>{d.side("Advertisement below")}</div></amp-ad>{"".join(d.paragraphs(1, 2))}</div>
<amp-social-share type="twitter"></amp-social-share><div class="amp-related"><h3>{d.side("You may also like")}</h3><ul>{"".join(f"<li>{d.teaser()}</li>" for _ in range(3))}</ul></div></article>
<footer class="amp-footer"><a href="#top">{d.side("Back to top")}</a><a href="/full">{d.side("View full version")}</a><p>{d.footer()}</p></footer></body></html>"""


def live_blog(d: Draft) -> str:
    """A live page: key events, entries with a time and share buttons, entries in reverse order."""

    def entry(n: int) -> str:
        return f"""<div class="live-entry" id="block-{n}"><header><time class="entry-time">{d.either(f"{20 - n}.{d.rng.randint(10, 59)}")}</time><h2 class="block-title">{d.topic()}</h2></header>
<div class="block-elements">{"".join(d.paragraphs(1, 3))}</div><footer><a href="#">{d.side(f"Share this entry {n}")}</a></footer></div>"""

    return f"""<!DOCTYPE html><html lang="en">{d.head(site="Courier Live")}<body><header><nav>{d.menu(7, '<a href="/{n}">{label}</a>')}</nav></header><div class="live"><h1>{d.heading()}</h1><div class="standfirst"><p>{d.words(1, 2)}</p></div>{d.stamp('<div class="dateline">{}</div>', "{long}")}
<div class="key-events"><h3>{d.side("Key events of the day")}</h3><ol>{"".join(f'<li><a href="#block-{n}">{d.side(f"Jump to entry number {n}")}</a></li>' for n in range(3))}</ol></div>
<div class="live-feed">{"".join(entry(n) for n in range(d.rng.randint(4, 6)))}</div><button>{d.side("Load older entries")}</button></div>
<div class="sidebar"><h3>{d.side("Elsewhere today")}</h3>{"".join(f"<p>{d.teaser()}</p>" for _ in range(4))}</div><footer><p>{d.footer()}</p>{d.menu(4, '<a href="/{n}">{label}</a> ')}</footer></body></html>"""

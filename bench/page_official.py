# ruff: noqa: E501 - the strings are pages, and a page made of short lines would be another page
"""Layouts of offices: ministries, departments, data sheets, print views."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import page_prose as prose

if TYPE_CHECKING:
    from page_draft import Draft


def ministry_tables(d: Draft) -> str:
    """A ministry's press release in nested tables, breadcrumb above, side menu at the left."""
    return f"""<!DOCTYPE html><html>{d.head(site="Ministry of External Affairs")}<body bgcolor="#ffffff">
<table width="100%"><tr><td><img src="/crest.gif" alt="Crest"></td><td><table><tr>{d.menu(6, '<td><a href="/t/{n}">{label}</a></td>')}</tr></table></td></tr></table>
<table width="960"><tr><td width="200" valign="top"><table>{d.menu(8, '<tr><td class="left"><a href="/l/{n}">{label}</a></td></tr>')}</table></td>
<td valign="top"><div id="path"><a href="/">{d.side("Home")}</a> &gt; <a href="/press">{d.side("Press Releases")}</a> &gt; {d.side(d.title)}</div>
<h1>{d.heading()}</h1>{d.stamp('<p align="right">{}</p>')}
{"".join(d.paragraphs(4, 7))}
{f'<table border="1"><tr><th>{d.topic()}</th><th>{d.topic()}</th></tr><tr><td>{d.sentence()}</td><td>{d.sentence()}</td></tr></table>' if d.rng.random() < 0.4 else ""}
<p>{d.either("(END)")}</p>
<hr><p align="right"><a href="#top">{d.side("Back to top of page")}</a> <a href="/press">{d.side("Back to the list of releases")}</a></p></td></tr></table>
<table width="960"><tr><td>{d.menu(5, '<a href="/b/{n}">{label}</a> | ')}</td></tr><tr><td>{d.footer()}</td></tr></table></body></html>"""


def department_accordion(d: Draft) -> str:
    """A department of foreign affairs: mega menu in accordions, office line, text, contacts, related items."""
    groups = "".join(
        f'<li class="accordion-item"><button aria-expanded="false">{d.side(d.labels.pop())}</button><div class="panel"><ul>{d.menu(4)}</ul></div></li>'
        for _ in range(4)
    )
    return f"""<!DOCTYPE html><html lang="en">{d.head(site="Department of Outer Relations")}<body>
<a class="skip-link" href="#main-content">{d.side("Skip to main content")}</a>
<div class="banner">{d.side("An official website of the Government of the Islands")}</div>
<header><nav aria-label="Main"><ul class="accordion">{groups}</ul></nav></header>
<main id="main-content"><div class="breadcrumbs"><a href="/">{d.side("Home")}</a> <span>/</span> <a href="/briefings">{d.side("Briefings and Statements")}</a></div>
<h1 class="featured-content__headline">{d.heading()}</h1>
<p class="article-meta">{d.either("Media Note")}</p><p class="article-meta__author">{d.either("Office of the Spokesperson")}</p>{d.stamp('<p class="article-meta__date">{}</p>', "{american}")}
<div class="entry-content">{"".join(d.article(4, 8))}
<p>{d.body("For further information, contact the press desk at press@outer.example.")}</p></div>
<div class="tags"><span>{d.side("Tags")}</span><ul>{d.menu(3)}</ul></div>
<section class="related"><h2>{d.side("Related Articles")}</h2>{"".join(f"<article><h3>{d.teaser()}</h3><p>{d.elsewhen()}</p><p>{d.blurb()}</p></article>" for _ in range(3))}</section></main>
<footer><ul>{d.menu(8)}</ul><p>{d.footer()}</p></footer></body></html>"""


def drupal_fields(d: Draft) -> str:
    """A Drupal site: regions, blocks, fields, field items."""
    return f"""<!DOCTYPE html><html lang="en" dir="ltr">{d.head('<meta name="Generator" content="Drupal 7 (http://drupal.org)" />', "Council of the Isles")}
<body class="html not-front node-type-article"><div id="page"><div id="header"><div class="region region-header"><div class="block block-menu"><ul class="menu">{d.menu(7)}</ul></div>
<div class="block block-search"><form action="/search"><label>{d.side("Search this site")}</label><input type="text"><input type="submit" value="Go"></form></div></div></div>
<div id="main"><div class="region region-sidebar-first"><div class="block"><h2>{d.side("In this section")}</h2><ul class="menu">{d.menu(6)}</ul></div></div>
<div id="content" class="column"><h1 class="title">{d.heading()}</h1><div class="tabs"></div>
<div class="node node-article"><div class="submitted">{d.stamp("{}", "Submitted by editor on {long}")}</div><div class="content">
<div class="field field-name-field-image"><div class="field-items"><div class="field-item even"><img src="/f.jpg" alt=""></div></div></div>
<div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded">
{"".join(d.article(4, 8))}</div></div></div>
<div class="field field-name-field-tags field-label-above"><div class="field-label">{d.side("Keywords:")}&nbsp;</div><div class="field-items">{d.menu(3, '<div class="field-item"><a href="/k/{n}">{label}</a></div>')}</div></div></div>
<ul class="links inline"><li><a href="/login">{d.side("Log in or register to post comments")}</a></li></ul></div></div>
<div class="region region-sidebar-second"><div class="block block-views"><h2>{d.side("Latest news")}</h2><div class="view-content">{"".join(f'<div class="views-row"><span class="date">{d.dated(d.other_day())}</span> {d.teaser()}</div>' for _ in range(4))}</div></div></div></div>
<div id="footer"><div class="region region-footer"><p>{d.footer()}</p><ul>{d.menu(4)}</ul></div></div></div></body></html>"""


def old_fonts(d: Draft) -> str:
    """A page of the nineties: fonts, one table, paragraphs parted by double breaks."""
    text = "<br><br>\n".join(
        f"{d.words()}" if d.rng.random() < 0.85 else f"<b><font size=+1>{d.topic()}</font></b>" for _ in range(d.rng.randint(5, 9))
    )
    return f"""<HTML>{d.head(site="Embassy of the Realm")}<BODY BGCOLOR="#FFFFEE" TEXT=black><CENTER><TABLE WIDTH=640 BORDER=0><TR><TD VALIGN=top WIDTH=120 BGCOLOR=#ccccff>
<FONT FACE="Arial" SIZE=-1>{d.menu(7, '<A HREF="{n}.htm">{label}</A><BR>')}</FONT></TD>
<TD><CENTER><FONT SIZE=+2><B>{d.heading()}</B></FONT></CENTER><P>{d.stamp("<I>{}</I><BR><BR>", "{american}")}<FONT FACE="Times New Roman">{text}</FONT>
<P><HR><FONT SIZE=-2><A HREF="index.htm">[{d.side("Return to Home Page")}]</A> <A HREF="mailto:web@embassy.example">[{d.side("Mail to the Webmaster")}]</A><BR>{d.footer()}</FONT></TD></TR></TABLE></CENTER></BODY></HTML>"""


def pre_text(d: Draft) -> str:
    """A page that wraps a printed paper in `pre`, lines broken at 72 characters, menu above."""
    title, stamp, blocks = d.heading(), d.stamp("{}\n\n", "{long}"), []
    for number in range(d.rng.randint(5, 8)):
        if number and d.rng.random() < 0.3:
            blocks.append(f"{number}. {d.topic()}")
        lines = textwrap.wrap(d.prose(2, 4), 72, break_on_hyphens=False, break_long_words=False)
        blocks.append(d.body("\n".join(lines)))
    pre = "\n\n".join(blocks)
    return f"""<html>{d.head(site="Records of the Assembly")}<body><div class="topnav">{d.menu(6, '<a href="/{n}">{label}</a> ')}</div><div class="doc"><h1>{title}</h1>
<pre>{stamp}{pre}
</pre></div><div class="bottom"><a href="/doc.pdf">{d.side("Download this document as PDF (212 KB)")}</a><p>{d.footer()}</p></div></body></html>"""


def fact_sheet(d: Draft) -> str:
    """Questions and answers: definition list, lists in lists, side box."""
    questions = "".join(f"<dt>{d.body(prose.fill(d.rng, form))}</dt><dd>{d.words()}</dd>" for form in d.rng.sample((
        "What was agreed in {city}?", "Why does {state} take part?", "When will the first report of {year} be due?", "Who pays for the patrols off {city}?",
        "Does {other} have a veto?", "Is the {city} text binding?"), 4))  # fmt: skip
    nested = "".join(f"<li>{d.sentence()}<ul>{d.items(2, 3)}</ul></li>" for _ in range(2))
    return f"""<!doctype html><html lang="en">{d.head(site="Office of Public Information")}<body><div id="wrapper"><div id="topbar"><ul>{d.menu(8)}</ul></div>
<div id="center"><p class="crumb">{d.side("You are here:")} <a href="/">{d.side("Start page")}</a> » <a href="/fs">{d.side("Fact sheets")}</a></p><h1>{d.heading()}</h1>{d.stamp('<p class="date">{}</p>')}
<p class="lead">{d.words()}</p><dl>{questions}</dl><h2>{d.topic()}</h2><ol>{nested}</ol><h2>{d.topic()}</h2><ul>{d.items()}</ul><p>{d.words()}</p></div>
<div id="right"><h3>{d.side("Quick links")}</h3><ul>{d.menu(5)}</ul><h3>{d.side("Need help?")}</h3><p>{d.side("Call the information line on weekdays from 9 to 5.")}</p></div>
<div id="foot">{d.footer()}</div></div></body></html>"""


def list_of_links(d: Draft) -> str:
    """A page whose body is a list of links to the documents agreed."""
    return f"""<!DOCTYPE html><html lang="en">{d.head(site="Secretariat of the Forum")}<body><header><div class="logo"><a href="/">{d.side("Secretariat of the Forum of Coasts")}</a></div><nav><ul>{d.menu(7)}</ul></nav></header>
<div class="container"><aside class="sidebar"><ul>{d.menu(6)}</ul></aside><div class="content"><h1>{d.heading()}</h1>{d.stamp('<p class="date">{}</p>')}
<p>{d.body("The following documents were adopted at the close of the session and are published here in full:")}</p>
<ol>{"".join(f'<li><a href="/docs/{n}.pdf">{d.sentence()}</a></li>' for n in range(d.rng.randint(6, 12)))}</ol></div></div><footer><ul>{d.menu(4)}</ul>{d.footer()}</footer></body></html>"""


def print_view(d: Draft) -> str:
    """The print view of a page: no menu, address and print button, notes at the end."""
    return f"""<html>{d.head('<meta name="robots" content="noindex">', "Print view")}<body onload="window.print()"><div class="print-only"><a href="javascript:window.print()">{d.side("Print this page")}</a> <a href="javascript:window.close()">{d.side("Close window")}</a></div>
<div class="print-site_name">{d.either("Published on Bureau of Overseas Affairs (https://bureau.example)")}</div><h1 class="print-title">{d.heading()}</h1>{d.stamp('<div class="print-created">{}</div>', "Created {long}")}
<div class="print-content">{"".join(d.article(4, 7))}</div><hr><div class="print-source_url"><strong>{d.side("Source URL:")}</strong> {d.side("https://bureau.example/node/4711")}</div>
<div class="print-footer">{d.footer()}</div></body></html>"""


def form_portal(d: Draft) -> str:
    """A portal that wraps the page in a form and the text in one span, paragraphs parted by breaks and indented by spaces."""
    text = "<br />&nbsp;<br />".join(f"&nbsp;&nbsp;&nbsp;{d.words()}" for _ in range(d.rng.randint(4, 7)))
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" ""><html>{d.head(site="Portal of the Presidency")}<body><form id="aspnetForm" action="Detail.aspx" method="post"><input type="hidden" name="__VIEWSTATE" value="dDwtMTA4" />
<div id="ctl00_lang"><a href="?l=1">{d.side("Other language")}</a> | <a href="?l=2">{d.side("Text only version")}</a> | <a href="#">{d.side("A+ A-")}</a></div><div id="ctl00_menu">{d.menu(8, '<span class="mi"><a href="/{n}.aspx">{label}</a></span>')}</div>
<table id="ctl00_main"><tr><td class="cleft">{d.menu(5, '<div><a href="/{n}.aspx">{label}</a></div>')}</td><td class="ccenter"><span id="ctl00_cph_lblTitle" class="ttl">{d.heading()}</span><br />{d.stamp('<span id="ctl00_cph_lblDate">{}</span><br />', "{long}")}<span id="ctl00_cph_lblText">{text}</span>
<div class="social">{d.side("Share this announcement")}</div></td><td class="cright"><b>{d.side("Announcements")}</b>{"".join(f"<div>{d.teaser()} <i>{d.dated(d.other_day())}</i></div>" for _ in range(4))}</td></tr></table><div id="ctl00_foot">{d.footer()}</div></form></body></html>"""

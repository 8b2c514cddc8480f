"""The page reader: text rules, paths, encodings, metadata, and pages that mean harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import bounded
from reaffirm.formats import html
from reaffirm.formats.html.measure import measure
from reaffirm.formats.html.tree import parse
from reaffirm.formats.html.walk import walk

if TYPE_CHECKING:
    from lxml import html as lxml_html

    from reaffirm.model import Source

PROSE = "The envoys met for nine hours and agreed that the survey of the strait shall begin within the year."
WORD = st.text(st.sampled_from("abcdefgh\u00a0é“”"), min_size=1, max_size=8).filter(lambda word: word.strip() == word)
SPACE = st.sampled_from(["", " ", "\n  ", "\t", "<br>", "<!-- x -->", "<script>no()</script>"])
INLINE = st.sampled_from(["b", "em", "span", "a href=x", "font", "q", "sup"])
BLOCK = st.sampled_from(["p", "div", "li", "td", "h2", "section", "blockquote", "article", "dd", "pre"])


def read(page: str, encoding: str = "utf-8") -> Source:
    return html.read(page.encode(encoding), "a.html")


def texts(source: Source) -> list[str]:
    return [source.text[node.start : node.end] for node in source.nodes]


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A page of random blocks and inline elements, and its visible words in order."""
    number = 0
    shown: list[str] = []

    def word() -> str:
        nonlocal number
        number += 1
        shown.append(f"w{number}{draw(WORD)}")
        return shown[-1]

    def run() -> str:
        out = ""
        for _ in range(draw(st.integers(1, 4))):
            space = draw(SPACE) + " "
            out += space + (f"<{(tag := draw(INLINE))}>{word()} {word()}</{tag.split()[0]}>" if draw(st.booleans()) else word())
        return out

    def blocks(depth: int) -> str:
        out = ""
        for _ in range(draw(st.integers(1, 3))):
            tag = draw(BLOCK)
            inner = run() + (blocks(depth - 1) if depth and tag not in {"p", "h2", "td"} else "")
            out += f"<{tag}>{inner}</{tag}>" if tag != "td" else f"<table><tr><td>{inner}</td></tr></table>"
        return out

    return f"<!doctype html><html><head><title>no</title></head><body>{blocks(2)}</body></html>", shown


@settings(deadline=None)
@given(pages())
def test_every_visible_word_is_in_the_text_in_order(case: tuple[str, list[str]]) -> None:
    page, shown = case
    source = read(page)
    assert "".join(source.text.split()) == "".join("".join(shown).split())
    edge = 0
    for node in source.nodes:
        assert edge <= node.start < node.end <= len(source.text)
        assert not source.text[edge : node.start].strip()
        edge = node.end
    assert not source.text[edge:].strip()


@settings(deadline=None)
@given(pages())
def test_paths_are_those_of_lxml(case: tuple[str, list[str]]) -> None:
    root, _, _ = parse(case[0].encode())
    assert root is not None
    for piece in walk(root, measure(root))[1]:
        assert piece.path == root.getroottree().getpath(piece.element)


@settings(deadline=None)
@given(st.text(st.sampled_from("<>/='\" \n!-&;abpdivtrscodfm#x0"), max_size=300))
def test_broken_mark_up_never_fails(soup: str) -> None:
    source = read("<html>" + soup)
    assert source.text or source.problems


TEXT_RULES = {
    "white space collapses": ("<p>a \n\t b  <b> c</b> d</p>", "a b c d"),
    "no-break space stays": ("<p>a&nbsp;&nbsp;b &nbsp;</p>", "a\u00a0\u00a0b \u00a0"),
    "br is a line break": ("<p>a <br> b<br/>c<br></p>", "a\nb\nc"),
    "blocks are apart": ("<div>a<p>b</p>c</div>", "a\n\nb\n\nc"),
    "inline elements are not": ("<p>a<b>b</b><i>c</i></p>", "abc"),
    "list items get no bullet": ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
    "pre stays": ("<pre>a\n    b  c\n</pre>", "a\n    b  c"),
    "comments are not text": ("<p>a<!-- x -->b</p>", "ab"),
    "scripts are not text": (
        "<p>a</p><script>x</script><style>x</style><noscript>x</noscript><template>x</template>b",
        "a\n\nb",
    ),
    "entities are read": ("<p>&lt;a&gt; &amp;&#8212;&unknown;</p>", "<a> &—&unknown;"),
    "carriage returns are line ends": ("<pre>a\r\nb\rc</pre>", "a\nb\nc"),
    "a button between words is a space": ("<p>a<button></button>b <button></button>c<button></button>.</p>", "a b c."),
    "images say nothing": ('<p>a <img alt="x"> b</p>', "a b"),
}


@pytest.mark.parametrize("rule", TEXT_RULES)
def test_text_rule(rule: str) -> None:
    page, text = TEXT_RULES[rule]
    assert read(f"<html><body>{page}</body></html>").text == text


def test_two_line_breaks_part_paragraphs() -> None:
    source = read(f"<html><body><p>{PROSE}<br><br>{PROSE}<br>Third.</p></body></html>")
    assert texts(source) == [PROSE, f"{PROSE}\nThird."]
    assert source.text == f"{PROSE}\n\n{PROSE}\nThird."


def test_inline_furniture_does_not_cut_its_paragraph() -> None:
    source = read(f"<html><body><p>{PROSE}<button>Play</button> And so on<span hidden>secret</span>.</p></body></html>")
    assert texts(source) == [f"{PROSE} And so on.", "Play", "secret"]
    assert [node.furniture for node in source.nodes] == ["", "button", "hidden"]


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ("nav", "nav"), ("aside", "aside"), ("footer", "footer"), ("header", "header"), ("form", "form"),
        ("div role=navigation", "role=navigation"), ("div role=search", "role=search"), ("div hidden", "hidden"),
        ("div aria-hidden=true", "hidden"), ("div style='color:red;display : none'", "hidden"),
        ("div class=shareBar", "class=shareBar"), ("div id=related-stories", "class=related-stories"),
        ("div class='box breadcrumb'", "class=breadcrumb"), ("div class=cookie_notice", "class=cookie_notice"),
    ],
)  # fmt: skip
def test_mark_up_makes_furniture(mark: str, reason: str) -> None:
    tag = mark.split(maxsplit=1)[0]
    page = f"<html><body><div><{mark}>Words beside the text, no links.</{tag}><h1>T</h1>" + f"<p>{PROSE}</p>" * 3
    node = read(f"{page}</div></body></html>").nodes[0]
    assert node.furniture == reason


@pytest.mark.parametrize(
    "wrapper",
    [
        "form id=aspnetForm",
        "div class=menu-wrapper",
        "div id=comments-and-all",
        "body class=has-sidebar",
        "article class=tag-related",
    ],
)
def test_wrappers_of_the_article_are_not_furniture(wrapper: str) -> None:
    tag = wrapper.split(maxsplit=1)[0]
    page = f"<html><{wrapper}><h1>Title</h1>" + f"<p>{PROSE}</p>" * 3 + f"</{tag}></html>"
    assert [node.furniture for node in read(page).nodes] == [""] * 4


def test_a_vote_never_removes_from_within_the_article() -> None:
    items = "".join(f"<p>{PROSE} ({n})</p><p>Short.</p><dl><dt>N:</dt><dd>Yes.</dd></dl>" for n in range(4))
    source = read(f"<html><body><article><h1>T</h1>{items}</article></body></html>")
    assert not any(node.furniture for node in source.nodes)


def test_short_lines_before_links_are_not_their_label() -> None:
    tail = "<p>(END)</p><p><a href=x>Back</a></p>"
    source = read("<html><body><p>Short</p><a href=x>Link</a></body></html>")
    assert [(text, node.furniture) for text, node in zip(texts(source), source.nodes, strict=True)] == [("Short", ""), ("Link", "links")]
    source = read(f"<html><body><div><p>{PROSE}</p>{tail}</div></body></html>")
    assert [node.furniture for node in source.nodes] == ["", "", "links"]


def body(page: str) -> list[str]:
    source = read(f"<html><head><title>The harbour accord | Ministry of Tides</title></head><body>{page}</body></html>")
    return [words for words, node in zip(texts(source), source.nodes, strict=True) if not node.furniture]


PAGE = f"<h1>The harbour accord</h1><p>{PROSE}</p><p>{PROSE} Twice.</p>"
READ = ["The harbour accord", PROSE, f"{PROSE} Twice."]
LINKS = "<li><a href=/1>Accord on tides</a></li><li><a href=/2>Annex</a></li>"


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        # links into the page: a table of contents, the way back to the top; but a part's heading may be one, and notes hold some
        (f"<div>{PAGE}<ul><li><a href=#a>First part</a></li><li><a href=#b>Second part</a></li></ul></div>", READ),
        (f"<div>{PAGE}<p><a href=#top>Top</a> <a href=/list>Back to the list</a></p><div><a href=/x>Menu</a></div></div>", READ),
        (f"<div>{PAGE}<div><a href=#c1>Who pays?</a></div><div id=c1><p>{PROSE} So.</p></div></div>", [*READ, "Who pays?", f"{PROSE} So."]),
        (f"<div>{PAGE}<p>{PROSE} Here.<a href=#n1>[1]</a></p></div>", [*READ, f"{PROSE} Here.[1]"]),
        # a list of documents: announced, or all that the page has
        (
            (
                f"<div>{PAGE}<p>The ministers adopted the following documents:</p>"
                f"<ul><li><a href=/3>{'Long ' * 50}title</a></li>{LINKS}</ul></div>"
            ),
            [*READ, "The ministers adopted the following documents:", f"{'Long ' * 50}title", "Accord on tides", "Annex"],
        ),
        (f"<ul><li><a href=/m>Menu</a></li></ul><div><h1>Documents</h1><ul>{LINKS}</ul></div>", ["Documents", "Accord on tides", "Annex"]),
        # the imprint, below the text and not within it
        (f"<div>{PAGE}<p><a href=/m>Site map</a><br>© 2031 Ministry<br>Last change: 2 May</p><p>Quay 1</p></div>", READ),
        (f"<div><p>© 2031 Ministry</p>{PAGE}</div>", ["© 2031 Ministry", *READ]),
        # breaks part paragraphs, also when a space stands between them; the cell beside the text is outside of it
        (
            (
                f"<table><tr><td>The harbour accord<br><br>{PROSE}<br>&nbsp;<br>{PROSE} Twice.</td>"
                "<td>News<div><a href=/1>Ferry to sail again</a> 2 May</div><div><a href=/2>Pier painted</a> 3 May</div></td></tr></table>"
            ),
            READ,
        ),
        # a link among paragraphs is one of them, in a box of its own it is a teaser
        (
            f"<div>{PAGE}<p><a href=/1>The text of the accord</a></p><p>{PROSE} So.</p></div>",
            [*READ, "The text of the accord", f"{PROSE} So."],
        ),
        (f"<div>{PAGE}<figure><i><a href=/1>Ferry to sail again</a></i></figure><p>{PROSE} So.</p></div>", [*READ, f"{PROSE} So."]),
        # headers within the text, buttons that are headings, names that say nothing
        (f"<div>{PAGE}<div><header><h2>Later</h2></header><p>{PROSE} Then.</p></div></div>", [*READ, "Later", f"{PROSE} Then."]),
        (f"<div>{PAGE}<h3><button>Who pays?</button></h3><p>{PROSE} So.</p></div>", [*READ, "Who pays?", f"{PROSE} So."]),
        (f"<h1 class=print-title>The harbour accord</h1><div class=print-content><p>{PROSE}</p><p>{PROSE} Twice.</p></div>", READ),
        (
            f"<h1>The harbour accord</h1><p>{PROSE}</p><div class=paywall><p>{PROSE} Twice.</p><p>{PROSE} Thrice.</p></div>",
            [*READ, f"{PROSE} Thrice."],
        ),
        (f"<div aria-hidden=true>{PAGE}</div><div role=dialog><p>Accept?</p></div>", READ),
        (f"<div>{PAGE}<p class=readMore>More: <a href=/1>Ferry to sail again</a></p></div>", READ),
    ],
)
def test_what_is_body(page: str, kept: list[str]) -> None:
    assert body(page) == kept


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"<div>Ministry of Tides</div><div>The harbour accord</div><div><p>{PROSE}</p><p>{PROSE}</p></div>", ["The harbour accord"]),
        (f"<div>Ministry</div><div><p>{PROSE}</p><p>{PROSE}</p></div>", []),
        (f"<div>The harbour accord</div><h1>Accord</h1><div><p>{PROSE}</p></div>", ["Accord"]),
    ],
)
def test_the_title_of_the_page_names_the_title_of_the_text(page: str, title: list[str]) -> None:
    source = read(f"<html><head><title>The harbour accord | Ministry of Tides</title></head><body>{page}</body></html>")
    assert [words for words, node in zip(texts(source), source.nodes, strict=True) if node.hint == "title"] == title


def test_one_title() -> None:
    source = read(f"<html><body><main><h1>First</h1><p>{PROSE}</p><h1>Second</h1><p>{PROSE}</p></main></body></html>")
    assert [node.hint for node in source.nodes] == ["title", "paragraph", "heading", "paragraph"]


ENCODINGS = {
    "declared": (b'<meta charset="Shift_JIS"><p>' + "日本".encode("cp932"), "日本", []),
    "http-equiv": (b'<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1"><p>\x93a\x94', "“a”", []),
    "xml": (b"<?xml version='1.0' encoding='euc-jp'?><html><p>" + "日本".encode("euc-jp"), "日本", []),
    "utf-8": ("<p>é".encode(), "é", []),
    "undeclared": (b"<p>caf\xe9", "café", ["encoding"]),
    "wrongly declared": (b"<meta charset=utf-8><p>caf\xe9", "café", ["encoding"]),
    "harmful": (b"<meta charset=unicode_escape><p>a\\x41", "a\\x41", ["encoding"]),
    "byte order mark": (b"\xff\xfe" + "<p>日本".encode("utf-16-le"), "日本", []),
    "NUL": (b"<p>a\x00b", "a\ufffdb", ["encoding"]),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_encoding(case: str) -> None:
    data, text, problems = ENCODINGS[case]
    source = html.read(data, "a.html")
    assert source.text == text
    assert [problem[0] for problem in source.problems] == problems


def fields(page: str) -> list[tuple[str, str]]:
    return [(field.key, field.value) for field in read(page).metadata]


def test_json_ld_in_its_many_shapes() -> None:
    page = """<html><script type="application/ld+json"><!-- [{"@type":"Article","author":"A","datePublished":1899}]
    --></script><script type="application/ld+json">{"mainEntity":{"@type":["Report"],"author":{"name":["B","C"]},
    "isBasedOn":{"url":"u"},"headline":null}}</script><p>x"""
    assert fields(page) == [
        ("jsonld:Article.datePublished", "1899"), ("jsonld:Article.author", "A"), ("jsonld:Report.author", "B"),
        ("jsonld:Report.author", "C"), ("jsonld:Report.isBasedOn", "u"),
    ]  # fmt: skip


def test_broken_json_ld_is_a_problem_and_stops_nothing() -> None:
    deep = '{"author":' * 5000
    source = read(f'<html><script type="application/ld+json">{deep}</script><meta name=author content=A><p>x')
    assert [problem[0] for problem in source.problems] == ["broken metadata"]
    assert ("meta:author", "A") in [(field.key, field.value) for field in source.metadata]


def test_htmldate_is_asked_last_and_never_the_clock() -> None:
    bare = f"<html><body><p>{PROSE}</p><p class=date>Published 2031-03-04</p></body></html>"
    assert ("htmldate:date", "2031-03-04") in fields(bare)
    assert not [key for key, _ in fields(f"<meta name=date content=x>{bare}") if key == "htmldate:date"]


def test_times_outside_the_article_are_left_out() -> None:
    page = f"<nav><time datetime=2001></time></nav><p>{PROSE} <time datetime=2002>then</time></p>"
    assert fields(f"<html><body>{page}</body></html>")[-1] == ("time:datetime", "2002")


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (
            f"<h1>T</h1><time datetime=2031-05-02>2 May</time><p>{PROSE}</p><p><time datetime=2030-01-01>then</time> {PROSE}</p>",
            ["2031-05-02"],
        ),
        (f"<h1>T</h1><div><time>2 May 2031</time></div><p>{PROSE}</p>", ["2 May 2031"]),
        (f"<div><time datetime=2031-05-02>2 May</time></div><h1>T</h1><div><p>{PROSE}</p><p>{PROSE}</p></div>", ["2031-05-02"]),
        (f"<p>{PROSE}</p><time datetime=2031-05-02>2 May</time>", []),
        (f"<aside><time datetime=2031-05-02>2 May</time></aside><h1>T</h1><p>{PROSE}</p>", []),
    ],
)
def test_a_time_above_the_text_is_told_apart(page: str, found: list[str]) -> None:
    assert [value for key, value in fields(f"<html><body><div>{page}</div></body></html>") if key == "time:head"] == found


def test_htmldate_sees_no_furniture() -> None:
    page = f"<div><h1>T</h1><p>{PROSE}</p></div><aside><p class=date>Published 2031-03-04</p></aside>"
    assert not [key for key, _ in fields(f"<html><body>{page}</body></html>") if key == "htmldate:date"]


HOSTILE = {
    "nested blocks": "<div>" * 100_000 + "deep" + "</div>" * 100_000,
    "nested tables": "<table>" * 3_000 + "x",
    "nested, then wide": "<div>" * 1_900 + f"<p>{PROSE}</p>" * 5_000,
    "entities": "<!DOCTYPE html [" + "".join(f"<!ENTITY a{n} '&a{n - 1};&a{n - 1};'>" for n in range(1, 99)) + "]>&a98;",
    "class names": "<p class='" + "a-b " * 300_000 + "'>x",
    "line breaks": "<p>" + "a<br><br>" * 20_000,
    "buttons": "<p>" + "<button>a</button> b " * 20_000,
    "open comments": "<!--" * 200_000,
    "less-than": "<" * 300_000,
    "announcements": "<div>" + f"<p>{PROSE[:-1]}:</p>" * 5_000,
    "nested announcements": f"<div><p>{PROSE[:-1]}:</p>" * 2_000,
    "headers": "<header>" * 20_000 + "x",
    "first headings": "<h1 class=print>a" * 5_000,
    "printed parts": "<div class='a print-b'>" * 2_000 + f"<p>{PROSE}</p>" * 100,
    "copyright": "<p>© 2031" * 20_000,
    "frames": "<frameset><frame src=a><noframes>Use frames.</noframes></frameset>",
    "JSON-LD": "<script type='application/ld+json'>" + "[" * 200_000 + "</script>x",
    "JSON-LD number": "<script type='application/ld+json'>" + "1" * 10_000 + "</script>x",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_pages_neither_crash_nor_hang(case: str) -> None:
    with bounded(15):
        source = read("<html>" + HOSTILE[case])
    assert source.text or source.problems
    assert all(len(node.path) < 500 for node in source.nodes)


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("<div>" * 5_000 + "x", "unreadable"),
        ("<html><script>x</script></html>", "unreadable"),
        ("<html></html>", "unreadable"),
        ("<html><frameset><frame src=a></frameset></html>", "unreadable"),
        ("<html><body><nav>a</nav></body></html>", "no body"),
        (f"<html><body><div hidden>{PROSE}</div><p>x</p></body></html>", "hidden text"),
    ],
)
def test_what_is_missing_is_said(page: str, kind: str) -> None:
    assert kind in [problem[0] for problem in read(page).problems]


def test_a_failing_second_opinion_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(page: lxml_html.HtmlElement) -> str:
        raise RuntimeError(page)

    monkeypatch.setattr(html.vote, "_extract", fails)
    source = read(f"<html><body><p>{PROSE}</p></body></html>")
    assert source.text == PROSE
    assert [problem[0] for problem in source.problems] == ["no second opinion"]


def test_reading_twice_gives_the_same() -> None:
    page = f"<html><body><article><h1>T</h1><p>{PROSE}</p></article><div>Other words here.</div></body></html>"
    assert read(page) == read(page)

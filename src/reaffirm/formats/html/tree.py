"""Bytes -> element tree: encoding as browsers decide it, and what a hostile page must not do."""

from __future__ import annotations

import re

from lxml import etree, html

from reaffirm import text
from reaffirm.formats.problems import Found, unreadable

MAX_BYTES = 32 * 1024 * 1024
PROLOGUE = 4096
DECLARED = re.compile(
    rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})"
    rb"|^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
# WHATWG labels that pages use -> Python codecs. A closed list: a page must not choose among all of Python's codecs.
CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-8", "utf-16le": "utf-8", "unicode": "utf-8",
    "us-ascii": "windows-1252", "ascii": "windows-1252", "iso-8859-1": "windows-1252", "latin1": "windows-1252",
    "windows-1252": "windows-1252", "cp1252": "windows-1252", "x-cp1252": "windows-1252",
    "iso-8859-2": "iso-8859-2", "iso-8859-15": "iso-8859-15", "windows-1250": "windows-1250",
    "windows-1251": "windows-1251", "windows-1253": "windows-1253", "windows-1254": "windows-1254",
    "iso-8859-5": "iso-8859-5", "iso-8859-7": "iso-8859-7", "iso-8859-9": "windows-1254", "koi8-r": "koi8-r",
    "koi8-u": "koi8-u", "macintosh": "mac-roman", "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932",
    "sjis": "cp932", "windows-31j": "cp932", "euc-jp": "euc-jp", "x-euc-jp": "euc-jp", "iso-2022-jp": "iso-2022-jp",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
}  # fmt: skip
RESAVE = "Open the page in a browser, save it again as UTF-8, and add that file."


def decode(data: bytes) -> tuple[str, str]:
    """The text of a page's bytes and the encoding: byte order mark, declaration, UTF-8, Windows-1252."""
    label = declared(data)
    return text.decode(data, CODECS.get(label))


def declared(data: bytes) -> str:
    """The encoding that a page declares of itself, in lower case; empty when it declares none."""
    match = DECLARED.search(data[:PROLOGUE])
    return (match.group(1) or match.group(2)).decode("ascii", "replace").lower() if match else ""


def parse(data: bytes) -> tuple[html.HtmlElement | None, str, tuple[Found, ...]]:
    """The root element (None when there is none), the encoding, and what was wrong with the bytes."""
    if len(data) > MAX_BYTES:
        limit = f"a page of {len(data):,} bytes; the limit is {MAX_BYTES:,}"
        return None, "utf-8", (unreadable(limit, "Split the page, or save its article as plain text."),)
    page, encoding = decode(data)
    problems = _misdeclared(data, encoding)
    if "\x00" in page:
        problems = (*problems, ("encoding", "low", "the page holds NUL characters; they read as U+FFFD", RESAVE))
    page = page.removeprefix("\ufeff").replace("\x00", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True)
    try:
        root = html.document_fromstring(page.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        return None, encoding, (unreadable(f"no page in these bytes ({error})", RESAVE),)
    return root, encoding, (*problems, *_truncated(parser))


def _misdeclared(data: bytes, encoding: str) -> tuple[Found, ...]:
    """The problem of bytes whose encoding had to be guessed, or is not the declared one."""
    label = declared(data)
    if encoding in {"utf-8", "utf-16-le", "utf-16-be", CODECS.get(label)} and (not label or label in CODECS):
        return ()
    claim = f"the page declares the encoding {label!r}" if label else "the page declares no encoding and is not UTF-8"
    return (("encoding", "low", f"{claim}; it was read as {encoding}", RESAVE),)


def _truncated(parser: html.HTMLParser) -> tuple[Found, ...]:
    """The problem of a page that the parser gave up on before its end."""
    fatal = [entry.message for entry in parser.error_log if entry.level_name == "FATAL" or "xcessive" in entry.message]
    if not fatal:
        return ()
    message = f"unreadable from some point on: the parser stopped ({fatal[0][:120]})"
    return (("unreadable", "high", message, RESAVE),)

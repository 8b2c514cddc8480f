"""Mails: the words of their text parts come back, attachments are named, and hostile mails say why not."""

from __future__ import annotations

import difflib
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from effort import bounded
from reaffirm import formats
from reaffirm.formats import eml
from reaffirm.model import MetaField, Source

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = [f"The ministers of tides reaffirmed article {n} of the “Quay Accord”, and regretted – again – its délai." for n in range(12)]
TEXT = "\n".join(LINES) + "\n"
HEAD = b"From: a@example.org\nSubject: Accord\nMIME-Version: 1.0\n"


def mail() -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Accord – “the Quay”"
    message["From"] = "Ministère des Marées <press@example.org>"
    message["To"] = "desk@example.org"
    message["Date"] = "Tue, 04 Jun 2030 10:00:00 +0000"
    return message


def page() -> str:
    return "<html><body>" + "".join(f"<p>{line}</p>" for line in LINES) + "</body></html>"


def quoted_printable() -> EmailMessage:
    message = mail()
    message.set_content(TEXT, cte="quoted-printable")
    return message


def base64() -> EmailMessage:
    message = mail()
    message.set_content(TEXT.replace("délai", "delai"), charset="windows-1252", cte="base64")
    return message


def alternative() -> EmailMessage:
    message = quoted_printable()
    message.add_alternative("<p>The page says something else.", subtype="html")
    return message


def attached() -> EmailMessage:
    message = alternative()
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="../the accord.pdf")
    return message


def paged() -> EmailMessage:
    message = mail()
    message.set_content(page(), subtype="html", charset="utf-8")
    return message


def read(data: bytes) -> Source:
    source = formats.read(data, "a.eml")
    edge = 0
    for node in source.nodes:
        assert edge <= node.start < node.end <= len(source.text)
        assert not source.text[edge : node.start].replace("\ufeff", "").strip()
        edge = node.end
    return source


def pieces(source: Source) -> list[tuple[str, str, str | None]]:
    return [(source.text[n.start : n.end], n.path, n.hint) for n in source.nodes]


@pytest.mark.parametrize("make", [quoted_printable, base64, alternative, attached, paged])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_known_text_comes_back(make: Callable[[], EmailMessage], ends: str) -> None:
    source = read(make().as_bytes(policy=SMTP.clone(linesep=ends)))
    known = TEXT.replace("délai", "delai") if make is base64 else TEXT
    text = source.text.replace("\r\n", "\n").replace("\n\n", "\n")
    blocks = difflib.SequenceMatcher(None, known, text, autojunk=False).get_matching_blocks()
    share = sum(block.size for block in blocks) / len(known)
    print(f"{make.__name__}: {share:.2%} of {len(known)} characters")  # noqa: T201 - a figure of the report
    assert share >= 0.995
    assert len(text) <= 1.005 * len(known)
    assert [words for words, _, _ in pieces(source)] == known.splitlines()


def test_headers_are_metadata() -> None:
    assert read(quoted_printable().as_bytes()).metadata == (
        MetaField("eml:subject", "Accord – “the Quay”"),
        MetaField("eml:from", "Ministère des Marées <press@example.org>"),
        MetaField("eml:to", "desk@example.org"),
        MetaField("eml:date", "Tue, 04 Jun 2030 10:00:00 +0000"),
    )


def test_attachments_are_named_and_not_read() -> None:
    source = read(attached().as_bytes())
    ((kind, severity, message, resolution),) = source.problems
    assert (kind, severity) == ("attachment", "low")
    assert message.endswith("the accord.pdf (application/pdf)")
    assert ".." not in message
    assert resolution.endswith(".")


def test_an_attachment_among_alternatives_is_named() -> None:
    message = mail()
    message.set_content("Words.\n")
    related = EmailMessage()
    related.set_content("<p>Words.", subtype="html")
    related.add_related(b"PNG", maintype="image", subtype="png", cid="<1>", filename="seal.png")
    message.make_alternative()
    message.attach(related)
    source = read(message.as_bytes())
    assert source.text == "Words.\n"
    assert "seal.png (image/png)" in source.problems[0][2]


def test_lines_quotes_and_paths() -> None:
    source = read(HEAD + b"\nYes.\n\n> We object.\n>> They said\nno > yes\n")
    assert pieces(source) == [
        ("Yes.", "part 1 line 1", None), ("> We object.", "part 1 line 3", "note"),
        (">> They said", "part 1 line 4", "note"), ("no > yes", "part 1 line 5", None),
    ]  # fmt: skip
    page_nodes = pieces(read(paged().as_bytes()))
    assert page_nodes[0][1] == "part 1 /html/body/p[1]"


def test_an_attached_mail_is_read_one_level_deep() -> None:
    deepest, inner, outer = mail(), mail(), mail()
    deepest.set_content("Deepest.\n")
    inner.set_content("Inner.\n")
    inner.add_attachment(deepest)
    outer.set_content("Outer.\n")
    outer.add_attachment(inner)
    source = read(outer.as_bytes())
    assert pieces(source) == [("Outer.", "part 1 line 1", None), ("Inner.", "part 2 line 1", None)]
    assert "message/rfc822" in source.problems[0][2]


@pytest.mark.parametrize(
    ("charset", "body", "text", "encoding"),
    [
        ("windows-1252", "“a”".encode("windows-1252"), "“a”", "windows-1252"),
        ("iso-2022-jp", "日本語".encode("iso-2022-jp"), "日本語", "iso-2022-jp"),
        ("koi8-r", "мир".encode("koi8-r"), "мир", "koi8-r"),
        ("utf-16", "a b".encode("utf-16"), "\ufeffa b", "utf-16-le"),
    ],
)
def test_charsets(charset: str, body: bytes, text: str, encoding: str) -> None:
    import base64 as b64  # noqa: PLC0415 - the name is a case of this file

    head = HEAD + f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n".encode()
    source = read(head + b64.b64encode(body))
    assert (source.text, source.problems) == (text, ())
    assert source.metadata[-1] == MetaField("encoding", encoding)


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "x-none", "unicode_escape"])
def test_wrong_charsets_are_a_problem(charset: str) -> None:
    head = HEAD + f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n".encode()
    source = read(head + "a “word”\n".encode("windows-1252"))
    assert source.text == "a “word”\n"
    assert [problem[:2] for problem in source.problems] == [("encoding", "low")]


def test_a_page_follows_the_charset_of_its_part() -> None:
    head = HEAD + b"Content-Type: text/html; charset=windows-1251\nContent-Transfer-Encoding: 8bit\n\n"
    source = read(head + "<meta charset=utf-8><p>мир и труд".encode("windows-1251"))
    assert source.text == "мир и труд"
    head = HEAD + b"Content-Type: text/html\nContent-Transfer-Encoding: 8bit\n\n"
    assert read(head + "<meta charset=windows-1251><p>мир и труд".encode("windows-1251")).text == "мир и труд"


def test_eight_bit_and_broken_headers() -> None:
    data = "From: Marées <a@b>\nSubject: =?utf-8?b?!!!?= =?none?q?a?=\nDate: never\nContent-Type: ;;=\nTo: \n\nWords.\n".encode()
    source = read(data)
    assert source.metadata[1].value == "Marées <a@b>"
    assert MetaField("eml:date", "never") in source.metadata


def unread(data: bytes, what: str) -> None:
    with bounded(20):
        source = formats.read(data, "a.eml")
    assert any(found[0] == "unreadable" and what in found[2] and found[3].endswith(".") for found in source.problems)


def test_no_body() -> None:
    unread(HEAD, "no text")
    unread(HEAD + b"\n \n", "no text")
    unread(HEAD + b"Content-Type: application/pdf\n\n%PDF", "no text")
    unread(HEAD + b"Content-Type: text/html\n\n", "no text")
    unread(HEAD + b"Content-Type: multipart/mixed\n\nno boundary", "no text")


def test_truncated() -> None:
    data = attached().as_bytes()
    at = data.index(b"article 5")
    source = read(data[:at])
    assert source.text.startswith(LINES[0])
    unread(data[:at], "breaks off")


def test_many_and_deep_parts() -> None:
    many = HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\nContent-Type: a/b\n\nw\n" * 10_500 + b"--x--\n"
    unread(many, "after the first 10,000")
    assert len(read(many).problems) < 110
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n" % (n, n) for n in range(10_000))
    unread(HEAD + deep + b"\nWords.\n", "")
    unread(HEAD + b"Content-Type: message/rfc822\n\n" * 10_000, "")


def test_long_headers_and_a_long_line() -> None:
    data = HEAD + b"To: " + b"=?utf-8?q?a?= " * 200_000 + b"\n\n" + b"w" * 2_000_000
    with bounded(20):
        assert len(read(data).text) == 2_000_000


@pytest.mark.parametrize("parameter", [b"a=b; ", b"a*0*=b;\n ", b"("])
def test_a_long_header_about_a_part(parameter: bytes) -> None:
    unread(HEAD + b"Content-Type: text/plain; " + parameter * 100_000 + b"\n\nWords.", "header of more than")


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eml, "MAX_BYTES", 100)
    unread(HEAD + b"\n" + b"w" * 100, "the limit is 100")


def test_sniff() -> None:
    assert eml.sniff(HEAD + b"\n", "a.txt")
    assert eml.sniff(b"From me@x Tue Jun  4\nReceived: by x\n\tfor y\nFrom: me@x\n\nWords.", "a")
    assert eml.sniff(b"Subject: Accord\n\nWords.", "a.EML")
    assert not eml.sniff(b"From: The Minister\nTo: The Desk\nSubject: Accord\n\nA memo.", "memo.txt")
    assert not eml.sniff(b"The ministers met.", "a.eml")
    assert not eml.sniff(b"", "a.eml")


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=60), st.integers(0, 3000))
def test_damage_never_fails(junk: bytes, at: int) -> None:
    data = attached().as_bytes()
    read(data[:at] + junk + data[at + len(junk) :])


MIXED = [b"Content-Type: multipart/mixed; boundary=x", b"Content-Type: message/rfc822", b"Content-Type: text/html"]
PARTS = [*HEAD.splitlines(), *MIXED, b"--x", b"--x--", b"", b" folded", b"> q", b"\xff"]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_any_lines_give_a_sound_source(lines: list[bytes]) -> None:
    source = read(HEAD + b"\n".join(lines))
    assert source.text or source.problems

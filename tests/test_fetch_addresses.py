"""What may be fetched, without a connection: the form of addresses, where hosts lie, and the names of documents."""

from __future__ import annotations

import socket
import threading
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NoReturn
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reaffirm import fetch as module
from reaffirm.errors import UsageError
from reaffirm.fetch import Limits, RefusedError, addresses, fetch, name_of, public
from reaffirm.model import MetaField

HOST = "papers.example"


def unreachable(*asked: object) -> NoReturn:
    raise AssertionError(asked)


# The form of addresses and where they lie


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://papers.example/a", "no web address"),
        ("file:///etc/passwd", "no web address"),
        ("gopher://papers.example/", "no web address"),
        ("javascript:alert(1)", "no web address"),
        ("papers.example/a", "no web address"),
        ("//papers.example/a", "no web address"),
        ("http:papers.example", "no web address"),
        ("", "no web address"),
        ("http://", "host or port"),
        ("http:///a", "host or port"),
        ("http://:80/", "host or port"),
        ("http://user:pass@papers.example/", "user or password"),
        ("http://papers.example@127.0.0.1/", "user or password"),
        ("http://@papers.example/", "user or password"),
        ("http://papers.example:22/", "port 22"),
        ("http://papers.example:25/", "port 25"),
        ("https://papers.example:0/", "port 0"),
        ("https://papers.example:65536/", "port 65536"),
        ("https://papers.example:-1/", "host or port"),
        ("https://papers.example:８０/", "host or port"),
        ("https://papers.example:80:80/", "host or port"),
        ("http://papers.example/a b", "blanks"),
        ("http://papers.example/a\r\nHost: x", "blanks"),
        ("http://papers.example/\x00", "blanks"),
        ("http://papers.example\\@127.0.0.1/", "blanks"),
        ("http://papers\u200b.example/", "blanks"),
        (" http://papers.example/", "blanks"),
        ("http://papers.example/\udc80", "blanks"),
        ("http://papers.example/" + "a" * 8_000, "more than"),
        ("http://papers%2eexample/", "no name"),
        ("http://-papers.example/", "no name"),
        ("http://papers..example/", "no name"),
        ("http://" + "a" * 64 + ".example/", "no name"),
        ("http://" + "a." * 130 + "example/", "no name"),
        ("http://é" + "é" * 300 + ".example/", "no name"),
        ("http://papers\u2024example\u0000/", "blanks"),
        ("http://a\u0301\u0327\u2100.example/", "no name"),
        ("http://1.2.3.4.5/", "no IPv4"),
        ("http://256.1.1.1/", "no IPv4"),
        ("http://08.1.1.1/", "no IPv4"),
        ("http://4294967296/", "no IPv4"),
        ("http://papers.0x7f/", "no IPv4"),
        ("http://[::1/", "host or port"),
        ("http://::1/", "host or port"),
        ("http://[1.2.3.4]/", "no IPv6"),
        ("http://[::g]/", "no IPv6"),
        ("http://[::1]a/", "host or port"),
    ],
)
def test_an_address_of_bad_form_is_never_resolved(url: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as caught:
        fetch(url, resolve=unreachable)
    assert not any(sign in str(caught.value) for sign in "\r\n\x00\udc80")


@pytest.mark.parametrize(
    ("url", "resolved"),
    [
        ("HTTP://Papers.EXAMPLE.", HOST),
        ("http://papérs.example", "xn--paprs-dsa.example"),
        ("http://faß.example", "xn--fa-hia.example"),
        ("http://ﬁnance.example", "finance.example"),
        ("http://papers。example", HOST),
        ("http://_a.b-c.example:8080", "_a.b-c.example"),
    ],
)
def test_a_host_is_resolved_in_one_form(url: str, resolved: str) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return ()

    with pytest.raises(RefusedError, match="has no address"):
        fetch(url, resolve=resolve)
    assert asked == [resolved]


CLOSED = [
    *(IPv4Network(n) for n in ("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12")),
    *(IPv4Network(n) for n in ("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15")),
    *(IPv4Network(n) for n in ("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4")),
    *(IPv4Network(n) for n in ("169.254.169.254/32", "168.63.129.16/32", "100.100.100.200/32", "255.255.255.255/32")),
]
CLOSED_SIX = [
    *(IPv6Network(n) for n in ("::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "100::/64", "2001:db8::/32")),
    *(IPv6Network(n) for n in ("2001::/32", "2001:10::/28", "2002::/16", "3fff::/20", "5f00::/16", "64:ff9b:1::/48", "4000::/2")),
    IPv6Network("fd00:ec2::254/128"),
]
FULLWIDTH = str.maketrans("0123456789.", "０１２３４５６７８９。")


def spellings(four: IPv4Address) -> list[str]:
    """The ways to write an IPv4 address as a host."""
    value, (a, b, c, d) = int(four), four.packed
    high, low = f"{value >> 16:x}", f"{value & 0xFFFF:x}"
    flipped = value ^ 0xFFFFFFFF
    return [
        str(four), f"{four}.", str(value), hex(value), f"0X{value:X}", f"0{value:o}", f"{a}.{value & 0xFFFFFF}", f"{a}.{b}.{c << 8 | d}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}", f"0x{a:x}.{b}.0{c:o}.{d}", f"000{a:o}.{b}.{c}.{d}",
        str(four).translate(FULLWIDTH), f"[::ffff:{four}]", f"[::ffff:{high}:{low}]", f"[0:0:0:0:0:FFFF:{high}:{low}]", f"[::{four}]",
        f"[64:ff9b::{four}]", f"[64:ff9b:1::{four}]", f"[2002:{high}:{low}::1]", f"[2001:0:a00::{flipped >> 16:x}:{flipped & 0xFFFF:x}]",
        f"[2a00:1::5efe:{four}]", f"[2a00:1::200:5efe:{four}]",
    ]  # fmt: skip


def inside(network: IPv4Network | IPv6Network) -> st.SearchStrategy[IPv4Address | IPv6Address]:
    return st.integers(int(network.network_address), int(network.broadcast_address)).map(type(network.network_address))


def refused_undialled(url: str, answers: tuple[str, ...] = ()) -> None:
    """Assert that a URL is refused because of where its host lies, without a connection."""
    with (
        patch("socket.socket", unreachable),
        pytest.raises(RefusedError, match="not a public address"),
    ):
        fetch(url, resolve=lambda *_: answers)


@given(st.sampled_from(CLOSED).flatmap(inside), st.sampled_from(["http", "https"]))
def test_no_spelling_of_a_closed_ipv4_address_is_dialled(address: IPv4Address, scheme: str) -> None:
    for host in spellings(address):
        refused_undialled(f"{scheme}://{host}/")
    refused_undialled(f"{scheme}://{HOST}/", (str(address),))


@given(st.sampled_from(CLOSED_SIX).flatmap(inside), st.sampled_from(["", "%1", "%25eth0"]))
def test_no_closed_ipv6_address_is_dialled(address: IPv6Address, zone: str) -> None:
    refused_undialled(f"http://[{address}{zone}]/")
    refused_undialled(f"http://[{address.exploded.upper()}]:8080/")
    refused_undialled(f"http://{HOST}/", (f"{address}{zone}",))


@given(st.integers(0, 2**128 - 1).map(IPv6Address) | st.integers(0, 2**32 - 1).map(IPv4Address))
def test_what_is_public_is_never_what_the_library_calls_special(address: IPv4Address | IPv6Address) -> None:
    special = address.is_private or address.is_loopback or address.is_multicast or address.is_link_local or address.is_unspecified
    assert not (public(address) and special)


@pytest.mark.parametrize("text", ["8.8.8.8", "1.1.1.1", "100.128.0.1", "172.32.0.1", "2a00:1450::1", "2606:4700::1111", "64:ff9b::808:808"])
def test_ordinary_addresses_are_public(text: str) -> None:
    assert public(ip_address(text))


def test_a_zone_makes_a_public_address_suspect() -> None:
    refused_undialled("http://[2a00:1450::1%1]/")


@pytest.mark.parametrize("host", ["134744072", "0x8.8.2056", "010.8.8.8", "[::ffff:8.8.8.8]", "8.8.8.8."])
def test_an_odd_spelling_of_a_public_address_is_dialled_as_that_address(host: str) -> None:
    dialled: list[str] = []

    def dial(address: IPv4Address, *_: object) -> socket.socket:
        dialled.append(str(address))
        raise RefusedError

    with patch.object(module, "_dialled", dial), pytest.raises(RefusedError):
        fetch(f"http://{host}/", resolve=unreachable)
    assert dialled == ["8.8.8.8"]


# Resolvers


def test_the_resolver_is_the_systems_and_says_each_address_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(socket.AF_INET6, 1, 6, "", ("2a00:1450::1", 80, 0, 0)), *[(socket.AF_INET, 1, 6, "", ("8.8.8.8", 80))] * 2]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    assert addresses(HOST, 80) == ("2a00:1450::1", "8.8.8.8")


@pytest.mark.parametrize("answers", [("8.8.8.8", "10.0.0.1"), ("10.0.0.1", "8.8.8.8"), ("2a00:1450::1", "::1"), ("::ffff:10.0.0.1",)])
def test_one_closed_address_among_public_ones_refuses_the_host(answers: tuple[str, ...]) -> None:
    refused_undialled(f"http://{HOST}/", answers)


@pytest.mark.parametrize("failure", [socket.gaierror(-2, "unknown"), UnicodeError("label too long")])
def test_a_name_without_address_is_said_to_be_so(failure: Exception) -> None:
    def resolve(host: str, port: int) -> tuple[str, ...]:
        raise failure

    with pytest.raises(RefusedError, match=r"papers\.example is a name that cannot be resolved; check its spelling"):
        fetch(f"http://{HOST}/", resolve=resolve)


def test_a_resolver_that_never_answers_does_not_hold_the_fetch() -> None:
    release = threading.Event()

    def resolve(host: str, port: int) -> tuple[str, ...]:
        release.wait()
        return ()

    with pytest.raises(RefusedError, match="does not come within"):
        fetch(f"http://{HOST}/", Limits(seconds=0.6), resolve)
    release.set()


# Names


HTML = (MetaField("http:content-type", "Text/HTML; charset=utf-8"),)
PDF = (MetaField("http:status", "200"), MetaField("http:content-type", "application/pdf"))


@pytest.mark.parametrize(
    ("url", "headers", "name"),
    [
        ("https://papers.example/accord/2031/text.html", (), "papers.example/accord/2031/text.html"),
        ("https://papers.example/accord/2031/text.html", PDF, "papers.example/accord/2031/text.html"),
        ("https://papers.example", HTML, "papers.example/index.html"),
        ("https://papers.example/accord/", HTML, "papers.example/accord/index.html"),
        ("https://papers.example/accord", PDF, "papers.example/accord.pdf"),
        ("https://papers.example/accord", (), "papers.example/accord"),
        ("https://papers.example/no.2031", PDF, "papers.example/no.2031.pdf"),
        ("https://papers.example/a?id=7", HTML, "papers.example/a-f422c82d.html"),
        ("https://papers.example/a.pdf?id=7#p2", HTML, "papers.example/a-f422c82d.pdf"),
        ("https://PAPERS.example:8080/a", HTML, "papers.example_8080/a.html"),
        ("https://papers.example/../../etc/%2e%2e/%2e%2e%2fpasswd", HTML, "papers.example/etc/.._passwd.html"),
        ("https://papers.example/%1b%5Ba%00/c%3A%5Cx", HTML, "papers.example/_[a_/c__x.html"),
        ("https://papers.example/d%C3%A9claration", HTML, "papers.example/déclaration.html"),
        ("https://papers.example/" + "a" * 300, HTML, "papers.example/" + "a" * 100 + ".html"),
        ("http://[2A00::1]/a", HTML, "[2a00__1]/a.html"),
        ("http://a/b", HTML, "a/b.html"),
    ],
)
def test_a_document_is_named_by_host_path_query_and_type(url: str, headers: tuple[MetaField, ...], name: str) -> None:
    assert name_of(url, headers) == name


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"], exclude_characters="\\"), max_size=60))
def test_a_name_is_relative_and_stays_below_its_host(path: str) -> None:
    name = name_of(f"https://{HOST}/{path}", HTML)
    assert name.startswith(f"{HOST}/")
    assert not {"", ".", ".."} & set(name.split("/"))

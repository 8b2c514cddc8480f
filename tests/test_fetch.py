"""Fetching over a connection: what a good server sends comes back whole; no name, redirect or answer gets past the checks."""

from __future__ import annotations

import contextlib
import gzip
import random
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from typing import TYPE_CHECKING

import pytest

from reaffirm import fetch as module
from reaffirm.fetch import Fetched, Limits, RefusedError, fetch
from reaffirm.model import MetaField
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from ipaddress import IPv4Address, IPv6Address
    from pathlib import Path

    Script = bytes | Callable[[socket.socket], None]
    Serve = Callable[..., "Server"]

LOOP = "127.0.0.1"
HOST = "papers.example"
TEXT = "The harbour ministers reaffirmed the “Quay Accord”.\n".encode()
SHORT = Limits(seconds=0.6, connect_seconds=0.4)
SMALL = Limits(body_bytes=200_000, wire_bytes=400_000, header_bytes=4_000, seconds=20)


class Server:
    """A server on loopback that answers its connections, one after the other, by scripts; the last script repeats."""

    def __init__(self, scripts: tuple[Script, ...], context: ssl.SSLContext | None) -> None:
        self.scripts, self.context = scripts, context
        self.requests: list[bytes] = []
        self.listener = socket.create_server((LOOP, 0))
        self.listener.settimeout(0.05)
        self.port = self.listener.getsockname()[1]
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        while not self.stopped.is_set():
            with contextlib.suppress(OSError):
                line, _ = self.listener.accept()
                with line:
                    self.answer(line)

    def answer(self, line: socket.socket) -> None:
        line.settimeout(5)
        if self.context:
            line = self.context.wrap_socket(line, server_side=True, suppress_ragged_eofs=True)
        with line:
            request = b""
            while not request.endswith(b"\r\n\r\n"):
                piece = line.recv(4096)
                if not piece:
                    return
                request += piece
            script = self.scripts[min(len(self.requests), len(self.scripts) - 1)]
            self.requests.append(request)
            if callable(script):
                script(line)
            else:
                line.sendall(script)
            if isinstance(line, ssl.SSLSocket) and line.fileno() >= 0:
                line.unwrap()

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://{HOST}:{self.port}{path}"


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[Server] = []

    def start(*scripts: Script, context: ssl.SSLContext | None = None) -> Server:
        servers.append(Server(scripts, context))
        return servers[-1]

    yield start
    for server in servers:
        server.stopped.set()
        server.thread.join(10)
        server.listener.close()


def answer(body: bytes = TEXT, *headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]).encode("latin-1") + body


def moved(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {to}", status=status)


def loop_only(host: str, port: int) -> tuple[str, ...]:
    return (LOOP,)


def is_loop(address: IPv4Address | IPv6Address) -> bool:
    return str(address) == LOOP


def here(url: str, limits: Limits = SMALL) -> Fetched:
    return fetch(url, limits, loop_only, is_loop)


# What comes back


def test_a_document_comes_back_with_what_the_server_says(serve: Serve) -> None:
    server = serve(answer(TEXT, "Content-Type: text/plain;\r\n  charset=utf-8", 'ETag: "a\x1b1"', "Set-Cookie: id=7", "X-Other: 1"))
    got = here(server.url("/accord?lang=en#top"))
    assert got == Fetched(
        server.url("/accord?lang=en"),
        TEXT,
        (
            MetaField("http:status", "200"),
            MetaField("http:content-type", "text/plain; charset=utf-8"),
            MetaField("http:etag", '"a_1"'),
        ),
    )


def test_a_request_names_the_program_and_carries_nothing_of_the_person(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://192.0.2.9:3128")
    server = serve(answer())
    here(server.url("/é“x”?q=ü#part"))
    assert server.requests[0].decode().split("\r\n") == [
        "GET /%C3%A9%E2%80%9Cx%E2%80%9D?q=%C3%BC HTTP/1.1",
        f"Host: {HOST}:{server.port}",
        f"User-Agent: reaffirm/{VERSION} (+document ledger)",
        "Accept: */*",
        "Accept-Language: en",
        "Accept-Encoding: gzip, identity",
        "Connection: close",
        "",
        "",
    ]


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
GZIPPED = gzip.compress(TEXT)


@pytest.mark.parametrize(
    "script",
    [
        b"HTTP/1.0 200 OK\r\n\r\n" + TEXT,
        b"HTTP/1.1 100 Continue\r\n\r\n" + answer(),
        CHUNKED + b"\r\n%x\r\n" % len(TEXT) + TEXT + b"\r\n0\r\nTrailer: x\r\n\r\n",
        answer(GZIPPED, "Content-Encoding: GZip"),
        answer(gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:]), "Content-Encoding: x-gzip"),
        answer(zlib.compress(TEXT), "Content-Encoding: deflate"),
        CHUNKED + b"Content-Encoding: gzip\r\n\r\n" + b"".join(b"1\r\n%c\r\n" % byte for byte in GZIPPED) + b"0\r\n\r\n",
        answer() + b"more than was announced",
        answer().replace(b"Content-Length: ", b"Content-Length: nonsense"),
        answer(TEXT, "Content-Encoding: identity", "Content-Type: font/woff"),
    ],
)
def test_every_framing_and_coding_gives_the_same_bytes(serve: Serve, script: bytes) -> None:
    assert here(serve(script).url()).data == TEXT


def test_a_body_as_long_as_the_limit_is_taken(serve: Serve) -> None:
    body = random.Random(7).randbytes(SMALL.body_bytes)  # noqa: S311 - bytes that gzip cannot shorten
    for script in (answer(body), b"HTTP/1.0 200 OK\r\n\r\n" + body, answer(gzip.compress(body), "Content-Encoding: gzip")):
        assert here(serve(script).url()).data == body


def test_a_large_document_comes_whole_within_the_default_limits(serve: Serve) -> None:
    body = random.Random(8).randbytes(8_000_000)  # noqa: S311 - any bytes
    assert here(serve(answer(body)).url(), Limits()).data == body


# Names and pinning


def test_a_name_that_changes_its_address_is_asked_for_once_and_pinned(serve: Serve) -> None:
    server, asked = serve(answer()), list[str]()

    def rebinding(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return (LOOP,) if len(asked) == 1 else ("127.0.0.2",)

    assert fetch(server.url(), SMALL, rebinding, is_loop).data == TEXT
    assert asked == [HOST]


def test_a_redirect_to_the_same_name_is_checked_again(serve: Serve) -> None:
    server, answers = serve(moved("/next"), answer()), iter([(LOOP,), ("127.0.0.2",)])
    with pytest.raises(RefusedError, match=r"127\.0\.0\.2, which is not a public address"):
        fetch(server.url(), SMALL, lambda *_: next(answers), is_loop)
    assert len(server.requests) == 1


def test_the_next_checked_address_is_tried_when_one_does_not_answer(serve: Serve) -> None:
    server = serve(answer())
    got = fetch(server.url(), SMALL, lambda *_: ("127.0.0.3", LOOP), lambda address: address.is_loopback)
    assert got.data == TEXT


def test_a_connection_that_arrives_elsewhere_is_refused(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(answer())
    monkeypatch.setattr(socket.socket, "getpeername", lambda *_: ("10.0.0.9", server.port))
    with pytest.raises(RefusedError, match=r"was dialled but 10\.0\.0\.9 answered"):
        here(server.url())
    assert server.requests == []


def test_a_closed_port_is_a_sentence() -> None:
    with socket.create_server((LOOP, 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(RefusedError, match=r"papers\.example cannot be reached \(Connection refused\); try again later"):
        here(f"http://{HOST}:{port}/")


# Redirects


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_redirects_are_followed_and_kept(serve: Serve, status: str) -> None:
    server = serve(moved("../b?x=1#f", status), moved("//other.example:PORT/c", status), answer())
    server.scripts = (server.scripts[0], moved(f"//other.example:{server.port}/\xc3\xa9", status), answer())
    got = here(server.url("/d/a"))
    assert (got.url, got.data) == (f"http://other.example:{server.port}/%C3%A9", TEXT)
    assert [f.value for f in got.headers if f.key == "http:redirect"] == [server.url("/d/a"), server.url("/b?x=1")]


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://172.16.0.1/", "not a public address"),
        ("http://169.254.169.254/latest/meta-data/", "not a public address"),
        ("http://[::1]:8080/", "not a public address"),
        ("//2130706434/", "not a public address"),
        ("http:///latest", "redirects in a circle|cannot be fetched|answers"),
        ("ftp://papers.example/", "which cannot be fetched"),
        ("file:///etc/passwd", "which cannot be fetched"),
        ("http://a:b@papers.example/", "which cannot be fetched"),
        ("http://papers.example:22/", "which cannot be fetched"),
        ("http://[::1", "which cannot be fetched"),
        ("/a b", "which cannot be fetched"),
        ("/a\\b", "which cannot be fetched"),
        ("/start#again", "redirects in a circle"),
        ("", "without saying where to"),
    ],
)
def test_a_redirect_to_where_no_fetch_may_go_is_refused(serve: Serve, to: str, reason: str) -> None:
    server = serve(moved(to), answer(b"", status="500 Broken"))
    with pytest.raises(RefusedError, match=reason):
        here(server.url("/start"))


def test_a_redirect_to_a_name_with_a_private_address_is_refused(serve: Serve) -> None:
    server = serve(moved("http://inner.example/"))
    with pytest.raises(RefusedError, match=r"inner\.example lies at 192\.168\.0\.1, which is not a public address"):
        fetch(server.url(), SMALL, lambda host, _: (LOOP if host == HOST else "192.168.0.1",), is_loop)


def test_a_circle_of_two_and_too_many_redirects_are_refused(serve: Serve) -> None:
    with pytest.raises(RefusedError, match="redirects in a circle"):
        here(serve(moved("/b"), moved("/a")).url("/a"))
    steps = [moved(f"/{n}") for n in range(1, 7)]
    assert here(serve(*steps[:5], answer()).url("/0")).data == TEXT
    with pytest.raises(RefusedError, match="after 5 redirects"):
        here(serve(*steps, answer()).url("/0"))


def test_time_counts_over_all_redirects(serve: Serve) -> None:
    def late(line: socket.socket) -> None:
        time.sleep(0.25)
        line.sendall(moved(f"/{time.monotonic_ns()}"))

    with pytest.raises(RefusedError, match="does not come within"):
        here(serve(late).url(), Limits(seconds=0.6, redirects=1000))


# Hostile answers


def drip(head: bytes, drop: bytes) -> Script:
    def script(line: socket.socket) -> None:
        line.sendall(head)
        while True:
            line.sendall(drop)
            time.sleep(0.02)

    return script


def flood(head: bytes, wave: bytes) -> Script:
    def script(line: socket.socket) -> None:
        line.sendall(head)
        while True:
            line.sendall(wave)

    return script


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "script",
    [
        drip(b"", b"H"),
        drip(OK, b"X"),
        drip(OK, b"X: 1\r\n"),
        drip(OK + b"\r\n", b"x"),
        drip(OK + b"Content-Length: 100000\r\n\r\n", b"x"),
        drip(CHUNKED + b"\r\n", b"1\r\nx\r\n"),
        drip(OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")),
        lambda *_: time.sleep(1.5),
    ],
)
def test_a_server_that_drips_does_not_outlast_the_clock(serve: Serve, script: Script) -> None:
    with pytest.raises(RefusedError, match=r"does not come within 0\.6 seconds"):  # else it never ends
        here(serve(script).url(), SHORT)


def test_a_handshake_that_never_comes_does_not_outlast_the_clock() -> None:
    with socket.create_server((LOOP, 0)) as silent, pytest.raises(RefusedError, match="does not come within"):
        here(f"https://{HOST}:{silent.getsockname()[1]}/", SHORT)


BOMB = gzip.compress(bytes(5_000_000))


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (flood(OK + b"\r\n", b"x" * 9000), "more than 200,000 bytes"),
        (flood(CHUNKED + b"\r\n", b"1\r\nx\r\n" * 900), "more than 400,000 bytes of what was sent"),
        (flood(CHUNKED + b"\r\n0\r\n", b"X: 1\r\n" * 900), "more than 400,000 bytes of what was sent"),
        (flood(CHUNKED + b"\r\n", b"-1\r\nx\r\n" * 900), "more than [24]00,000 bytes"),
        (answer(BOMB, "Content-Encoding: gzip"), "more than 200,000 bytes"),
        (answer(zlib.compress(bytes(5_000_000)), "Content-Encoding: deflate"), "more than 200,000 bytes"),
        (flood(OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 90), "more than 400,000 bytes of what was sent"),
        (OK + b"Content-Length: 99999999999\r\n\r\nx", "more than 200,000 bytes"),
        (flood(OK, b"X: " + b"y" * 90 + b"\r\n"), "more than 4,000 bytes of header lines"),
        (flood(OK, b"X" * 900), "more than 4,000 bytes of header lines"),
        (flood(b"HTTP/1.1 ", b"2" * 900), "more than 4,000 bytes of header lines"),
        (flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 90), "more than 4,000 bytes of header lines"),
        (OK + b"X: 1\r\n" * 150 + b"\r\nx", "sends an answer that cannot be read"),
        (OK + b"Content-Length: 10\r\n\r\nshort", "breaks off its answer"),
        (CHUNKED + b"\r\n5\r\nabc", "breaks off its answer"),
        (CHUNKED + b"\r\n3\r\nabc\r\n", "breaks off its answer"),
        (CHUNKED + b"\r\nzz\r\nabc\r\n", "breaks off its answer"),
        (answer(GZIPPED[:-3], "Content-Encoding: gzip"), "breaks off its answer"),
        (b"", "breaks off its answer"),
        (answer(GZIPPED + b"tail", "Content-Encoding: gzip"), "sends an answer that cannot be read"),
        (answer(b"no gzip at all", "Content-Encoding: gzip"), "sends an answer that cannot be read"),
        (answer(GZIPPED[:-8] + bytes(8), "Content-Encoding: gzip"), "sends an answer that cannot be read"),
        (b"SSH-2.0-harbour\r\n\r\n", "sends an answer that cannot be read"),
        (b"HTTP/1.1 abc\r\n\r\n", "sends an answer that cannot be read"),
        (answer(TEXT, "Content-Encoding: br"), "compressed as br"),
        (answer(TEXT, "Content-Encoding: gzip, gzip"), "compressed as gzip, gzip"),
        (answer(TEXT, "Content-Encoding: gzip", "Content-Encoding: gzip"), "compressed as gzip, gzip"),
        (answer(TEXT, "Transfer-Encoding: gzip, chunked"), "transfer coding"),
        (answer(TEXT, status="404 \x1b[31mGone"), r"answers 404 \(Not Found\), not the document; open"),
        (answer(TEXT, status="206 Partial Content"), "answers 206"),
        (answer(b"", status="204 No Content"), "answers 204"),
        (answer(b"", status="304 Not Modified"), "answers 304"),
        (answer(b"", status="101 Switching Protocols"), "answers 101"),
        (answer(TEXT, status="401 Unauthorized"), "answers 401"),
        (answer(TEXT, status="599 Odd"), r"answers 599 \(unknown\)"),
    ],
)
def test_a_hostile_or_broken_answer_is_a_sentence(serve: Serve, script: Script, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason) as caught:
        here(serve(script).url())
    assert str(caught.value).isprintable()
    assert ";" in str(caught.value)


# Certificates


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("the openssl program is not installed, so no certificate can be made")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


def secure(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    context = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    monkeypatch.setattr(module, "_trust", lambda: context)
    return certificate


def test_a_self_signed_certificate_is_refused(serve: Serve, certificate: Path) -> None:
    server = serve(answer(), context=secure(certificate))
    with pytest.raises(RefusedError, match=r"has a certificate that cannot be trusted \(self.signed certificate\); if you trust"):
        here(server.url(scheme="https"))
    assert server.requests == []


def test_a_certificate_is_checked_against_the_host_and_not_the_address(serve: Serve, trusted: Path) -> None:
    asked: list[str | None] = []
    context = secure(trusted)
    context.sni_callback = lambda *seen: asked.append(seen[1])
    server = serve(answer(), context=context)
    assert here(server.url(scheme="https")).data == TEXT
    with pytest.raises(RefusedError, match="cannot be trusted"):
        here(f"https://other.example:{server.port}/")
    with pytest.raises(RefusedError, match="cannot be trusted"):
        here(f"https://{LOOP}:{server.port}/")
    assert asked == [HOST, "other.example", None]


def test_a_redirect_that_gives_up_encryption_is_refused(serve: Serve, trusted: Path) -> None:
    server = serve(moved(f"http://{HOST}/plain"), context=secure(trusted))
    with pytest.raises(RefusedError, match=r"redirects to http://papers\.example/plain, without encryption"):
        here(server.url(scheme="https"))


def test_a_redirect_that_takes_up_encryption_is_followed(serve: Serve, trusted: Path) -> None:
    safe_server = serve(answer(), context=secure(trusted))
    assert here(serve(moved(safe_server.url(scheme="https"))).url()).url == safe_server.url(scheme="https")


def test_a_document_of_unknown_length_cut_under_encryption_is_refused(serve: Serve, trusted: Path) -> None:
    def cut(line: socket.socket) -> None:
        line.sendall(OK + b"\r\n" + TEXT)
        line.close()

    whole = serve(OK + b"\r\n" + TEXT, context=secure(trusted))
    assert here(whole.url(scheme="https")).data == TEXT
    with pytest.raises(RefusedError, match="breaks off its answer"):
        here(serve(cut, context=secure(trusted)).url(scheme="https"))


def test_a_plain_server_behind_a_secure_address_is_a_sentence(serve: Serve) -> None:
    with socket.create_server((LOOP, 0)) as listener:

        def speak() -> None:
            line, _ = listener.accept()
            with line:
                line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                line.recv(4096)

        thread = threading.Thread(target=speak, daemon=True)
        thread.start()
        with pytest.raises(RefusedError, match="cannot be reached over a secure connection"):
            here(f"https://{HOST}:{listener.getsockname()[1]}/")
        thread.join(10)

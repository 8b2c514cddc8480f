"""One document fetched by its address, by a way that cannot be turned against the network this program stands in.

What an address may ask for is decided here, twice over: by its form (`UsageError`), and by where its host lies
(`RefusedError`). Every address that the host's name has must be public, the connection goes to exactly such a checked
address, and a redirect begins again with the first check; so neither odd notations nor a name that changes its
address (DNS rebinding) matter. Proxies of the environment, cookies and passwords are not used.

The socket is our own and `http.client` only reads the answer from it. A subclass of its connection, or a pool of
urllib3, would have to be kept from dialling names and proxies; a socket that is already connected cannot dial. It is
also the one place where time and bytes are counted, so that a server which drips cannot outlast the clock.

Networks: the IANA registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890). `ipaddress.is_global` is asked
as well but alone would not do: Python 3.11 calls 6to4, NAT64 and site-local addresses global.
Metadata keys: `http:status`, `http:` and the name of each header in `KEPT`, `http:redirect` for each address left.
"""

from __future__ import annotations

import functools
import hashlib
import io
import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead, responses
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import cast
from urllib.parse import quote, unquote, urljoin

import certifi
import idna

from reaffirm.errors import UsageError
from reaffirm.formats.names import UNPRINTABLE, safe
from reaffirm.model import MetaField
from reaffirm.version import VERSION

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Iterable[str]]
Allowed = Callable[[Address], bool]

AGENT = f"reaffirm/{VERSION} (+document ledger)"
KEPT = ("content-type", "content-language", "content-disposition", "date", "last-modified", "etag", "link", "memento-datetime")
KEPT_LENGTH = 2_000  # code points of one header's value
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PIECE = 65_536
GZIP_OR_ZLIB = zlib.MAX_WBITS + 32  # zlib finds out which
LONGEST = 8_000  # code points of an address; RFC 9110 asks servers to take that many octets
PORTS = {"http": 80, "https": 443}

# RFC 3986, appendix B, for absolute addresses; no second parser ever sees the address, so none can differ.
URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE | re.DOTALL)
AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?")
FORBIDDEN = re.compile("[\\s\\\\\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*")
NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
URL_SIGNS = "!#$%&'()*+,/:;=?@[]~"
SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}\Z")
SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md", "text/csv": ".csv",
    "application/pdf": ".pdf", "message/rfc822": ".eml", "application/zip": ".zip", "application/json": ".json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}  # fmt: skip
LONGEST_STEP = 100  # code points of one step of a document's name

DOCUMENT = "the document"
SAVE = "save the document yourself and add the file"
BROWSER = "open the address in a browser"
SPELLING = "check its spelling and the connection"
FAILURES = (  # the first that fits, for ssl's are OSErrors and ValueErrors as well
    ((EOFError, IncompleteRead, ssl.SSLEOFError, ConnectionResetError, BrokenPipeError), "breaks off its answer", "try again later"),
    ((ssl.SSLCertVerificationError,), "has a certificate that cannot be trusted", f"if you trust the site, {SAVE}"),
    ((ssl.SSLError,), "cannot be reached over a secure connection", BROWSER),
    ((HTTPException, zlib.error, ValueError), "sends an answer that cannot be read", BROWSER),
    ((OSError,), "cannot be reached", "try again later"),
)

CLOSED_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # looks public; one cloud answers its own machines there
    )
)  # fmt: skip
OPEN_V6 = IPv6Network("2000::/3")  # all that IANA has given out for use between networks
CLOSED_V6 = tuple(IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"))
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: how a network without IPv4 reaches the IPv4 world
ISATAP = 0x5EFE  # RFC 5214: the middle of an interface identifier that holds an IPv4 address


class RefusedError(OSError):
    """A document that is not fetched; the message is a sentence that says why, and what can be done."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may take: bytes, seconds and redirects; the seconds count over all redirects."""

    body_bytes: int = 64 * 1024 * 1024  # as read, after decompression
    wire_bytes: int = 80 * 1024 * 1024  # as sent, with the framing of chunks
    header_bytes: int = 64 * 1024
    seconds: float = 60.0
    connect_seconds: float = 10.0  # for each address tried, and for the handshake
    redirects: int = 5


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it was answered: the address it came from in the end, its bytes, and what the server said of it."""

    url: str
    data: bytes
    headers: tuple[MetaField, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """An address in its one form: host in ASCII and lower case (brackets off), port, path with query, and the address it is itself."""

    scheme: str
    host: str
    port: int
    target: str
    literal: Address | None

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


@dataclass(frozen=True, slots=True)
class _Clock:
    """The end of a fetch on the monotonic clock."""

    end: float
    limits: Limits

    def left(self) -> float:
        """The seconds that are left, more than 0; refused when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise _late(self.limits)
        return left


# The document


def addresses(host: str, port: int) -> tuple[str, ...]:
    """The numeric addresses of a host, as the system's resolver orders them."""
    return tuple(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def public(address: Address) -> bool:
    """Whether an address is one that everybody's internet reaches; an IPv4 address within an IPv6 one counts for it."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in CLOSED_V4)
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return public(address.ipv4_mapped)
    inner = IPv4Address(int(address) & 0xFFFFFFFF)
    if address in NAT64:
        return public(inner)
    if (int(address) >> 32) & 0xFCFFFFFF == ISATAP and not public(inner):
        return False
    return address in OPEN_V6 and address.is_global and not any(address in network for network in CLOSED_V6)


def fetch(url: str, limits: Limits = LIMITS, resolve: Resolve = addresses, allowed: Allowed = public) -> Fetched:
    """The document at an address, redirects followed; `resolve` and `allowed` are for tests without a network.

    Raises `UsageError` for an address that no fetch could use, `RefusedError` (an `OSError`) for all that comes after.
    """
    place, left = _place(url), list[str]()
    clock = _Clock(time.monotonic() + limits.seconds, limits)
    while True:
        with _told(place, limits), closing(_connected(place, clock, resolve, allowed)) as line:
            response = _asked(line, place, clock)
            if response.status not in REDIRECTS:
                data, headers = _body(response, place, clock), _headers(response)
                return Fetched(place.url, data, (*headers, *(MetaField("http:redirect", gone) for gone in left)))
            left.append(place.url)
            place = _next(place, response.getheader("Location"), left, limits)


def name_of(url: str, headers: tuple[MetaField, ...] = ()) -> str:
    """The document's name, `host/path/file.html`: relative, safe, and the same for the same address and content type.

    A query is hashed into it, the suffix follows from the content type when the path has none, and long steps are cut.
    Raises `UsageError` as `fetch` does.
    """
    place = _place(url)
    path, _, query = place.target.partition("?")
    *folders, file = [re.sub(r"[/\\:]", "_", unquote(step).strip())[:LONGEST_STEP] for step in f"{place.authority}{path}".split("/")]
    suffix = SUFFIX.search(file)
    stem = (file[: suffix.start()] if suffix else file) or "index"
    media = next((field.value for field in headers if field.key == "http:content-type"), "").partition(";")[0].strip().lower()
    mark = f"-{hashlib.sha256(query.encode()).hexdigest()[:8]}" if query else ""
    return safe("/".join([*folders, stem + mark + (suffix[0] if suffix else SUFFIXES.get(media, ""))]))


# From the words of an address to a place


def _place(url: str) -> _Place:
    """The place an address names; raises `UsageError` with what is wrong about it."""
    if len(url) > LONGEST or FORBIDDEN.search(url):
        raise _unusable(url, f"it has blanks, backslashes, control characters or more than {LONGEST:,} characters; copy it again")
    match = URL.fullmatch(url)
    if match is None:
        raise _unusable(url, "it is no web address; give one that begins with https:// or http://")
    scheme, authority, path, query = match[1].lower(), *match.group(2, 3, 4)
    if "@" in authority:
        raise _unusable(url, "it holds a user or password; remove all up to the @")
    split = AUTHORITY.fullmatch(authority)
    if split is None or not split[1]:
        raise _unusable(url, "its host or port cannot be read; check what stands after //")
    port = int(split[2] or PORTS[scheme])
    if port not in PORTS.values() and not 1024 <= port <= 65_535:
        raise _unusable(url, f"port {port} is not one of the web; use 80, 443 or one from 1024 to 65535")
    host, literal = _host(split[1], url)
    target = quote((path or "/") + ("" if query is None else f"?{query}"), safe=URL_SIGNS)
    return _Place(scheme, host, port, target, literal)


def _unusable(url: str, reason: str) -> UsageError:
    return UsageError(f"The address {_shown(url)} cannot be fetched: {reason}.")


def _shown(text: str) -> str:
    return UNPRINTABLE.sub("_", text[:200].encode("utf-8", "replace").decode())


def _host(text: str, url: str) -> tuple[str, Address | None]:
    """The host in ASCII and lower case, and the address it is when it names none but is one."""
    if text.startswith("["):
        try:
            six = IPv6Address(text[1:-1])
        except AddressValueError:
            raise _unusable(url, "what stands in brackets is no IPv6 address") from None
        return str(six), six
    try:
        ascii_ = text.lower() if text.isascii() else idna.encode(text, uts46=True).decode("ascii").lower()
    except idna.IDNAError:
        raise _unusable(url, "its host is no name that the internet allows") from None
    host = ascii_.removesuffix(".")
    if NUMERIC.fullmatch(host):
        try:
            four = IPv4Address(socket.inet_aton(host))  # decimal, octal, hexadecimal, and less than four numbers
        except OSError:
            raise _unusable(url, "its host is no IPv4 address") from None
        return str(four), four
    if not HOST.fullmatch(host):
        raise _unusable(url, "its host is no name that the internet allows")
    return host, None


def _next(place: _Place, location: str | None, left: list[str], limits: Limits) -> _Place:
    """The place a redirect leads to; its host is checked like the first one when it is dialled."""
    if not location:
        raise _refused(place.host, "redirects without saying where to", BROWSER)
    try:
        to = _place(urljoin(place.url, location.encode("latin-1").decode("utf-8", "replace")))
    except (UsageError, ValueError):
        raise _refused(place.host, f"redirects to {_shown(location)}, which cannot be fetched", BROWSER) from None
    if place.scheme == "https" and to.scheme == "http":
        raise _refused(place.host, f"redirects to {_shown(to.url)}, without encryption", "if that is meant, give that address")
    if to.url in left:
        raise _refused(place.host, f"redirects in a circle, to {_shown(to.url)} again", BROWSER)
    if len(left) > limits.redirects:
        raise _refused(place.host, f"comes after {limits.redirects} redirects and redirects again", "give the last address yourself")
    return to


# From a place to a connection


def _connected(place: _Place, clock: _Clock, resolve: Resolve, allowed: Allowed) -> socket.socket:
    """A connection to an address of the place that was checked, encrypted if the scheme says so."""
    found = (place.literal,) if place.literal else _resolved(place, clock, resolve)
    checked = tuple(dict.fromkeys(_plain(address) for address in found))
    closed = next((address for address in checked if not allowed(address)), None)
    if closed is not None:
        raise _refused(place.host, f"lies at {closed}, which is not a public address")
    failure: OSError = _refused(place.host, "has no address", SPELLING)
    for address in checked[:8]:  # a name with hundreds must not make us knock at hundreds of doors
        try:
            return _dialled(address, place, clock)
        except RefusedError:
            raise
        except OSError as error:
            failure = error
    raise failure


def _resolved(place: _Place, clock: _Clock, resolve: Resolve) -> tuple[Address, ...]:
    """All addresses of the place's host, asked for once, in a thread because a resolver knows no deadline."""
    answers: queue.SimpleQueue[tuple[str, ...] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(tuple(resolve(place.host, place.port)))
        except Exception as error:  # noqa: BLE001 - handed over to the thread that waits
            answers.put(error)

    threading.Thread(target=ask, name="reaffirm-resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=clock.left())
    except queue.Empty:
        raise _late(clock.limits) from None
    if isinstance(answer, OSError | UnicodeError):
        raise _refused(place.host, "is a name that cannot be resolved", SPELLING) from answer
    if isinstance(answer, Exception):
        raise answer
    return tuple(ip_address(text) for text in answer)


def _plain(address: Address) -> Address:
    """The IPv4 address that an IPv6 address of the form ::ffff:192.0.2.1 is, or the address itself."""
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _dialled(address: Address, place: _Place, clock: _Clock) -> socket.socket:
    """A connection to exactly this address; a certificate is checked against the host, and a ragged end is an error.

    Of a document without announced length, only the proper end of the encryption tells that it was not cut.
    """
    line = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    try:
        line.settimeout(min(clock.limits.connect_seconds, clock.left()))
        line.connect((str(address), place.port))
        _confirm(line, address)
        if place.scheme == "http":
            return line
        line.settimeout(min(clock.limits.connect_seconds, clock.left()))
        return _trust().wrap_socket(line, server_hostname=place.host, suppress_ragged_eofs=False)
    except BaseException:
        line.close()
        raise


def _confirm(line: socket.socket, address: Address) -> None:
    """Refuse a connection whose other end is not the address that was dialled."""
    peer = str(line.getpeername()[0])
    if _plain(ip_address(peer)) != address:
        raise _refused(address, f"was dialled but {peer} answered", "something in this network turns connections aside")


@functools.cache
def _trust() -> ssl.SSLContext:
    """Which certificates are believed: those that certifi lists."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


# From a connection to bytes


class _Wire(io.RawIOBase):
    """The reading end of a connection: each read waits no longer than the clock allows, and bytes are counted down."""

    def __init__(self, line: socket.socket, clock: _Clock) -> None:
        super().__init__()
        self.line, self.clock = line, clock
        self.allow(clock.limits.header_bytes, "header lines before it")

    def allow(self, count: int, what: str) -> None:
        """Begin to count the next part of an answer."""
        self.left, self.limit, self.what = count + 1, count, what

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002 - what HTTPResponse asks a socket for
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self.left <= 0:
            raise _refused(DOCUMENT, f"comes with more than {self.limit:,} bytes of {self.what}")
        self.line.settimeout(self.clock.left())
        count = self.line.recv_into(memoryview(buffer)[: self.left])
        self.left -= count
        return count


def _asked(line: socket.socket, place: _Place, clock: _Clock) -> HTTPResponse:
    """The answer to a request for the place, read as far as the end of its header lines."""
    lines = (
        f"GET {place.target} HTTP/1.1", f"Host: {place.authority}", f"User-Agent: {AGENT}", "Accept: */*", "Accept-Language: en",
        "Accept-Encoding: gzip, identity", "Connection: close", "", "",
    )  # fmt: skip
    line.settimeout(clock.left())
    line.sendall("\r\n".join(lines).encode("ascii"))
    wire = _Wire(line, clock)
    answer = HTTPResponse(cast("socket.socket", wire), method="GET")
    answer.begin()
    wire.allow(clock.limits.wire_bytes, "what was sent")
    return answer


def _body(response: HTTPResponse, place: _Place, clock: _Clock) -> bytes:
    """The whole decoded document of an answer."""
    limits = clock.limits
    if response.status != 200:
        raise _refused(place.host, f"answers {response.status} ({responses.get(response.status, 'unknown')}), not the document", BROWSER)
    if (response.getheader("Transfer-Encoding") or "chunked").lower() != "chunked":
        raise _refused(place.host, "sends the document in a transfer coding that was not asked for")
    too_long = _refused(DOCUMENT, f"has more than {limits.body_bytes:,} bytes", "save it yourself and add the part that matters")
    if (response.length or 0) > limits.wire_bytes:
        raise too_long
    data = bytearray()
    for piece in _decoded(_pieces(response), (response.getheader("Content-Encoding") or "").strip().lower(), clock):
        data += piece
        if len(data) > limits.body_bytes:
            raise too_long
    return bytes(data)


def _pieces(response: HTTPResponse) -> Iterator[bytes]:
    """The pieces of a body as sent; refused when fewer come than the header announced."""
    while piece := response.read(PIECE):
        yield piece
    if response.length:
        raise EOFError


def _decoded(pieces: Iterator[bytes], coding: str, clock: _Clock) -> Iterator[bytes]:
    """The pieces of a body without its content coding, none longer than `PIECE`."""
    if coding in {"", "identity"}:
        return pieces
    if coding not in {"gzip", "x-gzip", "deflate"}:
        raise _refused(DOCUMENT, f"comes compressed as {_shown(coding)}, which cannot be read")
    return _inflated(pieces, clock)


def _inflated(pieces: Iterator[bytes], clock: _Clock) -> Iterator[bytes]:
    """The pieces decompressed; of members there may be several (RFC 1952), and nothing else may follow."""
    engine = zlib.decompressobj(GZIP_OR_ZLIB)
    for piece in pieces:
        rest = piece
        while rest:
            clock.left()  # a bomb takes time as well
            if engine.eof:
                engine = zlib.decompressobj(GZIP_OR_ZLIB)
            yield engine.decompress(rest, PIECE)
            rest = engine.unconsumed_tail or engine.unused_data
    yield engine.flush()
    if not engine.eof:
        raise EOFError


def _headers(response: HTTPResponse) -> tuple[MetaField, ...]:
    """The status and the kept headers, white space folded, in the order of `KEPT`."""
    kept = [(name, " ".join(value.split())) for name in KEPT for value in response.headers.get_all(name, [])]
    return (
        MetaField("http:status", str(response.status)),
        *(MetaField(f"http:{name}", UNPRINTABLE.sub("_", value)[:KEPT_LENGTH]) for name, value in kept),
    )


@contextmanager
def _told(place: _Place, limits: Limits) -> Iterator[None]:
    """Every failure of a connection as a `RefusedError`."""
    try:
        yield
    except RefusedError:
        raise
    except TimeoutError as error:
        raise _late(limits) from error
    except (OSError, EOFError, HTTPException, zlib.error, ValueError) as error:
        reason, advice = next((reason, advice) for kinds, reason, advice in FAILURES if isinstance(error, kinds))
        words = getattr(error, "verify_message", "") or getattr(error, "reason", "") or getattr(error, "strerror", "")
        raise _refused(place.host, f"{reason} ({_shown(str(words or type(error).__name__))})", advice) from error


def _refused(who: object, reason: str, advice: str = SAVE) -> RefusedError:
    return RefusedError(f"{who} {reason}; {advice}")


def _late(limits: Limits) -> RefusedError:
    return _refused(DOCUMENT, f"does not come within {limits.seconds:g} seconds ({limits.connect_seconds:g} for a connection)")

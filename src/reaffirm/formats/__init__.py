"""Bytes -> text, node map, metadata as found.

`read` asks the formats in order: those installed under the entry point group `reaffirm.formats` (by name), then PDF,
Word, OpenDocument, Rich Text, mail, HTML and plain text. A format is a module, or any object, with the two functions
of `Format`. Archives and folders are not formats: `archive.members` and `folder.files` say which files they hold.
"""

from __future__ import annotations

import functools
import importlib
from importlib import metadata
from typing import Protocol, cast

from reaffirm.formats.problems import Found, refused, unreadable
from reaffirm.formats.refusals import refusal
from reaffirm.model import Source

GROUP = "reaffirm.formats"
BUILT_IN = tuple(f"reaffirm.formats.{name}" for name in ("pdf", "docx", "odt", "rtf", "eml", "html", "plain"))
EXTRACTOR = "formats/1"
LONGEST = 2_000_000  # characters of a text, some 800 pages; reading more takes memory and minutes
SPLIT = "Split the document into its parts, and add those."


class Format(Protocol):
    """What a format must offer: whether bytes look like it, and the reading of such bytes."""

    def sniff(self, data: bytes, name: str) -> bool:
        """Whether these bytes, under this name, are of this format."""

    def read(self, data: bytes, name: str) -> Source:
        """The Source of these bytes."""


def read(data: bytes, name: str) -> Source:
    """The Source of any bytes; what cannot be read gives empty text and a problem, never an exception."""
    failures: list[Found] = []
    for label, reader in installed():
        source = _attempt(label, reader, data, name, failures)
        if source is not None:
            return source
    problem = refusal(data)
    if problem is None:
        for label in BUILT_IN:
            source = _attempt(label, built_in(label), data, name, failures)
            if source is not None:
                return source
        problem = unreadable(
            "neither text nor a known format (binary, or XML that is no page)",
            "Save the document as plain text or HTML and add that.",
        )
    return Source("", EXTRACTOR, problems=(*failures, problem))


@functools.cache
def built_in(module: str) -> Format:
    """A built-in format; imported on first use, because lxml would slow every start of the command line."""
    return cast("Format", importlib.import_module(module))


@functools.cache
def installed() -> tuple[tuple[str, Format], ...]:
    """The formats that other packages bring, by name; one that cannot be loaded is a format that always fails."""
    points = sorted(metadata.entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    return tuple((f"{point.name} ({point.value})", _load(point)) for point in points)


def _load(point: metadata.EntryPoint) -> Format:
    try:
        return cast("Format", point.load())
    except Exception as error:  # noqa: BLE001 - foreign code: a broken plug-in must not stop a reading
        return _Broken(error)


class _Broken:
    """A plug-in that could not be loaded: it says so on every use, in the problems of the Source."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def sniff(self, data: bytes, name: str) -> bool:  # noqa: ARG002 - the signature of `Format`
        raise self.error

    def read(self, data: bytes, name: str) -> Source:  # noqa: ARG002 - the signature of `Format`
        raise self.error


def _attempt(label: str, reader: Format, data: bytes, name: str, failures: list[Found]) -> Source | None:
    """What one format makes of the bytes, earlier failures noted; None when it declines or fails."""
    try:
        if not reader.sniff(data, name):
            return None
        source = reader.read(data, name)
    except MemoryError:  # a limit of the process, not a defect of the format
        raise
    except Exception as error:  # noqa: BLE001 - law 7: a bad file never stops the other files
        failures.append(_failed(label, error))
        return None
    return _sound(source, label, tuple(failures))


def _sound(source: Source, label: str, failures: tuple[Found, ...]) -> Source:
    """The Source with the failures before it; refused when its nodes overlap or leave the text."""
    try:
        source.text.encode("utf-8")
    except UnicodeEncodeError as error:
        return refused(EXTRACTOR, _failed(label, error))
    if len(source.text) > LONGEST:
        return refused(source.extractor, unreadable(f"a text of {len(source.text):,} characters; the limit is {LONGEST:,}", SPLIT))
    edge = 0
    for node in source.nodes:
        if not edge <= node.start < node.end <= len(source.text):
            problem = _failed(label, ValueError(f"node [{node.start}, {node.end}) overlaps or leaves the text"))
            return refused(EXTRACTOR, problem)
        edge = node.end
    if not failures:
        return source
    return Source(source.text, source.extractor, source.nodes, source.metadata, (*failures, *source.problems))


def _failed(label: str, error: Exception) -> Found:
    reason = f"{type(error).__name__}: {error}"[:300]
    return (
        "unreadable", "high", f"unreadable: the format {label} failed ({reason})",
        "This is a defect of that format: report it with the file. Meanwhile save the document as plain text.",
    )  # fmt: skip

"""What the tests of exports share: the sample's rows as a book, and a small book whose texts are payloads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from reaffirm.export.book import Book
from reaffirm.model import Run

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.ledger import Ledger

# What runs, breaks or vanishes somewhere: formulas, control characters, line ends, escapes of every format, astral, right-to-left.
PAYLOADS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1dA1", "'", "''=1", "'=1", '=HYPERLINK("http://evil.example")',
    "=cmd|' /C calc'!A0", "a\x00b", "\x01\x1f", "a\x0bb\x0cc", "\x7f", "\x85", "\u2028\u2029", "line\nline", "line\r\nline",
    "line\rline", "\r", "\n",
    "_x0000_", "_x005F_", "_x0000\x01", "_x0041_x0042_", "_\x00", "\ufffe\uffff", "\ufeff", "𝔸𐍈😀", "שלום", "\u202eevil\u202c", "\u200f",
    "a;b", "a\\;b",
    "a; b", ";", "\\", " lead", "trail ", "  ", "", '"quoted"', "<b>&amp;</b>", "]]>", "<script>alert(1)</script>", "a,b", "TY  - GEN",
    "ER  - ",
    "BEGIN:VEVENT", "a:b;c=d,e\\n", "é", "e\u0301", "NA", "null", "TRUE", "1", "1e5", "2031-04-12", "http://evil.example",
    "mailto:a@b.example", "{=1}",
)  # fmt: skip
ALPHABET = st.sampled_from(["=", "+", "-", "@", "'", "\t", "\n", "\r", "\x00", "\x01", "\x1f", "_", "x", "0", "4", "1", "_x0000", ";",
" ", "\\", '"', ",",
                            "<", "&", "𝔸", "ש", "\u202e", "a", "\ufffe", "\u2028", "\ufeff", ":", "=1"])  # fmt: skip
TEXTS = st.one_of(st.sampled_from(PAYLOADS), st.lists(ALPHABET, max_size=8).map("".join))
RUN = Run("R-0", "0.0.0", "c", "p", "m")
KINDS = ("documents", "statements", "commitments", "demands", "meetings", "mentions", "timex", "threads", "problems", "copies", "actors")


def gathered(ledger: Ledger) -> Book:
    """All rows of a ledger."""
    return ledger._book()


def span(text: str, words: str, start: int = 0) -> dict[str, Any]:
    begin = text.index(words, start)
    return {"text": words, "start": begin, "end": begin + len(words)}


def small(payload: str) -> Book:
    """One document, one row of each kind; the payload stands in the text, in every span and in every free text."""
    text = f"Head {payload} | said {payload} | will {payload}"
    said = {"text": payload, "start": 5, "end": 5 + len(payload)}
    read: dict[str, Any] = {"rule": payload, "entry": None, "rejected": [payload], "verdict": None, "merged": {}}
    names = [payload, "Elna Marsten"]
    item = {"doc": "a.txt", "statement": "S-1", "action": said, "issues": [payload], **read}
    rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    rows["documents"] = [{
        "id": "D-1", "doc": "a.txt", "sha256": "0" * 64, "text_sha256": "1" * 64, "kind": "joint statement", "relation": "output",
        "authority": "official text", "title": said, "publisher": payload, "author": payload, "language": "en", "translation": None,
        "url": None,
        "published": "2031-04-12", "published_earliest": "2031-04-12", "published_latest": "2031-04-12", "published_basis": "stated",
        "event_dates": ["2031-04-12"], "events": ["M-1"], "forums": [payload], "headings": [said], "furniture": [],
        "extractor": "plain/1", "run": "R-0",
    }]  # fmt: skip
    rows["meetings"] = [{
        "id": "M-1", "kind": "talks", "forum": payload, "forum_id": None, "edition": None, "date": "2031-05-01/2031-05-03",
        "place": payload,
        "format": None, "status": "planned", "participants": names, "participants_external": [], "states": [payload], "tellings": ["M-1"],
        "evidence": [{"doc": "a.txt", **said}], "verdict": None, "merged": {payload: payload},
    }]  # fmt: skip
    rows["statements"] = [{
        "id": "S-1", "doc": "a.txt", "source": said, "cue": None, "content": [said, said], "addressee": None, "speakers": names,
        "speakers_external": [], "parties": [payload], "offices": {payload: payload}, "certainty": "certain", "directness": "direct",
        "quoted_from": None, "act": "assertive", "strength": 1, "factuality": "plain", "nested_in": None, "issues": [payload],
        "meeting": None, **read,
    }]  # fmt: skip
    rows["commitments"] = [{
        "id": "C-1", **item, "cue": said, "illocution": payload, "polarity": "will", "parties": [payload, "Velmara"],
        "undertaker": [payload],
        "persons": [], "condition": None, "due": "2031-06", "due_span": said, "anchor": None, "due_rule": payload, "strength": 3,
        "band": "medium",
        "force": [1, 1, 1], "evidence_mode": "turn", "position": False, "g7_test": None, "test": {"discrete": True},
    }]  # fmt: skip
    rows["demands"] = [{
        "id": "N-1", **item, "commitment": "C-1", "class": "demand", "holder": [payload], "target": [payload], "target_explicit": True,
        "object": None, "modality_span": said, "strength": 2, "polarity": "positive", "answered_by": [],
    }]  # fmt: skip
    step = {"doc": "a.txt", "date": "2031-04-12", "status": "introduced", "members": ["C-1", "S-1"], "wording": [said],
    "voice": "parties",
            "rule": payload, "was": [payload], "now": [payload]}  # fmt: skip
    silent = {"doc": "a.txt", "searched": payload, "nearest": said, "score": 0.25}
    rows["threads"] = [{"id": "T-1", "label": payload, "issues": [payload], "topic": False, "steps": [step], "silent": [silent]}]
    rows["mentions"] = [{"doc": "a.txt", "surface": said, "names": [payload], "kind": "person", "office": None}]
    rows["timex"] = [{"doc": "a.txt", "surface": said, "phrase": said, "type": "DATE", "value": payload, "mod": None, "interval": None,
                      "anchor": None, "granularity": None, "fuzzy": False}]  # fmt: skip
    rows["problems"] = [{"id": "P-1", "doc": "a.txt", "kind": "unknown", "severity": "low", "message": payload, "resolution": payload,
                         "evidence": [{"doc": "a.txt", **said}]}]  # fmt: skip
    rows["copies"] = [{"id": "L-1", "kind": "reprint", "a": "a.txt", "b": "b.txt", "shared": 0.5, "rule": payload,
                       "differences": [{"a": said, "b": None}]}]  # fmt: skip
    rows["actors"] = [
        {"name": payload, "kind": "person", "state": payload, "actor": payload},
        {"name": "Velmara", "kind": "state", "state": None, "actor": "Velmara"},
    ]
    return Book({kind: tuple(found) for kind, found in rows.items()}, {"a.txt": text}, (RUN,))


@cache
def sampled(path: Path) -> Book:
    """All rows of the sample's ledger."""
    from reaffirm.ledger import Ledger  # noqa: PLC0415 - loads much

    with Ledger(path) as ledger:
        return gathered(ledger)

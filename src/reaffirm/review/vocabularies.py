"""The exchange format as tables: keys, closed vocabularies, dates and references; and a check of a folder against them.

The tables say in code what docs/format.md says in words; vocabularies that the model has are taken from there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from reaffirm import model
from reaffirm.review.dates import bounds
from reaffirm.review.rows import JSON, KINDS, Row, name, read, records, require_folder, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILES = (*KINDS, "problems", "actors", "sentences")
ACT_KEYS = "id doc statement issues strength polarity action"
# The keys of each file; `steps` and `silent` are the keys of the objects in a thread.
KEYS = {
    "documents": "id doc sha256 kind title publisher author language translation published published_earliest published_latest "
    "published_basis event_dates events furniture headings text_sha256",
    "statements": "id doc source cue content speakers speakers_external parties offices certainty directness quoted_from act strength "
    "factuality nested_in issues meeting",
    "commitments": f"{ACT_KEYS} parties undertaker illocution condition due due_span anchor band evidence_mode g7_test",
    "demands": f"{ACT_KEYS} commitment answered_by class holder target target_explicit modality_span",
    "meetings": "id kind forum edition date place format participants participants_external status evidence",
    "mentions": "doc surface names kind office",
    "timex": "doc surface phrase type value mod interval anchor granularity fuzzy",
    "threads": "id label issues topic steps silent",
    "steps": "doc date status members wording voice",
    "silent": "doc searched nearest score",
    "problems": "id kind severity message resolution evidence",
    "actors": "name state also",
    "sentences": "id doc text start end furniture",
}
# Keys whose value may be neither null nor empty.
ESSENTIAL = {
    "documents": "id doc",
    "statements": "id doc content directness factuality",
    "commitments": "id doc action polarity",
    "demands": "id doc class action",
    "meetings": "id evidence",
    "mentions": "doc surface kind",
    "timex": "doc surface type",
    "threads": "id steps",
    "steps": "doc",
    "problems": "id kind severity message",
    "actors": "name",
}
ANCHORS = ("publication", "speaking", "event", "text")
BANDS = {"strong": (5, 6), "medium": (3, 4), "weak": (1, 2)}
POLARITIES: dict[str, tuple[JSON, ...]] = {
    "demand": ("positive", "negative"),
    "evaluation": ("positive", "negative", "mixed", "neutral"),
    "inference": ("neutral", None),
    "question": (None,),
}
VOCABULARY: dict[tuple[str, str], tuple[str, ...]] = {
    ("documents", "kind"): get_args(model.Genre),
    ("statements", "certainty"): get_args(model.Certainty),
    ("statements", "directness"): get_args(model.Directness),
    ("statements", "quoted_from"): ("joint statement",),
    ("statements", "factuality"): get_args(model.Factuality),
    ("statements", "act"): get_args(model.Act),
    ("commitments", "polarity"): ("will", "will not", "withheld"),
    ("commitments", "band"): tuple(BANDS),
    ("commitments", "evidence_mode"): ("turn", "quotation", "paraphrase", "media report", "writer", "hearsay"),
    ("commitments", "anchor"): ANCHORS,
    ("demands", "class"): ("demand", "evaluation", "question", "inference"),
    ("meetings", "status"): ("held", "planned", "called for", "called off", "mentioned"),
    ("meetings", "format"): ("in person", "online"),
    ("mentions", "kind"): (*get_args(model.ActorKind), "pronoun"),
    ("timex", "type"): ("DATE", "TIME", "DURATION", "SET"),
    ("timex", "mod"): (
        "START", "MID", "END", "APPROX", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN",
        "EQUAL_OR_LESS", "EQUAL_OR_MORE",
    ),
    ("timex", "anchor"): ANCHORS,
    ("timex", "granularity"): ("day", "week", "month", "quarter", "half", "year", "decade", "century"),
    ("steps", "status"): (
        "introduced", "reaffirmed", "strengthened", "weakened", "mixed", "restated", "carried out", "delayed", "reversed",
    ),
    ("steps", "voice"): ("parties", "account", "writer", "third party"),
    ("problems", "severity"): get_args(model.Severity),
}  # fmt: skip
RANGE = {("commitments", "strength"): (0, 6), ("demands", "strength"): (1, 4), ("silent", "score"): (0, 1)}
DATES = {
    "documents": "published published_earliest published_latest event_dates",
    "commitments": "due",
    "meetings": "date",
    "timex": "interval",
    "steps": "date",
}
REFERENCES = {
    ("documents", "events"): ("meetings",),
    ("statements", "nested_in"): ("statements",),
    ("statements", "meeting"): ("meetings",),
    ("commitments", "statement"): ("statements",),
    ("demands", "statement"): ("statements",),
    ("demands", "commitment"): ("commitments",),
    ("demands", "answered_by"): ("commitments",),
    ("steps", "members"): ("statements", "commitments", "demands", "meetings"),
}


def check(folder: Path) -> list[str]:
    """What breaks the exchange format in a folder, one line a finding, in the order of files and rows."""
    require_folder(folder)
    files = {kind: read(folder, kind) for kind in FILES}
    rows = list(_rows(files))
    ids = {kind: {i for row in found if (i := name(row.get("id")))} for kind, found in files.items()}
    docs = ids["documents"] | set(_strings([d.get("doc") for d in files["documents"]]))
    return [
        *_repeated(files),
        *(f"{where}: {what}" for kind, where, row in rows for what in _findings(kind, row)),
        *(f"{where}: {what}" for kind, where, row in rows for what in _dangling(kind, row, ids)),
        *(f"{where}: no document {doc}" for _, where, row in rows for doc in _docs(row) if doc not in docs),
    ]


def _rows(files: dict[str, list[Row]]) -> Iterator[tuple[str, str, Row]]:
    """Each row, and each step and silence of a thread, with its kind and where it stands."""
    for kind, found in files.items():
        for number, row in enumerate(found, 1):
            where = f"{kind}.jsonl, row {number}"
            yield kind, where, row
            for part in ("steps", "silent") if kind == "threads" else ():
                yield from ((part, f"{where}, {part} {n}", r) for n, r in enumerate(records(row, part), 1))


def _repeated(files: dict[str, list[Row]]) -> Iterator[str]:
    counts = Counter(name(row.get("id")) for found in files.values() for row in found)
    yield from (f"the id {i} stands {n} times" for i, n in counts.items() if i and n > 1)
    stored = Counter(name(row.get("doc")) for row in files["documents"])
    yield from (f"documents.jsonl: {doc} stands {n} times" for doc, n in stored.items() if doc and n > 1)


def _findings(kind: str, row: Row) -> Iterator[str]:
    """What is wrong with a row by itself."""
    yield from (f"{key} is missing" for key in KEYS[kind].split() if key not in row)
    yield from (f"{key} is empty" for key in ESSENTIAL.get(kind, "").split() if key in row and not row[key])
    for key, value in row.items():
        yield from _value(kind, key, value)
    yield from (f"span {what}" for span in _spans(row) for what in _span(span))
    if kind == "demands":
        yield from _polarity(row)
    if kind == "commitments" and row.get("band") != _band(row.get("strength")):
        yield f"band {row.get('band')} does not fit strength {row.get('strength')}"


def _value(kind: str, key: str, value: JSON) -> Iterator[str]:
    base = key.removesuffix("_accept")
    if (allowed := VOCABULARY.get((kind, base))) is not None:
        yield from (f"{key} {said!r} is not in the vocabulary" for said in _strings(value) if said not in allowed)
    if base in DATES.get(kind, "").split():
        yield from (f"{key} {said!r} is no EDTF level 1 date" for said in _strings(value) if bounds(said) is None)
    if (limits := RANGE.get((kind, key))) and value is not None and not _between(value, limits):
        yield f"{key} {value!r} is not between {limits[0]} and {limits[1]}"


def _between(value: JSON, limits: tuple[int, int]) -> bool:
    return isinstance(value, int | float) and limits[0] <= value <= limits[1]


def _polarity(row: Row) -> Iterator[str]:
    if row.get("polarity") not in POLARITIES.get(str(row.get("class")), (None,)):
        yield f"polarity {row.get('polarity')!r} does not go with class {row.get('class')}"


def _band(strength: JSON) -> str | None:
    return next((band for band, limits in BANDS.items() if _between(strength, limits)), None)


def _strings(value: JSON) -> Iterator[str]:
    """The strings in a value, however deep its lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member)


def _spans(value: JSON) -> Iterator[Row]:
    """The spans in a value; those of a thread's steps and silences are left to these."""
    if isinstance(value, list):
        for member in value:
            yield from _spans(member)
    elif isinstance(value, dict):
        if {"text", "start", "end"} <= value.keys():
            yield value
        for key, member in value.items():
            if key not in {"steps", "silent"}:
                yield from _spans(member)


def _span(span: Row) -> Iterator[str]:
    text, start, end = span["text"], span["start"], span["end"]
    if not isinstance(text, str) or not text:
        yield f"has no text at {start}"
    elif start is None and end is None:
        return
    elif not isinstance(start, int) or not isinstance(end, int) or start < 0 or end - start != len(text):
        yield f"[{start}, {end}) does not fit the {len(text)} code points of {text[:40]!r}"


def _docs(row: Row) -> Iterable[str]:
    return _strings([row.get("doc"), *(e.get("doc") for e in records(row, "evidence"))])


def _dangling(kind: str, row: Row, ids: dict[str, set[str]]) -> Iterator[str]:
    """The references of a row that lead nowhere, or to a row of another kind."""
    for (file, key), targets in REFERENCES.items():
        if file == kind:
            known = set().union(*(ids[target] for target in targets))
            yield from (f"{key} {said} names no row of {', '.join(targets)}" for said in words(row.get(key)) if said not in known)

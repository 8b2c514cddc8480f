"""Cards, voices and other values to JSON columns and back, without loss."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, cast

from reaffirm.model import UNKNOWN, Block, Card, Evidence, Field, Label, MetaField, OfficeHeld, PackEntry, Receipt, Span, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reaffirm.store.protocol import Record

KINDS: Mapping[str, type[Evidence]] = {"span": Span, "meta": MetaField, "pack": PackEntry, "receipt": Receipt}
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
BOUNDS = ("earliest", "latest")
NAMES = {kind: name for name, kind in KINDS.items()}


def storable(text: str) -> str:
    """The text as SQLite can keep it: a lone surrogate (an undecodable byte of a file name) becomes an escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def dump(value: object) -> str:
    """The value as canonical JSON; a lone surrogate stays an escape, which JSON reads back as itself."""
    return storable(ENCODER.encode(value))


def names(column: str) -> tuple[str, ...]:
    """The names of a JSON list."""
    return tuple(json.loads(column))


def evidence_value(evidence: Evidence) -> dict[str, object]:
    """One piece of evidence as a JSON object that names its kind."""
    kind = type(evidence)
    return {"evidence": NAMES[kind], **{name: getattr(evidence, name) for name in kind.__match_args__}}


def _evidence(value: dict[str, object]) -> Evidence:
    kind = KINDS[str(value["evidence"])]
    return kind(**{key: item for key, item in value.items() if key != "evidence"})  # type: ignore[arg-type]


def _field_value(field: Field) -> dict[str, object]:
    return {"value": field.value, "basis": field.basis, "evidence": [evidence_value(e) for e in field.evidence]}


def _field(value: dict[str, object]) -> Field:
    found = cast("list[dict[str, object]]", value["evidence"])
    return Field(value["value"], value["basis"], tuple(_evidence(e) for e in found))  # type: ignore[arg-type]


def card_fields(card: Card) -> Iterator[Field]:
    """All fields of a card, those of lists included."""
    for spec in fields(card):
        value: Field | tuple[Field, ...] = getattr(card, spec.name)
        yield from value if isinstance(value, tuple) else (value,)


def card_column(card: Card) -> str:
    """A card as JSON; bounds only where there are some, as they came in with schema 3."""
    values: dict[str, object] = {}
    for spec in fields(card):
        value = getattr(card, spec.name)
        if spec.name in BOUNDS and value == UNKNOWN:
            continue
        values[spec.name] = [_field_value(f) for f in value] if isinstance(value, tuple) else _field_value(value)
    return dump(values)


def read_card(column: str) -> Card:
    """The card of a JSON column."""
    card = Card()
    for name, value in json.loads(column).items():
        field = tuple(_field(f) for f in value) if isinstance(value, list) else _field(value)
        card = replace(card, **{name: field})  # type: ignore[arg-type]
    return card


def metadata_column(metadata: Iterable[MetaField]) -> str:
    """Metadata as found, in its order, as JSON."""
    return dump([[field.key, field.value] for field in metadata])


def read_metadata(column: str) -> tuple[MetaField, ...]:
    """The metadata of a JSON column."""
    return tuple(MetaField(key, value) for key, value in json.loads(column))


def voice_columns(voice: Voice, document: str) -> tuple[str | None, ...]:
    """A voice as the columns of table `voice`."""
    offices = [
        {"name": o.name, "office": o.office, "basis": o.basis, "evidence": [evidence_value(e) for e in o.evidence]} for o in voice.offices
    ]
    lists = dump(voice.speakers), dump(voice.external), dump(voice.parties), dump(offices)
    return (voice.statement, document, *lists, voice.certainty, storable(voice.rule), voice.inputs)


def read_voice(row: Record) -> Voice:
    """The voice of a record of table `voice`."""
    offices = tuple(
        OfficeHeld(o["name"], o["office"], o["basis"], tuple(_evidence(e) for e in o["evidence"])) for o in json.loads(row["offices"])
    )
    lists = names(row["speakers"]), names(row["external"]), names(row["parties"])
    return Voice(row["statement"], *lists, offices, row["certainty"], row["rule"], row["inputs"])


def block_columns(document: str, order: int, block: Block) -> tuple[object, ...]:
    """A block as the columns of table `block`."""
    label = block.label and dump(list(asdict(block.label).values()))
    extent = block.start, block.end, dump(block.parts)
    return (document, order, block.kind, *extent, label, storable(block.reason))


def read_block(row: Record) -> Block:
    """The block of a record of table `block`."""
    label = Label(*json.loads(row["label"])) if row["label"] else None
    parts = tuple((start, end) for start, end in json.loads(row["parts"]))
    return Block(row["kind"], row["start"], row["end"], parts, label, row["reason"])


def spans_of(evidence: Iterable[Evidence]) -> Iterator[Span]:
    """Those pieces of evidence that are spans."""
    return (item for item in evidence if isinstance(item, Span))

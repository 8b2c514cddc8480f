"""What a person may decide about a row: the fields that can be corrected, their values, and the Judgement that keeps the decision."""

from __future__ import annotations

import getpass
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, get_args

from reaffirm.days import bounds
from reaffirm.errors import UsageError
from reaffirm.model import Act, Certainty, Directness, Factuality, Judgement, digest
from reaffirm.readings import Band, DemandClass, EvidenceMode, Polarity, Tone
from reaffirm.store import items, queries
from reaffirm.store.explaining import explain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reaffirm.model import Verdict
    from reaffirm.store.protocol import Store

Values = tuple[str, ...] | None  # those that the exchange format allows; None: a list of names
NUMBERS = tuple("0123456")
# What a person may correct, by the letter with which the ids of a kind of row begin.
FIELDS: dict[str, dict[str, Values]] = {
    "S": {
        "speakers": None, "parties": None, "directness": get_args(Directness), "factuality": get_args(Factuality),
        "act": get_args(Act), "strength": NUMBERS, "certainty": get_args(Certainty),
    },
    "C": {
        "parties": None, "undertaker": None, "polarity": get_args(Polarity), "strength": NUMBERS, "band": get_args(Band),
        "evidence_mode": get_args(EvidenceMode), "due": (),
    },
    "N": {"holder": None, "target": None, "class": get_args(DemandClass), "strength": NUMBERS[1:5], "polarity": get_args(Tone)},
}  # fmt: skip
DATED = "due"  # its value is a date
MAY_BE_UNKNOWN = {"act", "strength", "certainty", "due", "polarity"}
SHOWN = {"S": ("speakers", "directness"), "C": ("parties", "undertaker"), "N": ("holder", "target")}  # judged as a whole by these


def decision(store: Store, row: str, verdict: Verdict, change: str | None, who: str | None) -> Judgement:
    """The judgement on a statement, commitment or demand: accepted, rejected, unsure, or corrected with `field=value`; not yet recorded."""
    key = queries.resolve_row(store, row)
    if key[0] not in FIELDS:
        message = (
            f"{row} is no statement, commitment or demand; only these can be judged (`date` dates a document, `meeting` joins meetings)"
        )
        raise UsageError(message)
    quote, values = _read(store, key)
    name, value = _change(key[0], change) if verdict == "corrected" else (None, None)
    judged = values[name] if name else {field: values[field] for field in SHOWN[key[0]]}
    return judgement(key, verdict, name, value, (quote, judged), who)


def judgement(row: str, verdict: Verdict, field: str | None, value: str | None, read: tuple[str, object], who: str | None) -> Judgement:
    """A judgement made now, with the words and the machine's value (`read`) that were judged; equal decisions have the equal id."""
    who = who or user()
    key = digest(row, verdict, field, value, who)[:16]
    return Judgement(f"J-{key}", row, verdict, field, value, read[0], json.dumps(read[1], ensure_ascii=False), who, now())


def _read(store: Store, key: str) -> tuple[str, Mapping[str, object]]:
    """The words of a row, and what the machine read in the fields that can be corrected."""
    if key[0] == "S":
        found = explain(store, key).said
        if found is None:  # a statement always has its words
            raise UsageError(key)
        voice, own = found.voice, found.statement
        spoken = {"speakers": voice.speakers, "parties": voice.parties, "certainty": voice.certainty} if voice else {}
        told = {name: getattr(own, name) for name in ("directness", "factuality", "act", "strength")}
        return found.quote, {**dict.fromkeys(FIELDS["S"]), **told, **spoken}
    if key[0] == "C":
        promised = next(iter(items.commitments(store, row=key, rejected=True)))
        bond, duty = promised.row, promised.derived
        owed = {"parties": duty.parties, "undertaker": duty.undertaker, "due": duty.due} if duty else {}
        force = {"strength": bond.force.strength, "band": bond.force.band, "polarity": bond.polarity, "evidence_mode": bond.mode}
        return bond.action.exact, {**dict.fromkeys(FIELDS["C"]), **force, **owed}
    asked = next(iter(items.demands(store, row=key, rejected=True)))
    call = {"holder": asked.derived.holder, "target": asked.derived.target} if asked.derived else {}
    own_words = {"class": asked.row.kind, "strength": asked.row.strength, "polarity": asked.row.polarity}
    return asked.row.action.exact, {**dict.fromkeys(FIELDS["N"]), **own_words, **call}


def _change(kind: str, change: str | None) -> tuple[str, str]:
    """The field that is corrected and its right value, as a judgement keeps them."""
    name, mark, value = (part.strip() for part in (change or "").partition("="))
    fields = FIELDS[kind]
    if not mark or name not in fields:
        first = next(iter(fields))
        message = f"say what to correct as FIELD=VALUE, for instance '{first}=Ana Duarte; Jonas Weidel'; fields: {', '.join(fields)}"
        raise UsageError(message)
    allowed = fields[name]
    if allowed is None:
        return name, _names(name, value)
    known = bounds(value) is not None if name == DATED else value in allowed
    if not known and not (name in MAY_BE_UNKNOWN and not value):
        unknown = ", or nothing for unknown" if name in MAY_BE_UNKNOWN else ""
        one_of = "write an EDTF date such as 2031-04 or 2031-04-15" if name == DATED else f"choose one of: {', '.join(allowed)}"
        message = f"{name} cannot be {value!r}; {one_of}{unknown}"
        raise UsageError(message)
    return name, value


def _names(field: str, value: str) -> str:
    if not value.strip("; "):
        message = f"{field} needs at least one name; where nobody is known write ?"
        raise UsageError(message)
    return "; ".join(part.strip() for part in value.split(";") if part.strip())


def user() -> str:
    """Who is at work, as far as this machine knows."""
    try:
        return os.environ.get("REAFFIRM_USER") or getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in containers
        return "unknown"


def now() -> str:
    """This moment, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")

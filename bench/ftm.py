"""Reads an export in FollowTheMoney again with that project's own library, which needs a compiler and ICU, and so is in no extra.

    apt-get install libicu-dev pkg-config g++ ; python -m venv ftm ; ftm/bin/pip install followthemoney
    reaffirm export ftm ledger.ftm --ledger L
    ftm/bin/python bench/ftm.py ledger.ftm

Told are: entities and values of properties in the file and as the library has them, after it cleaned every value by its type; values that
it drops or changes; entities that lack what their schema wants; references that lead nowhere or to a schema that is out of range. White
space at the ends of a value, which cleaning cuts off, is counted and no fault: the export loses nothing, so that offsets hold. The exit
code is 1 where anything is unequal. Without the library the script says that it was skipped; without a file it exports the sample corpus,
for which Reaffirm must be installed beside it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]


def main(arguments: list[str]) -> int:
    """The exit code: 0 when all is equal or the library is not there, 1 otherwise."""
    if find_spec("followthemoney") is None:
        print("skipped: the library followthemoney is not installed here; the head of this script says how it is")
        return 0
    data = Path(arguments[0]).read_bytes() if arguments else sample()
    written = [json.loads(line) for line in data.splitlines()]
    library = import_module("followthemoney")
    read = [library.model.get_proxy(entity, cleaned=False) for entity in written]
    trimmed = sum(value != value.strip() for entity in written for held in entity["properties"].values() for value in held)
    faults = [*differences(written, read), *broken(read)]
    print(f"followthemoney {library.__version__}: {len(written)} entities written, {len({proxy.id for proxy in read})} read")
    for name, count in sorted(Counter(entity["schema"] for entity in written).items()):
        print(f"  {name:<14}{count:>6}")
    values = sum(len(held) for entity in written for held in entity["properties"].values())
    print(f"values of properties: {values} written, {sum(len(proxy.get(name)) for proxy in read for name in proxy.properties)} read")
    print(f"values with white space at an end, which cleaning cuts off: {trimmed}")
    print(f"faults: {len(faults)}")
    print("\n".join(f"  {fault}" for fault in faults[:50]))
    return 1 if faults else 0


def sample() -> bytes:
    """The export of the sample corpus."""
    ledgers = import_module("reaffirm.ledger")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "sample.ftm"
        with ledgers.Ledger(Path(folder) / "sample.db", create=True, packs=[ROOT / "examples" / "pack"]) as ledger:
            ledger.add([ROOT / "examples" / "corpus"])
            ledger.export("ftm", out)
        return out.read_bytes()


def differences(written: list[dict[str, Any]], read: list[Any]) -> Iterator[str]:
    """What the library has otherwise than the file: identity, schema, values but for white space at their ends."""
    for entity, proxy in zip(written, read, strict=True):
        if (entity["id"], entity["schema"]) != (proxy.id, proxy.schema.name):
            yield f"{entity['id']}: is {proxy.id}, {proxy.schema.name}"
        for name in sorted({*entity["properties"], *proxy.properties}):
            before, after = {value.strip() for value in entity["properties"].get(name, ())}, set(proxy.get(name, quiet=True))
            if before != after:
                lost, gained = ([value[-60:] for value in sorted(values)] for values in (before - after, after - before))
                yield f"{entity['id']} ({entity['schema']}) {name}: … {lost} became … {gained}"


def broken(read: list[Any]) -> Iterator[str]:
    """What a schema wants and an entity lacks, and references that do not lead where they should."""
    known = {proxy.id: proxy for proxy in read}
    if len(known) < len(read):
        yield f"{len(read) - len(known)} ids stand twice"
    for proxy in read:
        yield from (f"{proxy.id} ({proxy.schema.name}): {name} is missing" for name in proxy.schema.required if not proxy.get(name))
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                target = known.get(value)
                if target is None or not target.schema.is_a(prop.range):
                    yield f"{proxy.id} ({proxy.schema.name}) {prop.name}: {value} is {target.schema.name if target else 'nowhere'}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What a record looks like as JSON: its value, and its schema for OpenAPI, read from the dataclass itself."""

from __future__ import annotations

import ast
import sys
import types
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Json = dict[str, Any]  # what a schema is; its shape is that of JSON Schema
PLAIN: dict[object, Json] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"},
    type(None): {"type": "null"}, object: {}, Any: {},
}  # fmt: skip


def value(record: object) -> object:
    """A record as what `json.dumps` takes: dataclasses as objects, tuples as arrays."""
    if is_dataclass(record) and not isinstance(record, type):
        return {f.name: value(getattr(record, f.name)) for f in fields(record)}
    if isinstance(record, dict):
        return {str(key): value(item) for key, item in record.items()}
    if isinstance(record, list | tuple):
        return [value(item) for item in record]
    return record


class Schemas:
    """The schemas of dataclasses, each under its name; those whose name is taken get their module's before it."""

    def __init__(self) -> None:
        self.named: dict[str, Json] = {}
        self.names: dict[object, str] = {}

    def of(self, kind: object) -> Json:
        """The schema of a type: a dataclass (by reference), a closed list, a tuple, a mapping, a union or a plain value."""
        if kind in PLAIN:
            return PLAIN[kind]
        origin, inside = get_origin(kind), get_args(kind)
        if is_dataclass(origin or kind):
            return {"$ref": f"#/components/schemas/{self._name(kind)}"}
        if origin is Literal:
            return {"enum": list(inside)}
        if origin in {Union, types.UnionType}:
            return {"anyOf": [self.of(part) for part in inside]}
        if origin is tuple:
            return self._tuple(inside)
        if origin is list:
            return {"type": "array", "items": self.of(inside[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(inside[1])}
        message = f"{kind!r} has no schema; records are dataclasses of plain values, tuples, closed lists and other records"
        raise TypeError(message)

    def _tuple(self, inside: tuple[object, ...]) -> Json:
        if len(inside) == 2 and inside[1] is Ellipsis:
            return {"type": "array", "items": self.of(inside[0])}
        return {"type": "array", "prefixItems": [self.of(part) for part in inside], "minItems": len(inside), "maxItems": len(inside)}

    def _name(self, kind: object) -> str:
        if kind not in self.names:
            whole = "".join(part.__name__ for part in (get_origin(kind) or kind, *get_args(kind)))
            taken = whole in self.names.values()
            self.names[kind] = f"{getattr(kind, '__module__', '').rpartition('.')[2].capitalize()}{whole}" if taken else whole
            self.named[self.names[kind]] = self._record(kind)
        return self.names[kind]

    def _record(self, kind: object) -> Json:
        noun: Any = get_origin(kind) or kind
        known = dict(zip((p for p in getattr(noun, "__parameters__", ())), get_args(kind), strict=False))
        members = {name: self.of(_filled(hint, known)) for name, hint in hints(noun).items()}
        return {"type": "object", "description": noun.__doc__ or "", "properties": members, "required": list(members)}


def _filled(hint: Any, known: dict[object, object]) -> Any:  # noqa: ANN401 - any annotation
    """An annotation with type variables replaced by what they stand for."""
    if isinstance(hint, TypeVar):
        return known.get(hint, object)
    if not known or not getattr(hint, "__parameters__", ()):
        return hint
    return hint[tuple(known.get(p, object) for p in hint.__parameters__)]


@cache
def hints(noun: type) -> dict[str, Any]:
    """The types of a dataclass's fields; names that its module imports for annotations alone are imported here."""
    found: dict[str, Any] = get_type_hints(noun, localns=_annotated(noun.__module__))
    return {f.name: found[f.name] for f in fields(noun)}


@cache
def _annotated(module: str) -> dict[str, object]:
    """The names that a module imports under `if TYPE_CHECKING:`."""
    file = sys.modules[module].__file__
    body = ast.parse(Path(file).read_text(encoding="utf-8")).body if file else []
    blocks = (node.body for node in body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    imports = [line for block in blocks for line in block if isinstance(line, ast.ImportFrom) and line.module]
    return {
        alias.asname or alias.name: getattr(import_module(line.module), alias.name, object)
        for line in imports if line.module for alias in line.names
    }  # fmt: skip

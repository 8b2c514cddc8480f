"""GraphML of the network: for Gephi, igraph, networkx, Cytoscape, yEd. Days stand in the attributes `start` and `end`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from reaffirm.export.book import guid
from reaffirm.export.escapes import coded
from reaffirm.export.network import network

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reaffirm.export.book import Book
    from reaffirm.export.network import Point, Tie, Value

SPACE = "http://graphml.graphdrawing.org/xmlns"
DAYS = {"start": "string", "end": "string"}


def data(book: Book) -> bytes:
    """The bytes of the graph; characters that XML cannot hold are `_xHHHH_`. An edge's id is a UUID of what it joins."""
    found = network(book)
    root = etree.Element(f"{{{SPACE}}}graphml", nsmap={None: SPACE})
    sorts = {"graph": {"provenance": "string"}, "node": {"label": "string"} | found.node_types | DAYS, "edge": found.edge_types | DAYS}
    for sort, types in sorts.items():
        for name, kind in types.items():
            _put(root, "key", {"id": f"{sort}-{name}", "for": sort, "attr.name": name, "attr.type": kind})
    graph = _put(root, "graph", {"id": "ledger", "edgedefault": "directed"})
    _values(graph, "graph", {"provenance": "; ".join(f"{what} {value}" for what, value in book.provenance())})
    for point in found.points:
        node = _put(graph, "node", {"id": point.id})
        _values(node, "node", {"label": point.label, **point.values, **_days(point)})
    for tie in found.ties:
        edge = _put(graph, "edge", {"id": guid("edge", tie.id), "source": tie.source, "target": tie.target})
        _values(edge, "edge", {**tie.values, **_days(tie)})
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _put(parent: etree._Element, tag: str, attributes: Mapping[str, str]) -> etree._Element:
    return etree.SubElement(parent, f"{{{SPACE}}}{tag}", {key: coded(value) for key, value in attributes.items()})


def _values(parent: etree._Element, sort: str, values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        held = _put(parent, "data", {"key": f"{sort}-{name}"})
        held.text = coded(str(value).lower() if isinstance(value, bool) else str(value))


def _days(what: Point | Tie) -> dict[str, str]:
    return {name: value for name, value in zip(DAYS, what.days, strict=True) if value}

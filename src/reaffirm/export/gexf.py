"""GEXF 1.2 of the network, dynamic: Gephi's time line shows its slices (https://gexf.net)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from reaffirm.export.book import TOOL, guid
from reaffirm.export.escapes import coded
from reaffirm.export.network import network

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reaffirm.export.book import Book
    from reaffirm.export.network import Point, Tie, Value

SPACE = "http://www.gexf.net/1.2draft"


def data(book: Book) -> bytes:
    """The bytes of the graph: days as `start` and `end` of nodes and edges, open where unknown; no day on which it was made."""
    found = network(book)
    root = etree.Element(f"{{{SPACE}}}gexf", nsmap={None: SPACE}, version="1.2")
    meta = _put(root, "meta", {})
    _put(meta, "creator", {}).text = TOOL
    _put(meta, "description", {}).text = coded("; ".join(f"{what} {value}" for what, value in book.provenance()))
    graph = _put(root, "graph", {"mode": "dynamic", "defaultedgetype": "directed", "timeformat": "date"})
    for sort, types in (("node", found.node_types), ("edge", {name: t for name, t in found.edge_types.items() if name != "weight"})):
        listed = _put(graph, "attributes", {"class": sort, "mode": "static"})
        for name, kind in types.items():
            _put(listed, "attribute", {"id": f"{sort}-{name}", "title": name, "type": kind})
    nodes = _put(graph, "nodes", {})
    for point in found.points:
        _values(_put(nodes, "node", {"id": point.id, "label": point.label, **_days(point)}), "node", point.values)
    edges = _put(graph, "edges", {})
    for tie in found.ties:
        ends = {"id": guid("edge", tie.id), "source": tie.source, "target": tie.target, "type": "directed"}
        edge = _put(edges, "edge", {**ends, "label": str(tie.values["kind"]), "weight": str(tie.values["weight"]), **_days(tie)})
        _values(edge, "edge", {name: value for name, value in tie.values.items() if name != "weight"})
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _put(parent: etree._Element, tag: str, attributes: Mapping[str, str]) -> etree._Element:
    return etree.SubElement(parent, f"{{{SPACE}}}{tag}", {key: coded(value) for key, value in attributes.items()})


def _values(parent: etree._Element, sort: str, values: Mapping[str, Value]) -> None:
    listed = _put(parent, "attvalues", {})
    for name, value in values.items():
        _put(listed, "attvalue", {"for": f"{sort}-{name}", "value": str(value).lower() if isinstance(value, bool) else str(value)})


def _days(what: Point | Tie) -> dict[str, str]:
    return {name: value for name, value in zip(("start", "end"), what.days, strict=True) if value}

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import igraph
import networkx as nx
import pytest
from export_books import PAYLOADS, TEXTS, sampled, small
from hypothesis import given, settings

from reaffirm.export import gexf, graphml, originals
from reaffirm.export.escapes import coded, decoded
from reaffirm.export.network import network
from reaffirm.export.sheets import sheets
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from reaffirm.export.book import Book
    from reaffirm.export.network import Point, Tie

pytest_plugins = ["samples"]


def value(found: object) -> object:
    return decoded(found) if isinstance(found, str) else found


def expected(book: Book) -> tuple[dict[str, dict[str, object]], list[tuple[str, str, dict[str, object]]]]:
    """The nodes by id and the edges, with their attributes, as the network has them."""

    def told(what: Point | Tie) -> dict[str, object]:
        return {**what.values, **{key: day for key, day in zip(("start", "end"), what.days, strict=True) if day}}

    graph = network(book)
    edges = sorted(((tie.source, tie.target, told(tie)) for tie in graph.ties), key=repr)
    return {point.id: {"label": point.label, **told(point)} for point in graph.points}, edges


def by_networkx(graph: nx.DiGraph) -> tuple[dict[str, dict[str, object]], list[tuple[str, str, dict[str, object]]]]:
    nodes = {decoded(key): {name: value(v) for name, v in values.items()} for key, values in graph.nodes(data=True)}
    edges = [(decoded(a), decoded(b), {name: value(v) for name, v in values.items() if name not in {"id", "label"}})
             for a, b, values in graph.edges(data=True)]  # fmt: skip
    return nodes, sorted(edges, key=repr)


def sort_keys(found: tuple[dict[str, dict[str, object]], list[tuple[str, str, dict[str, object]]]]) -> object:
    nodes, edges = found
    return nodes, sorted(((a, b, sorted(values.items())) for a, b, values in edges), key=repr)


def test_graphml_read_by_networkx_has_all_nodes_edges_and_attributes(sample: Path) -> None:
    graph = nx.read_graphml(io.BytesIO(graphml.data(sampled(sample))))
    assert graph.is_directed()
    assert sort_keys(by_networkx(graph)) == sort_keys(expected(sampled(sample)))
    assert f"version {VERSION}" in graph.graph["provenance"]


def test_graphml_read_by_igraph_has_all_nodes_edges_and_attributes(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "a.graphml").write_bytes(graphml.data(sampled(sample)))
    graph = igraph.Graph.Read_GraphML(str(tmp_path / "a.graphml"))
    nodes, edges = expected(sampled(sample))
    assert [v["id"] for v in graph.vs] == list(nodes)
    for vertex in graph.vs:
        for name, held in nodes[vertex["id"]].items():
            assert value(vertex[name]) == held, name
    found = sorted(((graph.vs[e.source]["id"], graph.vs[e.target]["id"], e["kind"], e["weight"], e["rows"]) for e in graph.es), key=repr)
    assert found == sorted(((a, b, v["kind"], v["weight"], v["rows"]) for a, b, v in edges), key=repr)


def test_gexf_read_by_networkx_has_all_nodes_edges_and_attributes(sample: Path) -> None:
    data = gexf.data(sampled(sample))
    graph = nx.read_gexf(io.BytesIO(data))
    assert graph.graph["mode"] == "dynamic"
    assert sort_keys(by_networkx(graph)) == sort_keys(expected(sampled(sample)))
    assert f"<creator>Reaffirm {VERSION}</creator>".encode() in data
    assert b"lastmodifieddate" not in data


def test_slices_of_time_hold_what_was_said_in_them(sample: Path) -> None:
    graph = nx.read_gexf(io.BytesIO(gexf.data(sampled(sample))))
    dated = [(values["start"], values["end"]) for _, _, values in graph.edges(data=True) if "start" in values and "end" in values]
    assert len(dated) > 100
    assert all(first <= last for first, last in dated)
    early = {values["doc"] for _, _, values in graph.edges(data=True) if values.get("end", "9") < "2032" and values["doc"]}
    assert early
    assert all(doc.startswith(("01-", "02-")) for doc in early)


def test_commitments_have_every_attribute_of_their_sheet(sample: Path) -> None:
    sheet = next(sheet for sheet in sheets(sampled(sample)) if sheet.name == "commitments")
    assert {heading.name for heading in sheet.headings} - {"id", originals.COLUMN} <= set(network(sampled(sample)).node_types)


def test_what_the_edges_are() -> None:
    graph = network(small("x"))
    names = {p.id: f"{p.values['kind']}:{p.label}" if p.id != "C-1" else p.id for p in graph.points}
    found = {(tie.values["kind"], names[tie.source], names[tie.target]): tie for tie in graph.ties}
    assert set(found) == {
        ("said", "actor:x", "issue:x"), ("said", "actor:Elna Marsten", "issue:x"), ("co-statement", "actor:Elna Marsten", "actor:x"),
        ("party to", "actor:x", "C-1"), ("party to", "actor:Velmara", "C-1"), ("undertakes", "actor:x", "C-1"),
        ("files under", "C-1", "issue:x"), ("asks", "actor:x", "actor:x"), ("agreement", "actor:Velmara", "actor:x"),
    }  # fmt: skip
    assert found["said", "actor:x", "issue:x"].days == ("2031-04-12", "2031-04-12")
    assert found["agreement", "actor:Velmara", "actor:x"].values["symmetric"] is True
    assert next(p for p in network(small("x")).points if p.id == "C-1").days == ("2031-04-12", "2031-06-30")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_lost(payload: str, tmp_path: Path) -> None:
    book = small(payload)
    assert sort_keys(by_networkx(nx.read_graphml(io.BytesIO(graphml.data(book))))) == sort_keys(expected(book))
    assert sort_keys(by_networkx(nx.read_gexf(io.BytesIO(gexf.data(book))))) == sort_keys(expected(book))
    (tmp_path / "a.graphml").write_bytes(graphml.data(book))
    graph = igraph.Graph.Read_GraphML(str(tmp_path / "a.graphml"))
    assert {decoded(v["id"]) for v in graph.vs} == set(expected(book)[0])
    assert coded(payload) in {v["label"] for v in graph.vs}


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back(text: str) -> None:
    book = small(text)
    assert sort_keys(by_networkx(nx.read_graphml(io.BytesIO(graphml.data(book))))) == sort_keys(expected(book))
    assert sort_keys(by_networkx(nx.read_gexf(io.BytesIO(gexf.data(book))))) == sort_keys(expected(book))

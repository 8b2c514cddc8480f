"""Names that people said are of one actor, in what is taken away: beside the names that were read, one node in a graph."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from reaffirm.export.network import network
from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

pytest_plugins = ["samples"]
ONE, OTHER = "Elna Marsten", "Dorun Keshiwa"


def test_the_merged_name_stands_beside_the_read_one(book: Path, pack: Path, tmp_path: Path) -> None:
    with Ledger(book, packs=[pack]) as ledger:
        ledger.same_actor(ONE, OTHER, who="Ana")
        ledger.export(tmp_path / "out")
        ledger.export("csv", tmp_path / "sheets")
    rows = [json.loads(line) for line in (tmp_path / "out" / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    read = [row for row in rows if OTHER in row["speakers"]]
    assert read
    assert all(row["merged"] == {OTHER: ONE} for row in read)
    assert all(row["merged"] == {} for row in rows if OTHER not in (*row["speakers"], *row["parties"]))
    with (tmp_path / "sheets" / "actors.csv").open(encoding="utf-8-sig", newline="") as lines:
        actors = {row["name"]: row["actor"] for row in csv.DictReader(lines)}
    assert actors[OTHER] == actors[ONE] == ONE
    assert sum(name != actor for name, actor in actors.items()) == 1


def test_a_graph_has_one_node_for_both_names_with_the_edges_of_both(book: Path, pack: Path) -> None:
    with Ledger(book, packs=[pack]) as ledger:
        apart = network(ledger._book())
        ledger.same_actor(ONE, OTHER, who="Ana")
        joined = network(ledger._book())
    nodes = {point.label: point for point in joined.points if point.values["kind"] == "actor"}
    assert OTHER not in nodes
    assert nodes[ONE].values["names"] == OTHER
    assert len(joined.points) == len(apart.points) - 1
    known = {point.label: point.id for point in apart.points}
    for kind in ("said", "party to", "asks"):
        ends = {known[ONE], known[OTHER]}
        rows = {row for t in apart.ties if t.values["kind"] == kind and {t.source, t.target} & ends for row in told(t)}
        assert {row for t in joined.ties if t.values["kind"] == kind and nodes[ONE].id in {t.source, t.target} for row in told(t)} == rows


def told(tie: object) -> list[str]:
    return str(tie.values["rows"]).split("; ")  # type: ignore[attr-defined] # a tie


def test_a_part_of_an_actor_is_that_of_all_its_names(book: Path, pack: Path, tmp_path: Path) -> None:
    with Ledger(book, packs=[pack]) as ledger:
        many = []
        for n, name in enumerate((ONE, OTHER)):
            ledger.export("jsonl", tmp_path / str(n), speaker=name)
            many.append(set((tmp_path / str(n) / "statements.jsonl").read_text(encoding="utf-8").splitlines()))
        ledger.same_actor(ONE, OTHER, who="Ana")
        ledger.export("jsonl", tmp_path / "both", speaker=OTHER)
    found = [json.loads(line)["id"] for line in (tmp_path / "both" / "statements.jsonl").read_text(encoding="utf-8").splitlines()]
    assert set(found) == {json.loads(line)["id"] for lines in many for line in lines}

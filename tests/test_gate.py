from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import gate
from gate import Bars, Found

if TYPE_CHECKING:
    from pathlib import Path


def bars(**floors: float) -> Bars:
    return Bars(dict(floors), {"errors": 2.0}, {"a": "old"}, [])


@pytest.mark.parametrize(("figure", "floor"), [(0.918, 0.9), (1.0, 0.99), (0.9999, 0.98), (0.005, 0.0), (0.0, 0.0), (0.61, 0.6)])
def test_a_floor_stays_a_margin_below_the_figure(figure: float, floor: float) -> None:
    assert gate.reachable(figure) == floor


def test_floors_only_rise_and_ceilings_only_fall() -> None:
    own = bars(low=0.5, high=0.9)
    gate.lift(own, Found({"low": 0.8, "high": 0.85, "errors": 3.0}))
    assert (own.floors, own.ceilings) == ({"low": 0.79, "high": 0.9}, {"errors": 2.0})
    gate.lift(own, Found({"errors": 0.0}))
    assert own.ceilings == {"errors": 0.0}


def test_a_figure_below_its_floor_or_gone_or_above_its_ceiling_is_missed() -> None:
    lines, failed = gate.told(bars(low=0.5, gone=0.5), Found({"low": 0.4, "errors": 3.0}))
    assert failed == 3
    assert [line.split()[0] for line in lines] == ["MISSING", "MISSED", "MISSED"]


def test_what_cannot_be_measured_is_named_with_the_reason_and_does_not_fail() -> None:
    lines, failed = gate.told(Bars({"seeds.x.y.all.f1": 0.9}, {}, {}, []), Found(skipped={"seeds": "not there"}))
    assert failed == 0
    assert lines[0].startswith("skipped  seeds.x.y.all.f1")
    assert lines[0].endswith("not there")


def test_a_changed_corpus_is_told_and_recorded_only_by_raising() -> None:
    own, found = bars(), Found({"errors": 0.0}, fingerprints={"a": "new"})
    assert any("CORPUS A HAS CHANGED" in line for line in gate.told(own, found)[0])
    gate.lift(own, found)
    assert own.corpora == {"a": "new"}
    assert not any("CHANGED" in line for line in gate.told(own, found)[0])


def test_lowering_needs_a_missed_bar_and_a_reason_and_keeps_it(tmp_path: Path) -> None:
    own = bars(low=0.5)
    for found, why in ((Found({"low": 0.4}), "oops"), (Found({"low": 0.6}), "a good reason here"), (Found(), "a good reason here")):
        with pytest.raises(SystemExit):
            gate.lower(own, found, "low", why)
    assert own.floors == {"low": 0.5}
    gate.lower(own, Found({"low": 0.4}), "low", "the gold was wrong in two rows")
    assert own.floors == {"low": 0.39}
    own.write(tmp_path / "floors.json")
    assert Bars.read(tmp_path / "floors.json") == own
    kept = json.loads((tmp_path / "floors.json").read_text(encoding="utf-8"))["lowered"]
    assert kept == [{"key": "low", "from": 0.5, "to": 0.39, "why": "the gold was wrong in two rows"}]


def test_a_fingerprint_changes_with_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    first = gate.fingerprint(tmp_path)
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    second = gate.fingerprint(tmp_path)
    (tmp_path / "b.txt").write_text("two", encoding="utf-8")
    assert len({first, second, gate.fingerprint(tmp_path)}) == 3


def test_the_file_of_floors_is_sound() -> None:
    own = Bars.read()
    assert own.floors.keys().isdisjoint(own.ceilings)
    assert all(0 <= floor <= 1 for floor in own.floors.values())
    assert all(entry["why"] for entry in own.lowered)
    assert {key.partition(".")[0] for key in (*own.floors, *own.ceilings)} <= {"examples", "seeds", "turns", "files", "pages"}

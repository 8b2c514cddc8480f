"""Bars on the marked documents of the shared folder that the scorer does not measure: the turns of the gist, and their offices."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from reaffirm import packs, pipeline
from reaffirm.review.matching import office_key

SHARED = Path(os.environ.get("REAFFIRM_SHARED", Path(__file__).parents[2] / "shared"))
GOLD = SHARED / "gold" / "seeds" / "statements.jsonl"


@pytest.mark.skipif(not GOLD.exists(), reason=f"{GOLD.name} of the shared folder is not there (REAFFIRM_SHARED)")
def test_every_turn_of_the_gist_has_its_speaker_and_the_office_of_that_day() -> None:
    gold = [row for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines()) if row["directness"] == "turn"]
    (name,) = {row["doc"] for row in gold}
    found = pipeline.observe(name, (SHARED / "seeds" / name).read_bytes(), packs.load())
    spoken = {voice.statement: voice for voice in found.voices}
    turns = {row.content[0].start: spoken[row.id] for row in found.statements if row.directness == "turn"}
    assert len(gold) == len(turns) == 10
    for row in gold:
        voice = turns[row["content"][0]["start"]]
        assert list(voice.speakers) == row["speakers"]
        assert {o.name: office_key(o.office) for o in voice.offices} == {who: office_key(what) for who, what in row["offices"].items()}

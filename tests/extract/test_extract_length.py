"""Long and odd texts: no crash, and time in proportion to the length."""

from __future__ import annotations

import time

import pytest
from extract_marks import PACKS

from reaffirm.extract.statements import read_text

SAID = "The minister said that the talks would go on. “We will not yield,” she added. According to the guild, the tolls hurt trade. "
FOREIGN = "The envoy said قال الوزير إن المحادثات ستستمر. שלום עולם 外务省发言人表示会谈将继续 he added. "


def seconds(text: str) -> float:
    begun = time.process_time()
    read_text(text, PACKS)
    return time.process_time() - begun


@pytest.mark.parametrize(
    "make",
    [
        lambda n: SAID * (4 * n),  # one paragraph, 30,000 words at n = 300
        lambda n: "\n\n".join([SAID * 4] * n),
        lambda n: FOREIGN * n,
        lambda n: "He said that " * n + "it rained.",
        lambda n: "He said " + "“a " * n + "b" + "” " * n + ".",
        lambda n: "The minister, " * n + "said that it rained.",
        lambda n: "The guild agreed" + " and agreed to meet" * n + ".",
        lambda n: "According to " * n + "him it rained.",
        lambda n: "“" * n + " he said. " + '"' * n,
    ],
    ids=["paragraph", "paragraphs", "scripts", "said-that", "nested-marks", "appositions", "coordination", "adverbials", "bare-marks"],
)
def test_four_times_the_text_takes_no_more_than_in_proportion(make) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    seconds(SAID)
    assert seconds(make(300)) < 8 * seconds(make(75)) + 0.6  # sixteen times, were it quadratic


def test_ten_thousand_nested_quotation_marks_are_read() -> None:
    assert read_text("He said “yes”. " + "“a " * 10_000 + "b" + "” " * 10_000, PACKS)


def test_statements_are_found_among_other_scripts() -> None:
    rows = read_text("外务省发言人表示。 The envoy said that the talks had failed. قال الوزير إن المحادثات ستستمر.", PACKS)
    assert [r.content[0].exact for r in rows if r.cue and r.cue.exact == "said"] == ["the talks had failed"]


def test_a_clause_far_inside_a_chain_of_sayings_keeps_its_cue() -> None:
    rows = read_text("He said that " * 3 + "it rained.", PACKS)
    assert rows
    assert rows[0].cue is not None
    assert rows[0].cue.exact == "said"

from __future__ import annotations

import pytest

from reaffirm import furniture, packs
from reaffirm.model import Node, Source

PACKS = packs.load()
PROSE = "The harbour ministers of Veldania and Ostmark agreed on Monday to open three ports to grain."


def marks(text: str) -> dict[str, str]:
    lines = furniture.split(Source(text, "test"))
    found = furniture.mark(lines, furniture.measure(lines), PACKS)
    return {lines[i].text: reason for i, reason in found.items()}


@pytest.mark.parametrize("rule", PACKS.furniture, ids=lambda rule: rule.id)
def test_each_rule_matches_its_examples_and_no_rule_any_counterexample(rule: packs.FurnitureRule) -> None:
    assert rule.examples
    assert rule.counterexamples
    assert [e for e in rule.examples if not rule.pattern.fullmatch(e)] == []
    others = [(c, other.id) for c in rule.counterexamples for other in PACKS.furniture if other.pattern.fullmatch(c)]
    assert others == []


def test_the_pack_has_enough_rules_with_ids_of_their_own() -> None:
    assert len(PACKS.furniture) >= 80
    assert len({rule.id for rule in PACKS.furniture}) == len(PACKS.furniture)


@pytest.mark.parametrize(
    "sentence",
    [
        PROSE,
        "Share prices fell in Veldania after the vote, and the central bank said nothing.",
        "Follow the money, the old envoy used to say, and you will find the treaty.",
        "Print shops in the capital closed for a day of mourning.",
        "Comments by the foreign minister of Ostmark drew a protest.",
        "Read more carefully, the annex does not promise anything.",
        "Advertisement of weapons will be banned under the new act.",
        "Copyright law was the last open chapter of the trade talks.",
        "Thank you.",
        "Yes.",
        "No.",
        "That is all I can say about it today.",
        "By continuing the talks, the parties have shown good will.",
        "Home rule was never on the table",
        "Peace",
        "Maritime security",
        "3 May 2021",
        "By Ana Duarte",
        "Press release",
    ],
)
def test_body_headings_dates_and_bylines_are_never_furniture(sentence: str) -> None:
    text = "\n\n".join(["The ports of the north", PROSE, sentence, PROSE + " A review follows in spring.", sentence])
    assert sentence not in marks(text)


def test_rules_of_the_top_and_the_bottom_do_not_reach_the_middle() -> None:
    text = "\n\n".join(["Video", "Ports open again", PROSE, "Video", "Media", PROSE + " The work begins.", "Media"])
    lines = furniture.split(Source(text, "test"))
    assert sorted(furniture.mark(lines, furniture.measure(lines), PACKS)) == [0, 6]


def test_tags_behind_the_last_paragraph_are_furniture() -> None:
    found = marks(f"Ports open\n\n{PROSE}\n\n  • Grain\n  • Port Authority\n  • Ostmark")
    assert set(found) == {"• Grain", "• Port Authority", "• Ostmark"}
    assert set(found.values()) == {"rule:tag"}


@pytest.mark.parametrize(
    "lead",
    ["The two sides agreed on the following topics.", "They will work together on:", "Three tasks are listed below."],
)
def test_a_list_that_the_last_paragraph_announces_is_body(lead: str) -> None:
    assert marks(f"Ports open\n\n{PROSE}\n\n{lead}\n\n• Grain\n• Steel\n• Timber") == {}


def test_bulleted_sentences_at_the_end_are_body() -> None:
    assert marks(f"{PROSE}\n\n• Ostmark will open two ports.\n• Veldania will send inspectors.") == {}


def test_page_numbers_of_a_wrapped_text_are_furniture_and_years_are_not() -> None:
    wrapped = (
        "The harbour ministers of the two states have\nagreed to open their ports to ships that bring\ngrain to the islands of the\n"
        "{}\n\nnorth and\nof the south before the end of the winter."
    )
    assert marks(wrapped.format("14")) == {"14": "rule:page number"}
    assert marks(wrapped.format("1994")) == {}


def test_ornaments_are_furniture_and_ellipses_are_not() -> None:
    assert marks(f"{PROSE}\n\n* * *\n\n{PROSE}\n\n...\n\n{PROSE}") == {"* * *": "rule:ornament"}


def test_a_pack_word_inside_a_wrapped_paragraph_is_body() -> None:
    text = (
        "The new paper of the harbour ministry was, said the\nreporters who had come a long way to see it, no\nadvertisement\n"
        "for the craft of those who had written it so quickly\nin a room without any light at all."
    )
    assert marks(text) == {}


def test_the_reason_of_a_node_is_honoured() -> None:
    text = "Menu of the house\nBody text"
    source = Source(text, "test", (Node(0, 17, "/nav", None, "node:nav"), Node(18, 27, "/p", "paragraph")))
    lines = furniture.split(source)
    assert furniture.mark(lines, furniture.measure(lines), PACKS) == {0: "node:nav"}


def test_a_wrapped_text_is_measured_and_one_line_a_paragraph_is_not() -> None:
    wrapped = "\n".join(["the ships of the northern fleet sailed out of the bay"] * 8)
    assert furniture.measure(furniture.split(Source(wrapped, "test"))).wrapped
    assert not furniture.measure(furniture.split(Source("\n".join([PROSE] * 8), "test"))).wrapped

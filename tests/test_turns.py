from __future__ import annotations

import pytest

from reaffirm import blocks, packs
from reaffirm.model import Node, Source

PACKS = packs.load()
A = "We have agreed to open three ports before the winter comes."
B = "We welcome this, and we will send inspectors to the quays."
C = "I thank my colleague for her words and for her patience."


def turns(text: str) -> list[tuple[str, list[str]]]:
    cut = blocks.cut(Source(text, "test"), PACKS)
    return [(text[b.label.start : b.label.end], [text[s:e] for s, e in b.parts]) for b in cut if b.label]


def labels(text: str) -> list[str]:
    return [label for label, _ in turns(text)]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n", "\n\n\n\n"])
def test_title_and_name_at_first_then_the_surname(gap: str) -> None:
    text = gap.join([f"Minister for Foreign Affairs Ilse Brandt: {A}", f"Prime Minister Tomas Rehn: {B}", f"Brandt: {C}", f"Rehn: {A}"])
    assert turns(text) == [
        ("Minister for Foreign Affairs Ilse Brandt", [A]), ("Prime Minister Tomas Rehn", [B]), ("Brandt", [C]), ("Rehn", [A]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "label",
    [
        "MR. VARGA", "Ms. Okoro", "Lloyd J. Harrow III", "Çağrı Tavuşoğlu", "Maeve O’Brannon", "Rosa de la Cuesta", "Sheikh Omar al-Tarim",
        "Park Yong-ho", "Foreign Minister Ana Duarte", "Ana Duarte (Foreign Minister)", "Ana Duarte, Foreign Minister, Veldania",
        "REPORTER (Coastal Press)", "Q", "QUESTION", "MODERATOR", "The Chair", "CHAIR VARGA", "Jean-Luc d’Estrelle", "Senator Milo Varga",
        "Unidentified Speaker", "DE LA CUESTA",
    ],
)  # fmt: skip
def test_a_recurring_label_with_a_colon(label: str) -> None:
    text = f"{label}: {A}\n\nJonas Weidel: {B}\n\n{label}: {C}\n\nJonas Weidel: {A}"
    assert turns(text) == [(label, [A]), ("Jonas Weidel", [B]), (label, [C]), ("Jonas Weidel", [A])]


@pytest.mark.parametrize("labels_", [("CHAIR VARGA", "MS. OKORO"), ("MR. VARGA", "LENA J. OKORO"), ("VICTORIA McGREW", "CHAIR OKORO")])
def test_capitals_closed_by_a_full_stop(labels_: tuple[str, str]) -> None:
    one, two = labels_
    text = f"{one}. {A}\n\n{two}. {B}\n\n{one}. {C}\n\n{two}. {A}"
    cut = [block for block in blocks.cut(Source(text, "test"), PACKS) if block.label]
    assert labels(text) == [one, two, one, two]
    assert [text[b.label.cue_start : b.label.cue_end] for b in cut if b.label] == ["."] * 4
    assert text[cut[0].parts[0][0] :].startswith(A)


@pytest.mark.parametrize("colon", ["", ":"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_labels_on_their_own_line(colon: str, gap: str) -> None:
    who = ["ILSE BRANDT", "TOMAS REHN", "ILSE BRANDT", "TOMAS REHN", "MILO VARGA"]
    text = "\n\n".join(f"{name}{colon}{gap}{said}" for name, said in zip(who, [A, B, C, A, B], strict=True))
    found = [block.label for block in blocks.cut(Source(text, "test"), PACKS) if block.label]
    assert labels(text) == who
    assert all(text[label.cue_start : label.cue_end] == colon for label in found)
    assert turns(text)[-1] == ("MILO VARGA", [B])


@pytest.mark.parametrize(("q", "a"), [("Q:", "A:"), ("Q.", "A."), ("QUESTION:", "ANSWER:"), ("Q1.", "A1."), ("**Q:**", "**A:**")])
def test_questions_and_answers(q: str, a: str) -> None:
    text = f"{q} When will the ports open?\n\n{a} {A}\n\n{q} And who pays for it?\n\n{a} {B}"
    assert [label.strip("*") for label in labels(text)] == [q.strip("*:."), a.strip("*:.")] * 2


def test_a_bare_q_in_front_of_a_question() -> None:
    text = f"MR. VARGA: {A}\n\nQ    When will the ports open?\n\nMR. VARGA: {B}\n\nQ    And who pays for that?\n\nMR. VARGA: {C}"
    assert labels(text) == ["MR. VARGA", "Q", "MR. VARGA", "Q", "MR. VARGA"]


def test_bold_labels_and_time_stamps() -> None:
    text = f"**Ana Duarte**: {A}\n\n**Milo Varga:** {B}\n\n[00:12:07] Ana Duarte: {C}\n\n00:13:10 Milo Varga: {A}"
    assert turns(text) == [("Ana Duarte", [A]), ("Milo Varga", [B]), ("Ana Duarte", [C]), ("Milo Varga", [A])]


def test_a_turn_of_several_paragraphs_is_one_block() -> None:
    text = f"Foreign Minister Ilse Brandt: {A}\n\n{B}\n\n{C}\n\nPrime Minister Tomas Rehn: {B}"
    assert turns(text)[0] == ("Foreign Minister Ilse Brandt", [A, B, C])


def test_hard_wrapped_turns() -> None:
    text = (
        "MR. VARGA: We have agreed with our friends in Ostmark to open\nthree ports to all ships before the winter, and to pay for\n"
        "the pilots ourselves.\n\nWe shall also send inspectors to the quays of\nOstmark next year.\n\nMS. OKORO: That is good news for"
        " the people of the islands,\nwho have waited a long time.\nMR. VARGA: It is."
    )
    assert [(label, len(parts)) for label, parts in turns(text)] == [("MR. VARGA", 2), ("MS. OKORO", 1), ("MR. VARGA", 1)]


def test_stage_notes_belong_to_neither_label_nor_content() -> None:
    text = (
        f"Minister Ilse Brandt (through interpreter): {A}\n\n(Laughter.)\n\nTomas Rehn: [in Ostmarkish] {B}\n\n(Applause.)\n\n{C}\n\n"
        f"Minister Ilse Brandt: {A}\n\n[Inaudible]\n\nTomas Rehn: {B}"
    )
    found = blocks.cut(Source(text, "test"), PACKS)
    assert turns(text) == [("Minister Ilse Brandt", [A]), ("Tomas Rehn", [B, C]), ("Minister Ilse Brandt", [A]), ("Tomas Rehn", [B])]
    assert [text[b.start : b.end] for b in found if b.kind == "note"] == ["(Laughter.)", "[Inaudible]"]


def test_an_editors_insertion_at_the_start_is_content() -> None:
    text = f"Ilse Brandt: [Going forward] {A}\n\nTomas Rehn: {B}\n\nIlse Brandt: {C}"
    assert turns(text)[0][1] == [f"[Going forward] {A}"]


def test_a_heading_ends_a_turn_and_turns_go_on_behind_it() -> None:
    text = f"Prime Minister Tomas Rehn: {A}\n\nThe northern ports\n\nRehn: {B}\n\nForeign Minister Ilse Brandt: {C}"
    found = blocks.cut(Source(text, "test"), PACKS)
    assert [b.kind for b in found] == ["turn", "heading", "turn", "turn"]


@pytest.mark.parametrize(
    "text",
    [
        f"Ports open\n\n{A}\n\nNote: the text is provisional.\n\n{B}\n\nNote: the annex is not.",
        f"{A}\n\nThe ministers agreed as follows: the ports open in May.\n\n{B}",
        "Joint meeting\n\nDate: 3 May 2021\n\nPlace: Harbour House\n\nParticipants: twelve delegations\n\nTel: 123 456",
        f"Editorial: Open the ports\n\n{A}\n\n{B}",
        f"{A}\n\nPhoto: Ana Duarte\n\n{B}\n\nCredit: Milo Varga\n\n{C}",
        f"{A}\n\nQuestion of principle: may a port be closed by its owner?\n\n{B}",
        f"{A}\n\nMaritime Security: the two sides will share what they know.\n\nFood Security: they will open three ports.\n\n{B}",
        f"{A}\n\nChair: Ana Duarte\nSecretary: Milo Varga\nTreasurer: Lena Okoro\n\n{B}",
        f"{A}\n\n1. Ana Duarte: the ports\n2. Milo Varga: the ships\n\n{B}",
        f"Mr. President,\n\n{A}\n\nMr. President,\n\n{B}\n\nExcellencies,\n\n{C}",
        f"{A}\n\nIlse: a name to remember.\n\n{B}",
        f"Background: {A}\n\nBackground: {B}\n\nThe background of this is long.",
        f"Recent History\n\n{A}\n\nFurther Work\n\n{B}\n\nRecent History\n\n{C}\n\nFurther Work\n\n{A}",
    ],
)
def test_words_before_a_colon_that_are_no_labels(text: str) -> None:
    assert labels(text) == []


def test_a_single_label_counts_only_with_title_and_name() -> None:
    assert labels(f"Ports open\n\n{A}\n\nForeign Minister Ilse Brandt: {B}") == ["Foreign Minister Ilse Brandt"]
    assert labels(f"Ports open\n\n{A}\n\nIlse Brandt: {B}") == []


def test_two_different_names_are_enough() -> None:
    assert labels(f"Ports open\n\nIlse Brandt: {A}\n\nTomas Rehn: {B}") == ["Ilse Brandt", "Tomas Rehn"]


def test_furniture_ends_a_turn() -> None:
    text = f"Ilse Brandt: {A}\n\nTomas Rehn: {B}\n\nRelated stories\n\n{C}"
    assert turns(text)[-1] == ("Tomas Rehn", [B])


def test_the_break_of_a_page_does_not_end_a_turn() -> None:
    text = f"Ilse Brandt: {A}\n\nPage 3 of 20\n\n{B}\n\nTomas Rehn: {C}\n\nPage 4 of 20\n\nIlse Brandt: {A}"
    found = blocks.cut(Source(text, "test"), PACKS)
    assert turns(text) == [("Ilse Brandt", [A, B]), ("Tomas Rehn", [C]), ("Ilse Brandt", [A])]
    assert [b.kind for b in found] == ["turn", "turn", "furniture", "turn"]


def test_labels_are_found_in_paragraphs_of_a_page_and_not_in_its_headings() -> None:
    parts = [f"Ilse Brandt: {A}", f"Tomas Rehn: {B}", "Ilse Brandt: the ports", f"Ilse Brandt: {C}"]
    text, nodes = "", []
    for i, part in enumerate(parts):
        nodes.append(Node(len(text), len(text) + len(part), f"/p[{i}]", "heading" if i == 2 else "paragraph"))
        text += part + "\n"
    found = blocks.cut(Source(text, "test", tuple(nodes)), PACKS)
    assert [b.kind for b in found] == ["turn", "turn", "heading", "turn"]


def test_a_label_without_anything_said_is_a_paragraph() -> None:
    text = f"ILSE BRANDT: {A}\n\nTOMAS REHN:\n\nILSE BRANDT: {B}\n\nTOMAS REHN: {C}"
    assert [b.kind for b in blocks.cut(Source(text, "test"), PACKS)] == ["turn", "paragraph", "turn", "turn"]


def test_a_note_that_is_all_that_is_said_is_content() -> None:
    text = f"ILSE BRANDT: {A}\n\nTOMAS REHN: (Laughter.)\n\nILSE BRANDT: {B}\n\nTOMAS REHN:\n(Off-mic.)"
    assert turns(text)[1] == ("TOMAS REHN", ["(Laughter.)"])
    assert turns(text)[3] == ("TOMAS REHN", ["(Off-mic.)"])


def test_answers_without_labels_are_not_given_to_the_questioner() -> None:
    text = f"Q: When will the ports open?\n\n{A}\n\nQ: And who pays for it?\n\n{B}"
    found = blocks.cut(Source(text, "test"), PACKS)
    assert [b.kind for b in found] == ["turn", "paragraph", "turn", "paragraph"]


def test_a_header_that_names_the_chair_is_no_turn() -> None:
    text = f"Hearing on ports\n\nChair: Milo Varga\n\nChair: {A}\n\nMs. Okoro: {B}\n\nChair: {C}\n\nMr. Rehn: Yes"
    assert labels(text) == ["Chair", "Ms. Okoro", "Chair", "Mr. Rehn"]


@pytest.mark.parametrize(
    "text",
    [
        "THE TOTAL.\n\nIlse Brandt: 1,203.\n\nTomas Rehn: 877.\n\nIlse Brandt: 12.\n\nTomas Rehn: 14.",
        f"ON THE SHORE: {A}\n\nBEFORE YOU SAIL: {B}\n\nON THE SHORE: {C}",
        f"MOSCOW: {A}\n\nSELBY: {B}",
        f"Continued Rehn: “{A}”\n\nStated Rehn: “{B}”",
    ],
)
def test_tallies_rubrics_and_datelines_are_no_turns(text: str) -> None:
    assert labels(text) == []


def test_delegates_of_an_assembly() -> None:
    text = (
        f"The President: {A}\n\nMr. Kim Sol (Ostmark): {B}\n\nMs. Lavri (Veldania) (spoke in Veldanian): {C}\n\n"
        f"The President (spoke in Ostmarkish): {A}"
    )
    assert labels(text) == ["The President", "Mr. Kim Sol (Ostmark)", "Ms. Lavri (Veldania)", "The President"]

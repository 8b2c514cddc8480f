from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reaffirm.extract.issues import OWN, filings, unfiled, wordtree
from reaffirm.extract.issues.things import named
from reaffirm.model import Block, Document, Mention, PackEntry, Receipt, Span
from reaffirm.packs import load

if TYPE_CHECKING:
    from reaffirm.packs import Issue, Thing
    from reaffirm.readings import Filing

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "examples/pack"
ISSUES, THINGS = load().issues, load().things
SAMPLE_ISSUES = load(SAMPLES).issues
KINDS = {"# ": "heading", "= ": "title", "~ ": "furniture", "": "paragraph"}


def page(*lines: str) -> Document:
    """A document whose lines are its blocks: `# ` a heading, `= ` a title, `~ ` furniture, else a paragraph."""
    blocks, text = [], ""
    for line in lines:
        mark = next(mark for mark in KINDS if line.startswith(mark))
        start, text = len(text), text + line.removeprefix(mark) + "\n"
        blocks.append(Block(KINDS[mark], start, len(text) - 1, ((start, len(text) - 1),)))  # type: ignore[arg-type]
    return Document("D-0", "", text, "", "plain/1", blocks=tuple(blocks))


def at(document: Document, words: str) -> tuple[str, tuple[Span, ...]]:
    start = document.text.index(words)
    return words, (document.span(start, start + len(words), "content"),)


def filed(document: Document, *rows: str, pack: tuple[Issue, ...] = ISSUES) -> tuple[Filing, ...]:
    return filings([at(document, row) for row in rows], document, (), pack, THINGS)


def issues_of(found: tuple[Filing, ...]) -> list[str]:
    return [filing.issue for filing in found if filing.kind == "issue"]


def words_of(found: tuple[Filing, ...]) -> list[str]:
    return [piece.exact for filing in found for piece in filing.evidence if isinstance(piece, Span)]


def own(sentence: str, pack: tuple[Issue, ...]) -> list[str]:
    document = page(sentence)
    return issues_of(filings([at(document, sentence)], document, (), pack, THINGS))


@pytest.mark.parametrize("issue", SAMPLE_ISSUES, ids=lambda issue: issue.id)
def test_the_examples_of_an_issue_are_filed_under_it_and_its_counterexamples_are_not(issue: Issue) -> None:
    pack = SAMPLE_ISSUES if issue not in ISSUES else ISSUES
    assert len(issue.examples) >= 2
    assert issue.counterexamples
    assert issue.source
    assert [e for e in issue.examples if issue.id not in own(e, pack)] == []
    assert [e for e in issue.counterexamples if issue.id in own(e, pack)] == []


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.id)
def test_the_examples_of_a_kind_of_thing_are_read_and_its_counterexamples_are_not(thing: Thing) -> None:
    for example in thing.examples:
        sentence, _, name = example.partition(" = ")
        document = page(sentence)
        assert (name, thing.id) in [(p.name, p.entry) for p in named(document, (), THINGS, [(0, len(document.text))])], example
    for counterexample in thing.counterexamples:
        document = page(counterexample)
        assert not [p for p in named(document, (), THINGS, [(0, len(document.text))]) if p.entry == thing.id], counterexample


def test_the_pack_covers_every_field_and_its_ids_and_names_are_unique() -> None:
    assert len(ISSUES) >= 150
    assert {issue.field for issue in ISSUES} == {"security", "regions", "economy", "climate", "global", "order", "bilateral"}
    assert len({issue.id for issue in ISSUES}) == len({issue.name for issue in ISSUES}) == len(ISSUES)


@pytest.mark.parametrize(
    ("sentence", "issues"),
    [
        ("Landmines were cleared.", ["landmines"]),
        ("The landmine was cleared.", ["landmines"]),
        ("They spoke of peace-keeping.", ["peacekeeping"]),
        ("They worry about militarization and the defense budget.", ["burden-sharing", "national-defence"]),
        ("Marn’s non\nproliferation policy is old.", ["nuclear-weapons"]),
        ("They will START at noon.", ["arms-control"]),
        ("They will start at noon.", []),
        ("The gulf states its case.", []),
        ("They raised the peace of the islands.", ["security-general"]),
        ("They raised the peace of the islands and the landmines there.", ["landmines"]),
        ("They welcomed the tariff cut, the ceasefire and the vaccine.", ["ceasefire", "pandemics", "tariffs"]),
        ("They spoke of trade. Agreement was near.", ["trade"]),
        ("The ruling alliance lost.", []),
    ],
)
def test_forms_are_met_in_singular_and_plural_in_either_spelling_and_with_their_capitals(sentence: str, issues: list[str]) -> None:
    assert own(sentence, ISSUES) == issues


def test_a_form_within_a_longer_one_does_not_count() -> None:
    assert own("The arms embargo stays.", ISSUES) == ["arms-transfers"]
    assert own("The climate finance was doubled.", ISSUES) == ["climate-finance"]


PAGE = page(
    "= The long road to a ceasefire",
    "# Fisheries",
    "The envoys spoke for an hour. They praised the landmine ban. They urged all to follow this.",
    "The council said that it was glad about the new tariff.",
    "It is late.",
    "~ Read more: cholera vaccine news",
)


@pytest.mark.parametrize(
    ("row", "issues", "words", "borrowed"),
    [
        ("praised the landmine ban", ["landmines"], ["landmine"], False),
        ("it was glad", ["tariffs"], ["tariff"], True),
        ("spoke for an hour", ["agriculture"], ["Fisheries"], True),
    ],
)
def test_where_a_rows_words_name_no_issue_what_stands_around_it_does_and_a_receipt_says_so(
    row: str, issues: list[str], words: list[str], *, borrowed: bool
) -> None:
    found = filed(PAGE, row)
    assert issues_of(found) == issues
    assert words_of(found) == words
    assert ([p for f in found for p in f.evidence if isinstance(p, Receipt)] == [Receipt(OWN)]) is borrowed


def test_a_heading_stands_as_heading_in_the_evidence() -> None:
    assert [p.role for f in filed(PAGE, "spoke for an hour") for p in f.evidence if isinstance(p, Span)] == ["heading"]


def test_the_sentence_before_tells_what_a_row_is_about_and_the_next_paragraph_does_not() -> None:
    plain = page("They praised the landmine ban. They urged all to follow this.", "They left.")
    assert issues_of(filed(plain, "follow this")) == ["landmines"]
    assert filed(plain, "They left") == ()


def test_the_issue_that_weighs_most_around_a_row_wins() -> None:
    plain = page("The landmine ban holds. The landmine victims were heard. The tariff fell. All landmines go. They urged this.")
    assert issues_of(filed(plain, "this")) == ["landmines"]
    assert words_of(filed(plain, "this")) == ["landmines", "landmine", "landmine"]


def test_a_faint_word_of_the_row_yields_to_what_its_sentence_and_neighbours_agree_on() -> None:
    assert issues_of(filed(page("They want peace."), "want peace")) == ["security-general"]
    assert issues_of(filed(page("The landmine ban holds. Of landmines they said: we want peace."), "want peace")) == ["landmines"]


def test_the_name_of_the_speakers_own_state_files_nothing() -> None:
    document = page("Cuba is glad.")
    mentions = (Mention(document.span(0, 4), "Cuba", "state"),)
    rows = [at(document, "Cuba is glad")]
    assert issues_of(filings(rows, document, mentions, ISSUES, THINGS)) == ["cuba"]
    assert filings(rows, document, mentions, ISSUES, THINGS, own="Cuba") == ()


def test_furniture_files_nothing_and_is_no_evidence() -> None:
    document = page("They rose.", "~ Tags: landmines, tariffs")
    assert filed(document, "They rose", "landmines, tariffs") == ()


def test_what_fits_nowhere_is_listed() -> None:
    document = page("They rose at noon and left.", "The landmine ban holds.")
    rows = [at(document, "rose at noon and left"), at(document, "landmine ban")]
    assert unfiled(rows, filings(rows, document, (), ISSUES, THINGS)) == ("rose at noon and left",)


def test_a_row_filed_under_a_thing_alone_is_still_listed_and_borrows_nothing_from_other_sentences() -> None:
    document = page("The landmine ban holds. All will honour Article 4.")
    rows = [at(document, "Article 4")]
    found = filings(rows, document, (), ISSUES, THINGS)
    assert [(f.kind, f.issue) for f in found] == [("thing", "Article 4")]
    assert unfiled(rows, found) == ("Article 4",)


def test_a_filing_names_the_pack_entry_it_rests_on() -> None:
    (found,) = filed(page("The landmine ban holds."), "landmine ban")
    assert found.evidence[1] == PackEntry("issues", "landmines")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("All keep the Harbour Charter, and Article 3 binds all. Article 3 of the Harbour Charter is short.",
         ["Harbour Charter", "Article 3 of the Harbour Charter", "Article 3 of the Harbour Charter", "Harbour Charter"]),
        ("The Convention on the Keeping of Bees and Marn", ["Convention on the Keeping of Bees"]),
        ("It applies the Grain Treaty to the Orrin Shoals.", ["Grain Treaty", "Orrin Shoals"]),
        ("In the Ruvian Sea ships met.", ["Ruvian Sea"]),
        ("Marn’s Coast Guard Law frightens all.", ["Coast Guard Law"]),
        ("The Treaty\non Grain", ["Treaty on Grain"]),
        ("They recalled resolutions 12 and the treaty.", ["resolutions 12"]),
        ("The islands, the sea and the act.", []),
    ],
)  # fmt: skip
def test_names_of_things_run_over_their_capitals_and_no_further(text: str, names: list[str]) -> None:
    document = page(text)
    marn = [Mention(document.span(i, i + 4), "Marn", "state") for i in range(len(text)) if text.startswith("Marn", i)]
    assert [p.name for p in named(document, tuple(marn), THINGS, [(0, len(text))])] == names


@given(st.text(alphabet="aTreaty ofon,.’'“”\n-4ivxIVX é", max_size=120))
def test_evidence_is_always_the_words_at_its_place(text: str) -> None:
    document = page(*(f"The landmine Treaty on {text}".split("\n")))
    found = filings([("r", (document.span(0, len(document.text)),))], document, (), ISSUES, THINGS)
    for filing in found:
        for piece in filing.evidence:
            assert not isinstance(piece, Span) or document.text[piece.start : piece.end] == piece.exact


@given(st.lists(st.sampled_from(["arms", "embargo", "climate", "finance", "of", "the", "UN"]), max_size=12))
def test_a_tree_finds_what_a_plain_search_finds(found: list[str]) -> None:
    root = wordtree.tree([("arms embargo", 0, False), ("climate", 1, False), ("UN", 2, True)])
    text = " ".join(found)
    seen = [(f.entries[0], f.faint) for f in wordtree.finds(wordtree.words(text), root)]
    assert seen.count((0, False)) == text.count("arms embargo")
    assert seen.count((1, False)) == found.count("climate")
    assert seen.count((2, True)) == found.count("UN")


def test_a_folder_laid_over_the_pack_replaces_an_entry_whole(tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues/issues.yaml").write_text("- id: landmines\n  name: Mines\n  field: security\n  forms: [bees]", encoding="utf-8")
    pack = load(tmp_path).issues
    assert len(pack) == len(ISSUES)
    assert (own("The bees are back.", pack), own("The cluster munition is old.", pack)) == (["landmines"], [])

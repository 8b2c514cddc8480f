from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from reaffirm import packs
from reaffirm.errors import PackError
from reaffirm.language.names import mentions
from reaffirm.model import Act, Block, Document, Factuality, Genre
from reaffirm.text import fold

if TYPE_CHECKING:
    from reaffirm.packs import Collective, Forum, GenreRule, Term, Title

PACKS = packs.load()
INVENTED = Path(__file__).parents[1] / "examples/pack"
def write(folder: Path, file: str, text: str) -> Path:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


# Loading


def test_the_shipped_packs_have_entries_of_every_kind_and_replace_nothing() -> None:
    assert [name for name in packs.FILES if not getattr(PACKS, name)] == []
    assert PACKS.replaced == ()


@pytest.mark.parametrize("name", packs.FILES)
def test_no_key_of_a_shipped_file_is_unknown_to_its_class(name: str) -> None:
    file, kind, _ = packs.FILES[name]
    known = {f.name for f in fields(kind)}
    rows = packs._rows(packs.builtin() / file)
    assert {key for row in rows for key in row} - known == set()


def test_loading_twice_gives_the_same_packs_and_fingerprint() -> None:
    assert packs.load() is PACKS
    assert packs.load.__wrapped__() == packs.load.__wrapped__()


def test_a_folder_adds_entries_and_changes_the_fingerprint(tmp_path: Path) -> None:
    table = "name,kind,aliases,demonyms,metonyms,source\nZubrovia,state,Kingdom of Zubrovia;Zubrowka,Zubrovian,,invented\n"
    folder = write(tmp_path, "states/states.csv", table)
    found = packs.load(folder)
    added = next(s for s in found.states if s.name == "Zubrovia")
    assert added.aliases == ("Kingdom of Zubrovia", "Zubrowka")
    assert (added.metonyms, found.replaced) == ((), ())
    assert len(found.states) == len(PACKS.states) + 1
    assert found.fingerprint != PACKS.fingerprint


def test_a_later_entry_wins_in_the_place_of_the_earlier_and_says_so(tmp_path: Path) -> None:
    first = write(tmp_path / "a", "furniture/furniture.yaml", "- {id: print, where: top, pattern: 'first'}\n")
    second = write(tmp_path / "b", "furniture/furniture.yaml", "- {id: print, where: bottom, pattern: 'second'}\n")
    found = packs.load(first, second)
    rule = next(r for r in found.furniture if r.id == "print")
    assert (rule.pattern.pattern, rule.where) == ("second", "bottom")
    assert [r.id for r in found.furniture] == [r.id for r in PACKS.furniture]
    assert found.replaced == ("furniture: print (by furniture/furniture.yaml)",) * 2
    assert next(r for r in packs.load(second, first).furniture if r.id == "print").pattern.pattern == "first"


def test_an_entry_twice_in_one_file_says_so(tmp_path: Path) -> None:
    folder = write(tmp_path, "titles/titles.yaml", "- {id: zupan, kind: role, forms: [zupan]}\n- {id: zupan, kind: role, forms: [župan]}\n")
    found = packs.load(folder)
    assert found.replaced == ("titles: zupan (by titles/titles.yaml)",)
    assert next(t for t in found.titles if t.id == "zupan").forms == ("župan",)


def test_examples_do_not_change_the_fingerprint(tmp_path: Path) -> None:
    bare = write(tmp_path / "a", "titles/titles.yaml", "- {id: zupan, kind: role, forms: [zupan]}\n")
    shown = write(tmp_path / "b", "titles/titles.yaml", "- {id: zupan, kind: role, forms: [zupan], examples: [Zupan Milo]}\n")
    assert packs.load(bare).fingerprint == packs.load(shown).fingerprint


# Broken files


VERB = "{id: blurt, lemma: blurt, frames: [that], act: assertive, force: 1, strength: 1}"


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("verbs/verbs.yaml", "- id: [", "cannot be read"),
        ("verbs/verbs.yaml", "id: say\n", "must be a list"),
        ("verbs/verbs.yaml", "- say\n", "must be a list of entries"),
        ("verbs/verbs.yaml", f"- {VERB}\n".replace("assertive", "shouting"), "'shouting' is not one of assertive"),
        ("verbs/verbs.yaml", f"- {VERB}\n".replace("force: 1", "force: high"), "entry blurt"),
        ("verbs/verbs.yaml", f"- {VERB}\n".replace("lemma: blurt,", ""), "lemma"),
        ("furniture/furniture.yaml", "- {id: bad, where: top, pattern: '(unclosed'}\n", "entry bad"),
        ("furniture/furniture.yaml", "- {id: bad, where: middle, pattern: 'x'}\n", "'middle' is not one of top, bottom, any"),
        ("exports.yaml", "- {id: e, furniture: 'x'}\n", "needs begins or ends"),
        ("exports.yaml", "- {id: e, begins: '(unclosed'}\n", "entry e"),
        ("exports.yaml", "- {id: e, ends: 'x', least: 1}\n", "fewer than 2 articles"),
        ("exports.yaml", "- {id: e, ends: 'x*'}\n", "must not match an empty line"),
        ("exports.yaml", "- {id: e, ends: 'x', order: [title, colour]}\n", "order: colour is not one of title, publisher"),
        ("exports.yaml", "- {id: e, ends: 'x', unit: page}\n", "'page' is not one of line, block"),
        ("genres/genres.yaml", "- {id: g, genre: poem, where: title, pattern: x, basis: stated, authority: press}\n", "'poem' is not one"),
        ("titles/titles.yaml", "- {id: t, kind: wizard, forms: [wizard]}\n", "'wizard' is not one of"),
        ("states/states.csv", "kind,aliases\nstate,Zubrowka\n", "name"),
    ],
)
def test_a_broken_file_names_the_file_the_entry_and_the_fault(tmp_path: Path, file: str, text: str, says: str) -> None:
    with pytest.raises(PackError) as caught:
        packs.load(write(tmp_path, file, text))
    assert says in str(caught.value)
    assert file in str(caught.value)


def test_bytes_that_are_no_utf8_are_a_pack_error(tmp_path: Path) -> None:
    (tmp_path / "states").mkdir()
    (tmp_path / "states/states.csv").write_bytes(b"name,kind\nZubrovi\xe9,state\n")
    with pytest.raises(PackError, match="cannot be read"):
        packs.load(tmp_path)


def test_a_folder_that_is_not_there_is_a_pack_error(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="is not there"):
        packs.load(tmp_path / "nowhere")


# Vocabularies and keys


def test_closed_vocabularies_hold_in_all_packs() -> None:
    assert {g.genre for g in PACKS.genres} <= set(get_args(Genre))
    assert {v.act for v in PACKS.verbs} <= set(get_args(Act))
    assert {v.factuality for v in PACKS.verbs} <= set(get_args(Factuality))
    assert {n.act for n in PACKS.nouns} <= {None, *get_args(Act)}
    assert {t.kind for t in PACKS.offices} <= set(get_args(packs.OfficeKind))
    assert {p for f in PACKS.forums for p in f.principals} <= set(get_args(packs.OfficeKind))
    assert {t.genre for t in PACKS.texts} <= {"", *get_args(Genre)}
    assert all(1 <= v.strength <= 4 and 0 <= v.force <= 3 for v in PACKS.verbs)


def test_members_of_forums_and_states_of_offices_are_known() -> None:
    known = {s.name for s in PACKS.states} | {o.name for o in PACKS.organisations}
    assert {m for f in PACKS.forums for m in f.members} - known == set()
    assert {t.state for t in PACKS.offices} - known == set()
    assert {o.state for o in PACKS.organisations} - known == {""}


def test_every_fact_about_the_world_names_its_source() -> None:
    facts = {"states": PACKS.states, "offices": PACKS.offices, "organisations": PACKS.organisations, "forums": PACKS.forums}
    assert [(name, entry) for name, entries in facts.items() for entry in entries if not entry.source] == []  # type: ignore[attr-defined]
    assert [entry for entry in PACKS.publishers if not entry.source] == []


# Tenures

# Two persons in one office at one time, each for a reason; everybody else hands over on the same day or before.
TOGETHER = {
    ("President of South Korea", "Park Geun-hye", "Hwang Kyo-ahn"),  # impeached, powers suspended, office kept till the ruling
    ("President of South Korea", "Yoon Suk-yeol", "Han Duck-soo"),  # the same, and the acting president twice
    ("President of South Korea", "Yoon Suk-yeol", "Choi Sang-mok"),  # the same
    ("Prime Minister of Israel", "Ariel Sharon", "Ehud Olmert"),  # incapacitated, the deputy acting
}


def overlaps(terms: list[Term]) -> list[tuple[Term, Term]]:
    found = []
    for number, first in enumerate(terms):
        for second in terms[number + 1 :]:
            until = min(first.end or "9999", second.end or "9999")
            if first.person != second.person and max(first.start, second.start) < until[:10]:
                found.append((first, second))
    return found


def test_no_two_persons_hold_one_office_at_one_time_but_those_known_to() -> None:
    offices: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in (*PACKS.offices, *(t for t in packs.load(INVENTED).offices if t.source == "invented")):
        offices[term.state, term.office].append(term)
    pairs = [pair for terms in offices.values() for pair in overlaps(sorted(terms, key=lambda t: t.start))]
    assert {(a.office, a.person, b.person) for a, b in pairs} == TOGETHER
    assert [pair for pair in pairs if pair[0].acting == pair[1].acting] == []


def test_terms_are_dates_in_order() -> None:
    day = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
    assert [t for t in PACKS.offices if not day.fullmatch(t.start)] == []
    assert [t for t in PACKS.offices if t.end and (not day.fullmatch(t.end) or t.end < t.start)] == []


# Examples hit, counterexamples miss, as the head of each file says


@pytest.mark.parametrize("collective", PACKS.collectives, ids=lambda entry: entry.id)
def test_collectives_match_whole_phrases(collective: Collective) -> None:
    assert collective.examples
    assert [e for e in collective.examples if not collective.pattern.fullmatch(e)] == []
    assert [c for c in collective.counterexamples if collective.pattern.fullmatch(c)] == []


@pytest.mark.parametrize("forum", [f for f in PACKS.forums if f.pattern], ids=lambda entry: entry.id)
def test_forums_are_found_in_text(forum: Forum) -> None:
    assert forum.pattern
    assert forum.examples
    assert [e for e in forum.examples if not forum.pattern.search(e)] == []
    assert [c for c in forum.counterexamples if forum.pattern.search(c)] == []


@pytest.mark.parametrize("forum", [f for f in PACKS.forums if f.needs], ids=lambda entry: entry.id)
def test_what_a_forum_needs_is_no_more_than_its_pattern(forum: Forum) -> None:
    assert [word for word in forum.needs if word != word.lower()] == []
    assert [e for e in (*forum.examples, *forum.forms) if finds(forum, e) and not any(word in e.lower() for word in forum.needs)] == []


def finds(forum: Forum, text: str) -> bool:
    return forum.pattern is not None and forum.pattern.search(text) is not None


def test_forums_with_members_say_how_often_they_meet() -> None:
    assert [f.id for f in PACKS.forums if f.members and f.cadence is None] == []


@pytest.mark.parametrize("rule", PACKS.genres, ids=lambda entry: entry.id)
def test_genres_are_found_in_text(rule: GenreRule) -> None:
    assert rule.examples
    assert [e for e in rule.examples if not rule.pattern.search(fold(e, lines=True))] == []
    assert [c for c in rule.counterexamples if rule.pattern.search(fold(c))] == []


def taken(title: Title, text: str) -> bool:
    """Whether the program reads a person with this title in the text, or, for a role, nothing but the title in a label."""
    if title.kind == "role":
        return re.sub(r"[ \d]*:$", "", fold(text)).casefold() in title.forms
    block = Block("paragraph", 0, len(text), ((0, len(text)),))
    return any(m.title == title.id for m in mentions(Document("D", "", text, "", "test", blocks=(block,)), PACKS) if m.kind == "person")


@pytest.mark.parametrize("title", PACKS.titles, ids=lambda entry: entry.id)
def test_titles_stand_beside_names(title: Title) -> None:
    assert title.examples
    assert [e for e in title.examples if not taken(title, e)] == []
    assert [c for c in title.counterexamples if taken(title, c)] == []


# The invented world


def test_the_pack_of_the_sample_corpus_loads_and_replaces_nothing() -> None:
    found = packs.load(INVENTED)
    assert found.replaced == ()
    assert {"Velmara", "Saoren"} <= {s.name for s in found.states}
    assert {"Velmara", "Saoren"} <= {t.state for t in found.offices}
    assert "Straits Security Dialogue" in {f.name for f in found.forums}


def test_no_invented_name_is_shipped() -> None:
    invented = packs.load(INVENTED)
    names = {s.name for s in invented.states} - {s.name for s in PACKS.states}
    assert len(names) >= 4
    files = [path for path in sorted(packs.builtin().rglob("*.*")) if path.suffix in {".yaml", ".csv"}]
    everything = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert [name for name in sorted(names) if re.search(rf"\b{name}\b", everything)] == []

"""The documentation says what the program does: verbs, options, packs, tables, links, commands."""

from __future__ import annotations

import ast
import re
import shlex
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

from reaffirm import cli, errors, model, packs, readings, sequels

sys.path.insert(0, str(Path(__file__).parent))
import generate
import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "examples/corpus.md")] + sorted(ROOT.glob("docs/*.md"))
MAKE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][\w-]*):", MAKE, re.MULTILINE))
SIX = ("demo", "test", "check", "gate", "bench", "clean")
COMMANDS = dict(generate.commands())


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(text: str) -> str:
    """The text without blocks of code."""
    return re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """The blocks of code with their language."""
    for m in re.finditer(r"^( *)```(\w*)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        yield m[2], m[3]


# What is made from the program


@pytest.fixture(scope="module")
def made() -> dict[Path, str]:
    return generate.pages()


@pytest.mark.parametrize("name", ["docs/cli.md", "README.md", *(f"docs/{name}" for name in reference.PAGES)])
def test_generated_parts_are_current(name: str, made: dict[Path, str]) -> None:
    assert read(ROOT / name) == made[ROOT / name], "run `make docs`"


# The command line


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_has_help_an_example_and_a_place_in_the_documentation(verb: str) -> None:
    command = COMMANDS[verb]
    assert command.help
    assert (command.epilog or "").startswith(f"Example: reaffirm {verb}")
    assert f"\n## {verb}\n" in read(ROOT / "docs/cli.md")
    assert f"`{verb}`" in read(ROOT / "README.md")
    assert [p.name for p in command.params if not getattr(p, "help", None) and not getattr(p, "hidden", False)] == []


def spoken() -> Iterator[tuple[str, str]]:
    """The commands that start with `reaffirm` in blocks of code, and those in the help pages."""
    for path in PAGES:
        for _, block in blocks(read(path)):
            for line in block.splitlines():
                m = re.match(r"\s*(?:\$ )?(?:\.venv/bin/)?(reaffirm .*)", line)
                if m:
                    yield named(path), m[1]
    for verb, command in COMMANDS.items():
        yield f"help of {verb}", (command.epilog or "").removeprefix("Example: ").splitlines()[0]


@pytest.mark.parametrize(("where", "line"), sorted(set(spoken())))
def test_every_command_that_is_shown_parses(where: str, line: str) -> None:
    words = [word for word in shlex.split(line) if not re.fullmatch(r"\[.*\]?", word)][1:]
    verb = " ".join(words[:2]) if " ".join(words[:2]) in COMMANDS else words[0]
    assert verb in COMMANDS, where
    context = COMMANDS[verb].make_context(verb, words[len(verb.split()) :])
    assert context.params


def test_every_exit_code_is_told() -> None:
    told = dict(re.findall(r"^\| (\d+) \| (.+) \|$", read(ROOT / "README.md"), re.MULTILINE))
    raised = {str(e.exit_code) for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.ReaffirmError)}
    assert raised | {"0", "130"} == set(told)
    assert set(re.findall(r"^\| (\d+) \| .+ \|$", read(ROOT / "docs/cli.md"), re.MULTILINE)) == set(told)
    assert all(f"{code} " in " ".join(cli.CODES.split()) for code in told)
    assert isinstance(typer.main.get_command(cli.app).help, str)


def test_the_columns_of_a_metadata_table_are_told() -> None:
    ledger = ast.parse(read(ROOT / "src/reaffirm/ledger.py"))
    names = next((n.value for n in ast.walk(ledger) if isinstance(n, ast.Assign) and getattr(n.targets[0], "id", "") == "COLUMNS"), None)
    columns = ast.literal_eval(names) if names else ("published", "publisher", "title", "author", "genre", "url", "language")
    assert [c for c in columns if f"`{c}`" not in read(ROOT / "README.md")] == []


# Commands of the checkout


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_make_command_exists(path: Path) -> None:
    shown = set(re.findall(r"`make ([a-z][\w-]*)", read(path)))
    for _, block in blocks(read(path)):
        shown |= set(re.findall(r"^\s*(?:\$ )?make ([a-z][\w-]*)", block, re.MULTILINE))
    assert shown - TARGETS == set()


def test_the_six_verbs_are_told_and_the_readme_gives_two_commands() -> None:
    assert set(SIX) <= TARGETS
    assert [v for v in SIX if f"| `make {v}` |" not in read(ROOT / "CONTRIBUTING.md")] == []
    after = read(ROOT / "README.md").partition("## Two commands")[2]
    assert next(blocks(after))[1].split("\n") == ["make demo", "make test", ""]
    assert [line for line in read(ROOT / ".ci/run").splitlines() if line.startswith("make ")] == ["make test", "make check", "make gate"]


# Links


def slug(heading: str) -> str:
    """The anchor of a heading, as forges make it."""
    return re.sub(r"[^\w\- ]", "", re.sub(r"`|\*", "", heading).strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_resolve(path: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(read(path))):
        file, _, anchor = target.partition("#")
        if re.match(r"https?:", target):
            continue
        page = (path.parent / file).resolve() if file else path
        if not page.exists() or (anchor and anchor not in map(slug, re.findall(r"^#+ (.+)$", prose(read(page)), re.MULTILINE))):
            broken.append(target)
    assert broken == []


def test_every_page_is_reached_from_the_index() -> None:
    index = read(ROOT / "docs/index.md")
    assert [p.name for p in sorted(ROOT.glob("docs/*.md")) if p.name != "index.md" and f"({p.name})" not in index] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_files_that_are_named_are_there(path: Path) -> None:
    shown = re.findall(r"`((?:src|tests|docs|examples|bench|constraints|\.ci)/[\w./-]*\w)/?`", prose(read(path)))
    assert [name for name in shown if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_python_blocks_are_python(path: Path) -> None:
    for language, block in blocks(read(path)):
        if language == "python":
            ast.parse(block)


# Packs


@pytest.mark.parametrize("name", packs.FILES)
def test_every_pack_file_and_key_is_documented(name: str) -> None:
    file, kind, key = packs.FILES[name]
    text = read(ROOT / "docs/packs.md")
    row = next((line for line in text.splitlines() if line.startswith(f"| [`{file}`](")), "")
    assert re.findall(r"`(\w+)`", row.partition(") | ")[2].partition(" | ")[0]) == list(key)
    section = text.partition(f"\n## {file}\n")[2].partition("\n## ")[0]
    assert [f.name for f in fields(kind) if f"`{f.name}`" not in section] == []
    assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) != []
    told = [word for line in re.findall(r"^\| (.*?) \|", section, re.MULTILINE) for word in re.findall(r"`(\w+)`", line)]
    assert set(told) - {f.name for f in fields(kind)} == set()


@pytest.mark.parametrize("name", packs.FILES)
def test_closed_lists_of_packs_are_documented(name: str) -> None:
    file, kind, _ = packs.FILES[name]
    section = read(ROOT / "docs/packs.md").partition(f"\n## {file}\n")[2].partition("\n## ")[0]
    for field in fields(kind):
        options = packs._options(packs._hints(kind)[field.name])
        if field.name not in {"genre", "factuality", "act"} and (name, field.name) != ("titles", "kind"):
            assert [o for o in options if f"`{o}`" not in section] == [], field.name


def test_the_walk_through_gives_a_pack_that_loads(tmp_path: Path) -> None:
    block = next(text for language, text in blocks(read(ROOT / "docs/packs.md")) if language == "yaml")
    (tmp_path / "verbs").mkdir()
    (tmp_path / "verbs/verbs.yaml").write_text(block, encoding="utf-8")
    found = packs.load(tmp_path)
    assert found.replaced == ()
    assert found.verbs[-1].id == "table-a-motion"


# Vocabulary, storage, guidelines


def test_the_nouns_are_those_of_the_model() -> None:
    text = read(ROOT / "docs/vocabulary.md")
    ten = re.findall(r"^\| \*\*(\w+)\*\* \|", text, re.MULTILINE)
    assert ten == ["Document", "Meeting", "Actor", "Statement", "Commitment", "Demand", "Thread", "Step", "Run", "Judgement"]
    today = re.findall(r"^\| \*+(\w+)\*+ \|.*\| yes(?:, derived when read)? \|$", text, re.MULTILINE)
    assert len(today) == len(ten) + 2  # and the two value types
    assert [noun for noun in today if not any(hasattr(module, noun) for module in (model, readings, sequels))] == []


def test_every_table_and_view_of_the_schema_is_told() -> None:
    schema = read(ROOT / "src/reaffirm/store/schema.sql")
    names = re.findall(r"^CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)", schema, re.MULTILINE)
    assert [name for name in names if f"`{name}`" not in read(ROOT / "docs/storage.md")] == []
    kept = set(re.findall(r"CREATE TRIGGER (\w+)_kept", schema))
    row = next(line for line in read(ROOT / "docs/storage.md").splitlines() if line.startswith("| append-only |"))
    assert set(re.findall(r"`(\w+)`", row)) == kept


def sections() -> set[str]:
    """The numbers of the guidelines: 4, and 4.1 for its rules."""
    found = set()
    for part in re.split(r"^## ", read(ROOT / "docs/guidelines.md"), flags=re.MULTILINE)[1:]:
        number = part.split(".")[0]
        found |= {number} | {f"{number}.{rule}" for rule in re.findall(r"^(\d+)\. ", part, re.MULTILINE)}
    return found


def test_every_guideline_that_is_cited_exists() -> None:
    files = [p for p in (*ROOT.glob("src/**/*"), *ROOT.glob("tests/**/*.py")) if p.suffix in {".py", ".yaml"} and p != Path(__file__)]
    cited = {number for p in files for number in re.findall(r"GUIDELINES,? (?:section )?(\d+(?:\.\d+)?)", read(p))}
    assert cited - sections() == set()
    assert {f"4.{rule}" for rule in range(1, 11)} <= sections()
    assert {str(number) for number in range(1, 12)} <= sections()


def test_the_changelog_keeps_its_form() -> None:
    text = read(ROOT / "CHANGELOG.md")
    assert "## Unreleased" in text
    assert "### Ledger changes" in text

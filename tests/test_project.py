"""What holds for the project as a whole: sizes, no place or country in code, sources credited."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reaffirm import packs
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
CODE = sorted(ROOT.glob("src/**/*.py"))
SCRIPTS = [*CODE, *sorted(ROOT.glob("tests/**/*.py")), *sorted(ROOT.glob("bench/**/*.py"))]
KEPT_OUT = {".git", ".venv", "__pycache__", "dist", "build", "node_modules"}
TEXT = {".py", ".md", ".toml", ".txt", ".yaml", ".csv", ".json", ".jsonl", ".sql", ".html", ".cfg", ".ini", ".sh", ".svg", ""}
WHOLE = ("src", "tests", "bench", "docs", "examples", "constraints", ".ci")


def files() -> Iterator[Path]:
    """The files that belong to the project: those of the root, and all below its folders."""
    for path in (*ROOT.iterdir(), *(p for folder in WHOLE for p in (ROOT / folder).rglob("*"))):
        inside = path.relative_to(ROOT).parts
        if path.is_file() and not KEPT_OUT & set(inside) and path.suffix in TEXT and not path.name.endswith((".db", "-journal")):
            yield path


# Sizes


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_file_is_longer_than_500_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_functions_are_short() -> None:
    lengths = [found for path in CODE for found in functions(path)]
    assert [found for found in lengths if found[1] > 60] == []
    numbers = sorted(number for _, number in lengths)
    assert statistics.median(numbers) <= 10
    assert numbers[int(0.9 * len(numbers))] <= 30


# Places


PLACES = re.compile(
    r"(?<![\w.$~{}\"'/-])/(?:home|root|work|Users|mnt|srv|opt)/\w+"  # of a machine
    r"|[A-Z]:\\\\?Users"
    r"|\b(?:index|extra-index)-url\b(?!\s+--)"
    r"|\b(?:pypi\.org|files\.pythonhosted\.org|pythonhosted|proxy\.golang\.org|registry\.npmjs\.org)\b"
    r"|https?://(?:localhost|127\.0\.0\.1|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+)"
)


def test_no_file_names_a_place_on_a_machine_or_a_package_registry() -> None:
    found = []
    for path in files():
        if path == Path(__file__):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [(path.relative_to(ROOT).as_posix(), m.group()) for m in PLACES.finditer(text)]
    assert found == []


PIN = re.compile(r"[a-z0-9][\w.-]*==\S+ (?:; .* )?\\| {4}--hash=sha256:[0-9a-f]{64}(?: \\)?")


def pins(name: str) -> set[str]:
    return set(re.findall(r"^\S+==\S+", (ROOT / f"constraints/{name}.txt").read_text(encoding="utf-8"), re.MULTILINE))


def test_constraints_pin_every_package_by_hash() -> None:
    for name in ("base", "dev"):
        lines = (ROOT / f"constraints/{name}.txt").read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not PIN.fullmatch(line)] == []
    assert pins("base") <= pins("dev")


# Countries, people and forums are data

# Words of the packs that are also words of English or names of formats.
COMMON = {"chad", "turkey", "jordan", "georgia", "png"}


@cache
def words() -> re.Pattern[str]:
    """The names of states, office holders and forums, whole, and the surnames of the holders of high offices."""
    known = packs.load()
    names = {form for s in known.states for form in (s.name, *s.aliases, *s.demonyms, *s.metonyms)}
    names |= {form for t in known.offices for form in (t.person, *t.aliases)}
    names |= {form for f in known.forums for form in (f.name, *f.forms) if f.members}
    return re.compile(r"(?<!\w)(?:" + packs.longest_first(n for n in names if len(n) > 2 and n.casefold() not in COMMON) + r")(?!\w)")


def literals(path: Path) -> Iterator[str]:
    """The string literals and identifiers of a module, identifiers as words with capitals; docstrings explain and do nothing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explained = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            yield node.value
        for key in ("id", "name", "attr", "arg"):
            value = getattr(node, key, None)
            if isinstance(value, str):
                yield " ".join(part.capitalize() for part in re.findall(r"[A-Z]?[a-z]+", value))


@pytest.mark.parametrize("path", CODE, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_no_country_person_or_forum_is_named_in_code(path: Path) -> None:
    text = "\n".join(sorted(set(literals(path))))
    assert sorted({m.group() for m in words().finditer(text)}) == []


def test_the_search_for_names_finds_names() -> None:
    assert words().findall("a Japanese minister met Antony Blinken at AUSMIN") == ["Japanese", "Antony Blinken", "AUSMIN"]


def test_no_data_is_python() -> None:
    assert sorted((ROOT / "src/reaffirm/data").rglob("*.py")) == []


# The wheel


def test_a_wheel_holds_all_code_all_data_and_the_licence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    kept = [p for p in (ROOT / "src/reaffirm").rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    source = {p.relative_to(ROOT / "src").as_posix() for p in kept}
    assert source - inside == set()
    assert {Path(name).suffix for name in source} == {".py", ".typed", ".yaml", ".csv", ".sql", ".html", ".css", ".js", ".svg", ".txt"}
    assert {Path(name).name for name in inside if "dist-info/licenses" in name} == {"LICENSE", "NOTICE"}


# Credit


def test_the_notice_credits_every_source_that_asks_for_it() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for source in ("Wikidata", "CC0", "HistoryAtState", "World Factbook", "Institute for", "CC BY 4.0", "invented governments"):
        assert source in notice
    known = r"Wikidata|factbook|HistoryAtState|instituteforgov|every-politician|world-leaders|https?://|unverified"
    assert [t for t in packs.load().offices if not re.search(known, t.source)] == []


def test_the_licence_is_the_one_named() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")[:400]
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_version_stands_once() -> None:
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")

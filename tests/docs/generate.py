"""Writes the parts of the documentation that are made from the program: pages of reference, picture and floors in README.md.

python tests/docs/generate.py            say whether they are current; exit code 1 when not
python tests/docs/generate.py --write    write them (`make docs`)
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import reference
import typer

from reaffirm import packs
from reaffirm.cli import CODES, app
from reaffirm.codebook import codebook

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
CLI, README, CODEBOOK = ROOT / "docs/cli.md", ROOT / "README.md", ROOT / "docs/codebook.md"
MARKS = {name: (f"<!-- {name}: made by `make docs` -->\n", f"<!-- end of {name} -->") for name in ("picture", "floors")}
GUARDED = {
    "statements found (F1)": "statements.found.all.f1",
    "statements found with the right speakers, and source or cue exact (F1)": "statements.right.all.f1",
    "parties behind the speakers right, of those found": "statements.parties.all.f1",
    "genre right": "documents.kind.all.f1",
    "date of publication right": "documents.published.all.f1",
    "furniture lines found": "documents.furniture-lines.all.recall",
}
WIDTH = 100
SETTINGS = {
    "REAFFIRM_LEDGER": "the ledger file, where `--ledger` names none",
    "REAFFIRM_PACKS": "folders of data packs laid over the shipped ones, where `--packs` names none",
    "REAFFIRM_USER": "who decides, where `--who` names nobody",
    "REAFFIRM_TOKEN": "the token of an account, under whose name and role every verb is then asked for",
    "REAFFIRM_TRACEBACK": "`1` shows where in the program an error was raised",
    "REAFFIRM_SHARED": "for developers: the folder of further marked documents, by which gate, benches and some tests measure",
    "NO_COLOR": "anything: no colours and no other codes in a terminal",
}


def commands() -> Iterator[tuple[str, typer.core.TyperCommand]]:
    """The verbs of the command line with their full names, in the order of the help page."""
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        members = getattr(command, "commands", None)
        yield from ((f"{name} {key}", member) for key, member in members.items()) if members else [(name, command)]


def cli() -> str:
    """The page docs/cli.md."""
    lines = [
        "# Command line",
        "",
        "<!-- made from the program by `make docs`; a test compares -->",
        "",
        "`reaffirm VERB --help` shows the same. Every verb that reads a ledger takes `--ledger PATH`, or the path in `REAFFIRM_LEDGER`;",
        "else the ledger is `reaffirm.db` in the current folder. `--json` prints one JSON value on standard output and nothing else.",
        "",
        *_codes(),
        "",
        *_settings(),
        "",
    ]
    for name, command in commands():
        lines += [f"## {name}", "", command.help or "", ""]
        lines += ["| argument, option | meaning | default |", "|---|---|---|"]
        lines += [_row(parameter) for parameter in command.params]
        example, _, codes = (command.epilog or "").removeprefix("Example: ").partition("\n")
        lines += ["", "```", example, "```", "", *([" ".join(codes.split()), ""] if codes.strip() else [])]
    return "\n".join(lines).rstrip() + "\n"


def _codes() -> list[str]:
    """The exit codes as a table."""
    found = re.findall(r"(?:: |; )(\d+) ([^;.]+)", " ".join(CODES.split()))
    return ["| exit code | meaning |", "|---|---|", *(f"| {code} | {meaning.strip()} |" for code, meaning in found)]


def _settings() -> list[str]:
    """The settings in the environment as a table."""
    return ["| setting | meaning |", "|---|---|", *(f"| `{name}` | {meaning} |" for name, meaning in SETTINGS.items())]


def _row(parameter: object) -> str:
    """One argument or option as a row of a table."""
    kind = getattr(parameter, "param_type_name", "")
    names = ", ".join(f"`{o}`" for o in getattr(parameter, "opts", [])) if kind == "option" else f"`{_shown(parameter)}`"
    variable = getattr(parameter, "envvar", None)
    text = (getattr(parameter, "help", "") or "").rstrip(".") + (f" (or `{variable}`)" if variable else "")
    default = getattr(parameter, "default", None)
    required = getattr(parameter, "required", False)
    words = "required" if required else "" if default is None or default is False or default == () or callable(default) else f"`{default}`"
    return f"| {names} | {text} | {words} |".replace("  ", " ")


def _shown(parameter: object) -> str:
    """An argument's name as it is written: `PATHS...` where several may stand."""
    name = str(getattr(parameter, "name", "")).upper()
    return name + ("..." if getattr(parameter, "nargs", 1) == -1 else "")


def picture() -> str:
    """The middle of what the demo prints: one subject through the joint statements, as a block of code."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", "from reaffirm.cli import main; main()", "demo", str(ROOT / "examples"), "-l", f"{folder}/demo.db"]
        env = {**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1", "TERM": "dumb"}
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    lines = [part.rstrip() for line in done.stdout.splitlines() for part in _wrapped(line)]
    first = next(number for number, line in enumerate(lines) if line.startswith("One subject"))
    last = next(number for number, line in enumerate(lines) if number > first and not line)
    return "\n".join(["```", "$ make demo", "...", *lines[first:last], "...", "```", ""])


def _wrapped(line: str) -> list[str]:
    """A line at the width of the page, later lines set in."""
    indent = " " * (len(line) - len(line.lstrip()))
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent or "  ", break_long_words=False, break_on_hyphens=False) or [""]


def floors() -> str:
    """The floors that the build guards, as a table."""
    bars = json.loads((ROOT / "tests/floors.json").read_text(encoding="utf-8"))["floors"]
    lines = ["| at least | sample corpus | real documents |", "|---|---|---|"]
    lines += [f"| {label} | {bars[f'examples.{key}']:g} | {bars[f'seeds.{key}']:g} |" for label, key in GUARDED.items()]
    turns = min(value for key, value in bars.items() if key.startswith("turns."))
    return "\n".join([*lines, f"| speaker turns right, in the worst of five label conventions | | {turns:g} |", ""])


def pages() -> dict[Path, str]:
    """The files as they should be."""
    readme = README.read_text(encoding="utf-8")
    for name, text in (("picture", picture()), ("floors", floors())):
        first, last = MARKS[name]
        start, end = readme.index(first) + len(first), readme.index(last)
        readme = readme[:start] + text + readme[end:]
    known = packs.load()
    asking = (*known.askings, *known.judgements, *known.questions, *known.hedges)
    sections = {"Ladder": known.ladder, "Issues": known.issues, "Things": known.things, "Commitments": known.bonds, "Demands": asking}
    sections |= {"Events": known.events, "Omens": known.omens, "Outcomes": known.outcomes}
    made = {ROOT / "docs" / name: page() for name, page in reference.PAGES.items()}
    return {CLI: cli(), README: readme, CODEBOOK: codebook(sections), **made}


def main() -> int:
    """The exit code: 1 when a page is out of date and was not written."""
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--write" in sys.argv:
        for path in stale:
            path.write_text(pages()[path], encoding="utf-8")
    word = "written" if "--write" in sys.argv else "is out of date: make docs"
    sys.stdout.write("".join(f"{path.relative_to(ROOT)} {word}\n" for path in stale))
    return int(bool(stale) and "--write" not in sys.argv)


if __name__ == "__main__":
    sys.exit(main())

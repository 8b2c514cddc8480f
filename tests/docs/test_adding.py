"""The pages on adding a verb, a forum, a format, followed to the letter on a copy of what git tracks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("add-a-verb", "add-a-forum", "add-a-format")
STEP = re.compile(r"(?:(Write|Append to) `([^`\n]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Step(NamedTuple):
    """One block of a page: a file to write or to append to, commands to run, or lines that the commands before it print."""

    verb: str
    path: str
    language: str
    text: str


def steps(page: str) -> list[Step]:
    text = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8")
    return [Step(m[1] or "", m[2] or "", m[3], m[4]) for m in STEP.finditer(text)]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of the files that git tracks."""
    if not (shutil.which("git") and (ROOT / ".git").exists()):
        pytest.skip("this is no checkout of git, so that what belongs to a clean clone is not known")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def environment(clone: Path) -> dict[str, str]:
    """What `. .venv/bin/activate` gives, with the package of the clone."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REAFFIRM_", "PYTEST_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
    return {**kept, "PATH": path, "PYTHONPATH": str(clone / "src"), "NO_COLOR": "1", "COLUMNS": "200"}


def shown(line: str) -> re.Pattern[str]:
    """The lines that a shown line stands for: `...` is anything."""
    return re.compile(".*".join(re.escape(part) for part in line.rstrip().split("...")))


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_who_follows_the_page_gets_what_it_says(page: str, clone: Path) -> None:
    env, printed, said = environment(clone), "", ""
    for step in steps(page):
        if step.verb:
            path = clone / step.path
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_text(encoding="utf-8") if step.verb == "Append to" else ""
            path.write_text(before + step.text, encoding="utf-8")
        elif step.language == "bash":
            script = f"set -e\n{said}{step.text}"
            done = subprocess.run(["bash", "-c", script], cwd=clone, env=env, capture_output=True, text=True, check=False, timeout=300)
            assert done.returncode == 0, (step.text, done.stdout, done.stderr)
            printed = done.stdout
            said += "".join(f"{line}\n" for line in step.text.splitlines() if line.startswith("export "))
        else:
            lines, at = [line.rstrip() for line in printed.splitlines()], 0
            for line in step.text.splitlines():
                place = next((n for n in range(at, len(lines)) if shown(line).fullmatch(lines[n])), None)
                assert place is not None, (line, printed)
                at = place + 1


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_files_commands_and_what_they_print(page: str) -> None:
    found = steps(page)
    assert len([step for step in found if step.verb]) >= 3
    commands = [step for step in found if step.language == "bash" and not step.verb]
    outputs = [step for step in found if step.language == "text" and not step.verb]
    assert len(commands) >= len(outputs) >= 2
    assert len(found) == (ROOT / f"docs/{page}.md").read_text(encoding="utf-8").count("\n```") / 2

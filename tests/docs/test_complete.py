"""Every option, setting, rule and public name is documented; every example of the help pages runs."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import reaffirm
from reaffirm.accounts import Accounts
from reaffirm.ledger import Ledger

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
import generate
import reference
from meanings import MEANINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from samples import Outcome

    Run = Callable[..., Outcome]

pytest_plugins = ["samples"]
ROOT = Path(__file__).parents[2]
COMMANDS = dict(generate.commands())
ELSEWHERE = {"serve": "a server, which the tests of the web start", "demo": "tests/test_cli.py", "add": "needs the documents of the reader"}
ELSEWHERE |= dict.fromkeys(("account add", "account password"), "asks for a password: tests/test_accounts.py")
ELSEWHERE |= {"carry": "needs a row that nothing reads any more: tests/test_carrying.py"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# Options, settings


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_option_of_a_verb_is_told_with_a_meaning(verb: str) -> None:
    section = read("docs/cli.md").partition(f"\n## {verb}\n")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| (`.+?`) \| (.*?) \|", section, re.MULTILINE))
    for parameter in COMMANDS[verb].params:
        names = parameter.opts if parameter.param_type_name == "option" else [generate._shown(parameter)]
        row = next((key for key in rows if f"`{names[0]}`" in key), None)
        assert row, names
        assert getattr(parameter, "hidden", False) or len(rows[row]) > 5, names


def test_every_setting_is_told() -> None:
    used = {name for path in ROOT.glob("src/**/*.py") for name in re.findall(r"\bREAFFIRM_[A-Z]+\b", path.read_text(encoding="utf-8"))}
    assert used - set(generate.SETTINGS) == set()
    assert [name for name in generate.SETTINGS if f"| `{name}` |" not in read("docs/cli.md")] == []


# Rules


def rules_of(ledger: Ledger) -> Iterator[str]:
    """The rule ids that the rows of a ledger rest on."""
    for said in ledger.said():
        yield said.statement.rule
        yield said.voice.rule if said.voice else ""
    for promised in ledger.commitments():
        yield promised.row.rule
        yield promised.derived.rule if promised.derived else ""
    for asked in ledger.demands():
        yield asked.row.rule
        yield asked.derived.rule if asked.derived else ""
    for convened in ledger.meetings(others=True):
        yield from convened.meeting.rules
        yield from (telling.rule for telling in convened.meeting.tellings)


def told(rule: str, page: str) -> bool:
    """Whether a rule id, or its family where a pack or a preposition completes it, is on the page."""
    family, _, name = rule.replace("/", ".").partition(".")
    if not name:
        return f"\n## {family}\n" in page
    return f"| `{rule.partition(':')[0]}` |" in page or f"\n## {family}\n" in page


def test_every_rule_that_rows_rest_on_is_told(sample: Path) -> None:
    page = read("docs/rules.md")
    with Ledger(sample, read_only=True) as ledger:
        found = {part for rule in rules_of(ledger) for part in re.split(r"[,;+] ?| and ", rule) if part}
    assert len(found) > 30
    assert sorted(rule for rule in found if not told(rule, page)) == []


def test_every_rule_id_of_the_code_is_told() -> None:
    page = read("docs/rules.md")
    assert [rule for rule in reference.rule_ids() if f"| `{rule}` |" not in page] == []
    assert sorted(MEANINGS) == sorted(reference.rule_ids())  # a meaning of its own for each, and for nothing else
    assert [rule for rule, (meaning, _) in MEANINGS.items() if not meaning.endswith(".") or "|" in meaning] == []
    assert len({meaning for meaning, _ in MEANINGS.values()}) == len(MEANINGS)
    assert [family for family in reference.FAMILIES if f"\n## {family}\n" not in page] == []


# Python


@pytest.mark.parametrize("name", reaffirm.__all__)
def test_every_public_name_is_told_with_its_fields_or_methods(name: str) -> None:
    section = read("docs/python.md").partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    thing = getattr(reaffirm, name)
    assert len(section.strip()) > 20
    if is_dataclass(thing):
        assert [field.name for field in fields(thing) if f"| `{field.name}` |" not in section] == []
    assert [key for key, item in vars(thing).items() if callable(item) and key[0] != "_" and f"`{key}(" not in section] == []


# Examples


def test_every_example_of_the_help_pages_runs(run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(sample, tmp_path / "reaffirm.db")
    shutil.copy(sample, tmp_path / "old.db")
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    with Ledger(tmp_path / "reaffirm.db") as ledger:
        key = ledger.said(cue="pledged")[0].statement.id
        ledger.judge(key, "accepted", who="ana")
        ledger.judge(key, "rejected", who="ben")
        ledger.export("xlsx", tmp_path / "ledger.xlsx")
        accounts = Accounts(tmp_path / "reaffirm.db")
        for name in ("ana", "ben", "cem"):
            accounts.add(name, "coder", "harbour lantern ledger")
        ids = {
            "T-3f2a": accounts.add_token("ben")[0].id,
            "S-3f2a": key,
            "C-3f2a": ledger.threads(issue="cables")[0].id,
            "M-3f2a": ledger.meetings()[0].meeting.id,
        }
    failed = []
    for verb, command in COMMANDS.items():
        words = shlex.split((command.epilog or "").removeprefix("Example: ").splitlines()[0])[1:]
        if verb not in ELSEWHERE:
            done = run(*(ids.get(word, word) for word in words))
            if done.code not in {0, 1} or (done.code == 1 and verb not in {"doctor", "verify"}):
                failed.append((verb, done.code, done.err))
            shutil.rmtree(tmp_path / "tables", ignore_errors=True)
    assert failed == []

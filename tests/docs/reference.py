"""The pages of reference that are made from the program: Python names, JSON over HTTP, rules, schema, measured quality."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meanings import MEANINGS

import reaffirm
from reaffirm.web.app import application

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
NOTE = "<!-- made from the program by `make docs`; a test compares -->"
# What a rule id begins with, and what rules of that family do.
FAMILIES = {
    "adverb": "a statement read from an adverb of hearsay",
    "adverbial": "a statement read from an adverbial such as “according to”",
    "call": "whose demand it is and on whom",
    "collectives": "the members of a noun phrase that stands for several; then the entry of the collectives pack",
    "commitment": "a commitment read from a statement, a list or an agenda",
    "demand": "a demand; where no rule is named below, the entry of the pack of askings",
    "duty": "who is bound by a commitment",
    "evaluation": "a judgement; then the entry of the pack of judgements",
    "frame": "a statement read from a verb, by how the verb takes what is said; after a colon the preposition",
    "headline": "a statement read from a headline",
    "inference": "a guess; then the entry of the pack of hedges",
    "noun": "a statement read from a noun of attitude or speech",
    "question": "an open question; where no rule is named below, the entry of the pack of questions",
    "quote": "a statement read from a quotation",
    "same-meeting": "two tellings of different documents tell one meeting; `...-of-one`: both hang in that way on one meeting",
    "telling": "a meeting that a text tells of",
    "turn": "a statement that is a speaker's turn",
    "voice": "who speaks in a statement; a pronoun (`voice.they`): who spoke or was named last and agrees with it in number and kind",
}
RULE = re.compile(rf"(?:{'|'.join(FAMILIES)})\.[a-z][a-z0-9-]*")


def sentence(text: str | None) -> str:
    """The first paragraph of a docstring on one line."""
    return " ".join((text or "").strip().partition("\n\n")[0].split()).replace("|", "\\|")


# Python


def python() -> str:
    """The page docs/python.md."""
    lines = [
        "# Python", "", NOTE, "",
        f"{len(reaffirm.__all__)} names, typed, loaded when they are asked for. `examples/tutorial.py` is a tour in cells.", "",
        "```python", "import reaffirm", "", 'with reaffirm.Ledger("reaffirm.db", create=True) as ledger:',
        '    ledger.add(["statements"])', '    brief = ledger.brief("issue", "cables", out="brief.docx")', "```", "",
        "Offsets are Unicode code points of a document's canonical text, from 0, end exclusive. Dates and periods are EDTF. What Reaffirm",
        "raises on purpose is a `ReaffirmError`; its message says what to do.", "",
    ]  # fmt: skip
    for name in ("Ledger", *(name for name in sorted(reaffirm.__all__) if name != "Ledger")):
        thing = getattr(reaffirm, name)
        lines += [f"## {name}", "", sentence(thing.__doc__), ""]
        lines += list(_members(thing) if inspect.isclass(thing) else [f"`{_signature(name, thing)}`", ""])
    return "\n".join(lines).rstrip() + "\n"


def _members(thing: type) -> Iterator[str]:
    """A class's fields, or its methods."""
    if dataclasses.is_dataclass(thing):
        yield from ("| field | type |", "|---|---|")
        yield from (f"| `{field.name}` | `{str(field.type).replace('|', chr(92) + '|')}` |" for field in dataclasses.fields(thing))
        yield ""
    classes = (each for each in thing.__mro__ if each.__module__.startswith("reaffirm"))  # what it answers as a part of another, too
    methods = [(name, item) for each in classes for name, item in vars(each).items() if not name.startswith("_")]
    for name, item in methods:
        function = item.__func__ if isinstance(item, staticmethod) else item
        if inspect.isfunction(function):
            yield from (f"- `{_signature(name, function)}`: {sentence(function.__doc__)}",)
    yield ""


def _signature(name: str, function: object) -> str:
    signature = str(inspect.signature(function))  # type: ignore[arg-type]  # only functions come here
    return f"{name}{signature.replace('(self, ', '(').replace('(self)', '()')}".replace("'", "")


# JSON over HTTP


def http() -> str:
    """The page docs/http.md: every address that answers with JSON, with what it may be asked."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        reaffirm.Ledger(path, create=True).close()
        described = application(path, names=["localhost"]).openapi()
    lines = [
        "# JSON over HTTP", "", NOTE, "",
        "What `reaffirm serve` answers. Each address is that of a page with `.json` behind it; `/openapi.json` describes the answers as",
        "well. Safety, sending files, how a page is added: [web page and API](web.md).", "",
    ]  # fmt: skip
    for address, methods in sorted(described["paths"].items()):
        asked = methods["get"]
        lines += [f"## {address}", "", sentence(asked.get("description") or asked["summary"]), ""]
        rows = [_parameter(parameter) for parameter in asked.get("parameters", [])]
        lines += ["| parameter | values | meaning |", "|---|---|---|", *rows, ""] if rows else []
    return "\n".join(lines).rstrip() + "\n"


def _parameter(parameter: dict[str, Any]) -> str:
    shape = parameter["schema"]
    options = [shape, *shape.get("anyOf", [])]
    values = next((", ".join(f"`{value}`" for value in each["enum"]) for each in options if "enum" in each), "")
    kind = values or next((str(each["type"]) for each in options if each.get("type", "null") != "null"), "string")
    return f"| `{parameter['name']}` | {kind} | {sentence(parameter.get('description'))} |"


# Rules


def rules() -> str:
    """The page docs/rules.md: every rule id that stands in the code, by family, with its meaning and an example."""
    lines = [
        "# Rules", "", NOTE, "",
        "`reaffirm explain ROW` names the rule that read a row and the rules that say who speaks, is bound, or asks. A rule id is a family",
        "and a name. Rows of packs name their entry beside it, whose examples stand in the [codebook](codebook.md) or the pack; the steps",
        "of a thread give their rule in words. Examples are invented; what the rule goes by is *slanted*.", "",
    ]  # fmt: skip
    found = rule_ids()
    for family, about in sorted(FAMILIES.items()):
        lines += [f"## {family}", "", f"{about[0].upper()}{about[1:]}.", ""]
        rows = [(rule, place) for rule, place in sorted(found.items()) if rule.partition(".")[0] == family]
        if rows:
            table = (f"| `{rule}` | {MEANINGS[rule][0]} | {MEANINGS[rule][1]} | `{module}` |" for rule, module in rows)
            lines += ["| rule | what fires it, and what it gives | example | in |", "|---|---|---|---|", *table, ""]
    return "\n".join(lines).rstrip() + "\n"


def rule_ids() -> dict[str, str]:
    """Every rule id in the code, with the first module that has it."""
    found: dict[str, str] = {}
    for path in sorted(ROOT.glob("src/reaffirm/**/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = path.relative_to(ROOT / "src/reaffirm").with_suffix("").as_posix().removesuffix("/__init__")
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and RULE.fullmatch(node.value):
                found.setdefault(node.value, module)
    return found


# Schema


def schema() -> str:
    """The page docs/schema.md: tables and columns with the comments of the schema."""
    text = (ROOT / "src/reaffirm/store/schema.sql").read_text(encoding="utf-8")
    lines = [
        "# Schema", "", NOTE, "",
        "The tables of a ledger, which is one SQLite file. What is append-only, what is computed anew and what no trigger lets go:",
        "[storage](storage.md). Read it with any SQLite tool; write it with Reaffirm alone.", "",
    ]  # fmt: skip
    for name, told, body in re.findall(r"^CREATE TABLE (\w+) \( *(?:-- ([^\n]*))?\n(.*?)^\)", text, re.MULTILINE | re.DOTALL):
        lines += [f"## {name}", "", *([f"{told[0].upper()}{told[1:]}.", ""] if told else [])]
        columns = re.findall(r"^  ([a-z]\w*)\s+([A-Z]+)[^\n]*?(?:-- (.*))?$", body, re.MULTILINE)
        rows = (f"| `{column}` | {kind} | {about.replace('|', '/')} |" for column, kind, about in columns)
        lines += ["| column | type | what |", "|---|---|---|", *rows, ""]
    views = re.findall(r"^CREATE (VIRTUAL TABLE|VIEW) (\w+)", text, re.MULTILINE)
    lines += ["## Views and indexes of words", "", *(f"- `{name}` ({kind.lower()})" for kind, name in views)]
    return "\n".join(lines).rstrip() + "\n"


# Quality

QUALITY = f"""# How good is it?

{NOTE}

`make gate` reads marked documents into a fresh ledger, scores it by the rules of [the exchange format](format.md), and fails below these
floors, which only rise. A floor is what is guaranteed, not what was measured last: `make gate` prints that.

## What the figures do not say

- **They flatter.** The texts below were marked by this project and could be learned from. On eight texts of a
  dialogue of two states and of a union that were written and marked before the program read them, and learned from as
  little as could be (one was opened, the first lines of five others), it found statements with F 0.88, the persons
  behind a collective in 0.63 of the cases, commitments with recall 0.75 (precision 0.98), due dates with recall 0.57
  and none invented, and judgements of writers with recall 0.33.
- **Links across documents** are much weaker on such texts: precision 0.72, recall 0.18, and 0.57 of the steps have
  the right status. What is linked is mostly right; that something is not linked says little. Look at `new`, `redline
  --issue` and search before saying that nothing became of it.
- **One coder.** The gold was marked by a language model reading to written guidelines; no person has marked it a second time, so there is
  no agreement figure, and some misses are the gold's.
- **Few texts.** The sample corpus (`examples`) is twelve invented documents; the real ones (`seeds`) are five. One row more or less moves
  a figure.
- **English** prose of governments and the press. Other registers were not marked.
- **Briefs** are checked against what was planted in the sample corpus, all of which they tell.
- `spans ... proved` is 1 because nothing else is written: it says that words stand where a row says, not that the reading is right.

Larger measurements with their own bars, on other people's data where there are any: `bench/README.md` (`make bench`).

## Floors
"""


def quality() -> str:
    """The page docs/quality.md: every floor that the build guards, and what these figures do not say."""
    bars = json.loads((ROOT / "tests/floors.json").read_text(encoding="utf-8"))
    lines = [QUALITY]
    groups: dict[str, list[tuple[str, float]]] = {}
    for key, value in sorted(bars["floors"].items()):
        group, _, rest = key.partition(".")
        groups.setdefault(group, []).append((rest, value))
    for group, rows in groups.items():
        lines += [f"### {group}", "", "| measure | at least |", "|---|---|", *(f"| {key} | {value:g} |" for key, value in rows), ""]
    ceilings = (f"| {key} | {value:g} |" for key, value in sorted(bars["ceilings"].items()))
    lines += ["## Ceilings", "", "| measure | at most |", "|---|---|", *ceilings]
    return "\n".join(lines).rstrip() + "\n"


PAGES = {"python.md": python, "rules.md": rules, "schema.md": schema, "quality.md": quality, "http.md": http}

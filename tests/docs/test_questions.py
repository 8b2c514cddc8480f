"""docs/questions.md: every command that it prints is run on the sample corpus; facts and evidence of the answers are checked."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from icalendar import Calendar

from reaffirm.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from samples import Outcome

    Run = Callable[..., Outcome]

sys.path.insert(0, str(Path(__file__).parents[1]))
pytest_plugins = ["samples"]

PAGE = (Path(__file__).parents[2] / "docs/questions.md").read_text(encoding="utf-8")
FIRST, GIST, SECOND = "01-2031-04-12-joint-statement.txt", "02-2031-04-press-conference-gist.txt", "03-2032-02-joint-statement.txt"
HERALD, COURIER, THIRD = "05-hanaru-herald-editorial.txt", "06-ostrel-courier-editorial.txt", "07-2033-03-joint-statement.txt"
TRANSCRIPT, WIRE, FOURTH = "08-2033-03-press-conference-transcript.txt", "09-meridian-wire-report.html", "11-2034-01-22-joint-statement.txt"
LATER = "12-2034-01-ostrel-courier-editorial.txt"
ID = r"[A-Z]-[0-9a-f]{16}"
FOUR = ["Dorun Keshiwa", "Elna Marsten", "Lise Ondaro", "Piers Haldor"]


class Section(NamedTuple):
    """One question of the page: its commands, what they are said to print, and by which words the id in capitals is found."""

    title: str
    commands: list[str]
    shown: list[str]
    chosen: str


def sections() -> list[Section]:
    found = []
    for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        blocks = re.findall(r"^```(\w+)\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
        commands = [line for language, block in blocks if language == "bash" for line in block.splitlines()]
        shown = [line for language, block in blocks if language == "text" for line in block.splitlines()]
        chosen = re.search(r'^`[A-Z]+` is the id beside "(.+)"\.$', part, re.MULTILINE)
        found.append(Section(part.partition("\n")[0], commands, shown, chosen[1] if chosen else ""))
    return found


QUESTIONS = sections()


class Answers(NamedTuple):
    """What the commands of a section printed: as text, and as JSON."""

    text: list[str]
    json: list[Any]


def choose(printed: str, words: str) -> str:
    """The id on the line that begins with the words; without words, the one id of the output."""
    ids: set[str] = {i for line in printed.splitlines() if line.startswith(words) for i in re.findall(ID, line)}
    assert len(ids) == 1, (words, ids)
    return ids.pop()


@pytest.fixture
def ask(sample: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Answers]:
    """The commands of a question, run in an empty folder exactly as printed, the ledger and the id in capitals put in."""
    monkeypatch.chdir(tmp_path)

    def answer(number: int) -> Answers:
        section, answers = QUESTIONS[number - 1], Answers([], [])
        for command in section.commands:
            words = shlex.split(command)
            assert words[0] == "reaffirm"
            assert words[-2:] == ["--ledger", "demo.db"]
            words = [choose(answers.text[0], section.chosen) if re.fullmatch("[A-Z]{4,}", word) else word for word in words[1:-1]]
            printed, spans = run(*words, sample), run(*words, sample, "--json")
            assert (printed.code, spans.code) == (0, 0), printed.err + spans.err
            answers.text.append(printed.out)
            answers.json.append(json.loads(spans.out))
        return answers

    return answer


@pytest.fixture(scope="module")
def texts(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Name and canonical text of each document by its id."""
    folder = tmp_path_factory.mktemp("texts") / "out"
    with Ledger(sample) as ledger:
        ledger.export(folder)
        return {i: (name, (folder / f"texts/{name}.txt").read_bytes().decode()) for i, name in ledger.names().items()}


def spans(value: object) -> Iterator[dict[str, Any]]:
    """Every span in a JSON value."""
    if isinstance(value, dict):
        if {"document", "start", "end", "exact"} <= value.keys():
            yield value
        for part in value.values():
            yield from spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans(part)


def words_of(value: object) -> set[str]:
    return {" ".join(span["exact"].split()) for span in spans(value)}


def gist(line: str) -> re.Pattern[str]:
    """The lines that a shown line stands for: `...` is anything."""
    return re.compile(".*".join(re.escape(part) for part in line.split("...")))


# The page


def test_the_page_has_ten_questions_with_one_or_two_commands_each_and_says_what_is_not_claimed() -> None:
    assert [s.title.partition(".")[0] for s in QUESTIONS] == [str(n) for n in range(1, 11)]
    assert [s.title for s in QUESTIONS if not s.title.endswith("?") or len(s.commands) not in {1, 2} or len(s.shown) < 4] == []
    assert PAGE.count("\nNot claimed: ") == 10
    assert re.findall("^```(?!bash|text|$).*", PAGE, re.MULTILINE) == []


@pytest.mark.parametrize("number", range(1, 11))
def test_what_is_shown_is_what_is_printed_in_that_order(number: int, ask: Callable[[int], Answers]) -> None:
    printed = [line.rstrip() for out in ask(number).text for line in out.splitlines()]
    at = 0
    for line in QUESTIONS[number - 1].shown:
        place = next((i for i in range(at, len(printed)) if gist(line.rstrip()).fullmatch(printed[i])), None)
        assert place is not None, f"not printed after line {at}: {line}"
        at = place + 1


@pytest.mark.parametrize("number", range(1, 11))
def test_every_span_of_an_answer_stands_in_its_text(number: int, ask: Callable[[int], Answers], texts: dict[str, tuple[str, str]]) -> None:
    for answer in ask(number).json:
        found = list(spans(answer))
        assert found
        assert [s for s in found if texts[s["document"]][1][s["start"] : s["end"]] != s["exact"]] == []


@pytest.mark.parametrize("number", range(1, 11))
def test_offsets_that_are_printed_lead_to_the_words(number: int, ask: Callable[[int], Answers], texts: dict[str, tuple[str, str]]) -> None:
    canonical = dict(texts.values())
    answers = ask(number)
    said = {" ".join(words.split()) for answer in answers.json for words in words_of(answer)}
    for name, start, end in re.findall(r"(\S+\.(?:txt|html)) \[(\d+), (\d+)\)", "".join(answers.text)):
        assert " ".join(canonical[name][int(start) : int(end)].split()) in said


# The answers


def step(thread: dict[str, Any], doc: str) -> dict[str, Any]:
    (found,) = [s for s in thread["steps"] if s["place"]["doc"] == doc]
    return dict(found)


def test_meetings_in_time_and_late(ask: Callable[[int], Answers]) -> None:
    threads, shown = ask(1).json
    by_label = {t["label"]: t for t in threads}
    kept = by_label["the next meeting of the Dialogue will be held within a year"]
    assert step(kept, FIRST)["status"] == "introduced"
    assert step(kept, SECOND)["status"] == "carried out"
    assert step(by_label["to meet in Hanaru in the first half of 2033"], THIRD)["status"] == "carried out"
    late = step(shown["thread"], FOURTH)
    assert (late["status"], late["place"]["first"]) == ("delayed", "2034-01-22")
    assert "2033-12-31" in late["rule"]
    assert "this meeting was held later than planned" in words_of(late["members"])
    due = {m["due"] for m in step(shown["thread"], THIRD)["members"] if m["kind"] == "commitment"}
    assert due == {"2033-12-31"}


def test_who_said_it_in_which_account(ask: Callable[[int], Answers]) -> None:
    study, article = ask(2).json
    alone = {(row["doc"], *row["voice"]["speakers"]) for row in study if len(row["voice"]["speakers"]) == 1}
    assert alone == {(TRANSCRIPT, "Lise Ondaro"), (WIRE, "Elna Marsten")}
    assert [(r["doc"], r["voice"]["speakers"], r["statement"]["directness"]) for r in article] == [
        (TRANSCRIPT, ["Elna Marsten"], "turn"), (WIRE, ["Elna Marsten"], "direct")]  # fmt: skip
    (turn,), (quoted,) = (row["statement"]["content"] for row in article)
    assert quoted["exact"].strip("“”,").replace("\xa0", " ") in turn["exact"]
    assert {row["statement"]["source"]["exact"] for row in study + article} >= {"MINISTER ONDARO", "SECRETARY MARSTEN", "she"}


def test_what_is_due_when(ask: Callable[[int], Answers], tmp_path: Path) -> None:
    (rows,) = ask(3).json
    due = {row["row"]["action"]["exact"][:50]: row for row in rows if row["doc"] == FOURTH}
    days = {words: re.search(r"2034-\d\d-\d\d", json.dumps(row["derived"])) for words, row in due.items()}
    assert {words: day and day[0] for words, day in days.items()} == {
        "to conclude, by the end of June 2034, a joint plan": "2034-06-30",
        "joint patrols will begin on 1 April 2034 under a r": "2034-04-01",
        "to publish the study by the end of April 2034": "2034-04-30",
    }
    assert [r["row"]["due"]["exact"] for r in due.values()] == ["by the end of June 2034", "on 1 April 2034", "by the end of April 2034"]
    events = Calendar.from_ical((tmp_path / "due.ics").read_bytes()).walk("VEVENT")
    assert {f"{row['row']['id']}@reaffirm" for row in rows} == {str(event["UID"]) for event in events}
    assert {event["DTSTART"].dt.year for event in events} == {2034}


def test_what_a_minister_did_not_say(ask: Callable[[int], Answers]) -> None:
    (refused,), sanctions = ask(4).json
    assert (refused["doc"], refused["voice"]["speakers"]) == (WIRE, ["Dorun Keshiwa"])
    assert (refused["statement"]["factuality"], refused["statement"]["cue"]["exact"]) == ("denied", "declined")
    assert refused["statement"]["content"][0]["exact"] == "to say why"
    assert [(row["doc"], row["statement"]["factuality"]) for row in sanctions] == [(GIST, "plain"), (GIST, "denied"), (TRANSCRIPT, "plain")]
    assert len(sanctions[1]["voice"]["speakers"]) == 4
    assert all("Elna Marsten" in row["voice"]["speakers"] for row in sanctions)


def test_how_the_wording_changed_and_whose_change_it_is(ask: Callable[[int], Answers]) -> None:
    thread = ask(5).json[1]["thread"]
    weakened = [s for s in thread["steps"] if s["status"] == "weakened"]
    assert [(s["place"]["doc"], s["place"]["authority"]) for s in weakened] == [(SECOND, "official text"), (THIRD, "official text")]
    assert (weakened[0]["was"], weakened[0]["now"]) == (["to coordinate"], ["the importance of coordinating"])
    assert "the importance of coordinating their export controls on dual-use technology" in words_of(weakened[0]["members"])
    assert words_of(weakened[1]["members"]) >= {"the exchange of views between officials on export controls for dual-use technology"}
    told = {s["place"]["doc"]: s for s in thread["steps"] if s["status"] == "restated"}
    assert {told[doc]["place"]["authority"] for doc in (GIST, HERALD, COURIER)} == {"official paraphrase", "opinion"}
    assert all(s["rule"].startswith("another account of the same meeting") for s in told.values())


def test_who_the_four_ministers_are(ask: Callable[[int], Answers], run: Run, sample: Path) -> None:
    (row,), explained = ask(6).json
    assert explained["row"] == row["statement"]["id"]
    assert row["statement"]["source"]["exact"] == "the four ministers"
    assert explained["said"]["voice"]["speakers"] == FOUR
    assert explained["said"]["voice"]["certainty"] == "probable"
    offices = {o["name"]: (o["office"], o["basis"]) for o in explained["said"]["voice"]["offices"]}
    assert offices["Lise Ondaro"] == ("Minister of Foreign Affairs (Saoren)", "stated")
    assert offices["Piers Haldor"] == ("Defence Secretary (Velmara)", "inferred")
    for doc, cue, other, one in ((HERALD, "condemned", "Ashen Talumi", "Lise Ondaro"), (LATER, "pledged", "Joan Ferrand", "Piers Haldor")):
        (there,) = json.loads(run("said", "--document", doc, "--cue", cue, "--ledger", sample, "--json").out)
        assert set(there["voice"]["speakers"]) == {*FOUR, other} - {one}


def test_who_asks_and_what_came_of_it(ask: Callable[[int], Answers], run: Run, sample: Path) -> None:
    asked, shown = ask(7).json
    rows = asked["demands"]
    assert len(rows) == 7
    sides = {(*each["holder"], "of", *each["target"]): each for each in asked["balance"]}
    assert {side: (each["items"], len(each["rows"])) for side, each in sides.items()} == {
        ("Saoren", "Velmara", "of", "Drevonia"): (3, 5), ("Velmara", "of", "Drevonia"): (2, 2)}  # fmt: skip
    assert sides["Saoren", "Velmara", "of", "Drevonia"]["done"] == [shown["thread"]["id"]]
    every = json.loads(run("demands", "--count", "--ledger", sample, "--json").out)["balance"]
    assert (every[0]["holder"], every[0]["target"], every[0]["items"]) == (["writer"], ["Saoren", "Velmara"], 7)
    assert len(every[0]["answered"]) == 4
    assert {tuple(row["derived"]["target"]) for row in rows} == {("Drevonia",)}
    holders = {holder for row in rows for holder in row["derived"]["holder"]}
    assert holders == {*FOUR, "Ashen Talumi", "Joan Ferrand", "Saoren", "Velmara"}
    assert run("demands", "--holder", "Drevonia", "--ledger", sample).out.startswith("no such demands")
    (halt,) = [row for row in rows if row["row"]["action"]["exact"] == "halt the work"]
    assert (halt["doc"], halt["row"]["modality"]["exact"], halt["row"]["strength"]) == (FOURTH, "demanded", 4)
    done = step(shown["thread"], FOURTH)
    assert done["status"] == "carried out"
    assert any("the release of the two sailors on 9 October 2033" in words for words in words_of(done["members"]))
    talks = next(row for row in rows if row["doc"] == SECOND)["row"]["id"]
    thread = json.loads(run("thread", talks, "--ledger", sample, "--json").out)["thread"]
    assert {s["status"] for s in thread["steps"]} == {"introduced", "restated"}
    assert [s["place"]["doc"] for s in thread["silent"]] == [THIRD, TRANSCRIPT, FOURTH]
    assert all("return" in s["searched"] and s["nearest"] for s in thread["silent"])


def test_what_one_account_alone_has(ask: Callable[[int], Answers], texts: dict[str, tuple[str, str]]) -> None:
    canonical = dict(texts.values())
    pairs = (("stand by Saoren", "did not agree on sanctions"), ("scholarship programme",))
    for found, (doc, other), told in zip(ask(8).json, ((GIST, FIRST), (FIRST, GIST)), pairs, strict=True):
        assert texts[found["document"]][0] == doc
        assert [texts[i][0] for i, _ in found["searched"]] == [other]
        fresh = [r for r in found["remarks"] if r["kind"] == "new" and r["first_time"]]
        for words in told:
            assert any(words in r["now"]["exact"] and "binds" in r["why"] for r in fresh)
            assert (words in canonical[doc], words in canonical[other]) == (True, False)


def test_whether_quotations_are_right(ask: Callable[[int], Answers], texts: dict[str, tuple[str, str]]) -> None:
    herald, later = ({q["quotation"]["span"]["exact"]: q for q in found} for found in ask(9).json)
    assert {q["verdict"] for q in herald.values()} == {"altered", "not found", "verbatim"}
    (altered,) = [q for q in herald.values() if q["verdict"] == "altered"]
    assert {texts[s["document"]][0] for s in altered["standing"]} == {SECOND}
    assert [(c["quoted"]["exact"], c["standing"]["exact"]) for c in altered["changes"]] == [("condemned", "over"), ("intrusion", "entry")]
    elided = next(q for words, q in later.items() if words.startswith("a joint plan"))
    assert elided["verdict"] == "elided"
    left, right = elided["standing"]
    assert texts[left["document"]][0] == FOURTH
    gap = texts[left["document"]][1][left["end"] : right["start"]]
    assert gap.endswith("to the Orrin Shoals, to the airspace above them and ")


def test_how_the_meeting_is_judged_by_whom(ask: Callable[[int], Answers]) -> None:
    for rows, doc, told in zip(ask(10).json, (HERALD, COURIER), (
        {"regrettable": "negative", "a clear advance": "positive"},
        {"a poor substitute for real ones": "negative", "a sober document": "positive"},
    ), strict=True):  # fmt: skip
        judged = {r["row"]["action"]["exact"]: r["row"]["polarity"] for r in rows if r["row"]["kind"] == "evaluation"}
        assert {words: judged.get(words) for words in told} == told
        assert {(r["doc"], *r["derived"]["holder"]) for r in rows} == {(doc, "writer")}
        assert {r["row"]["kind"] for r in rows} >= {"evaluation", "demand", "question"}


# The limits


@pytest.mark.parametrize(
    ("arguments", "still"),
    [
        (("demands", "--all", "--document", COURIER), "a step in another direction  ID\n    evaluation by writer; positive"),
    ],
)
def test_shortcomings_that_the_page_names_are_still_there(arguments: tuple[str, ...], still: str, run: Run, sample: Path) -> None:
    printed = re.sub(r"\[" + ID + r"\]", "ID", run(*arguments, "--ledger", sample).out)
    assert still in printed, "mended: take it out of docs/questions.md and out of this test"

"""Random sequences of deciding, undoing, reading with other packs and reading into another text: no judgement is lost, none moves."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from reaffirm import derivation, packs, pipeline, proposals
from reaffirm.errors import UsageError
from reaffirm.ledger import Ledger
from reaffirm.model import Acquisition
from reaffirm.review.log import standing
from reaffirm.sequels import ADDED
from reaffirm.store import loading, people, queries, writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reaffirm.model import Judgement, Run
    from reaffirm.readings import Observation

pytest_plugins = ["samples"]
SEQUENCES, BATCHES, STEPS = 500, 10, 14
# Read as plain text or as a page, by the name: the same bytes, two canonical texts.
PAGES = {
    "note": b"""Note of the talks
<p>Foreign Minister Elna Marsten said that Velmara would provide two survey ships by June 2033. She said the ports would stay open.</p>
<p>\xe2\x80\x9cWe will not wait,\xe2\x80\x9d Dorun Keshiwa stressed. Saoren should publish the register of the shoals, she added.</p>
""",
    "reply": b"""Reply of the ministry
<p>The two sides agreed to meet again in June 2033. Saoren will share the records of the cables.</p>
<p>Velmara must answer for the delay, the ministry warned. The two sides agreed to meet again.</p>
""",
}
FORMS = (".txt", ".html")
Reading = tuple["Observation", "Run"]


@dataclass
class Shelf:
    """A ledger that has read both pages, and all the ways in which each can be read."""

    book: Path
    readings: dict[str, list[Reading]]
    packs: packs.Packs


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, pack: Path) -> Shelf:
    known = [packs.load(), packs.load(pack)]
    readings = {
        name: [(pipeline.observations(name + form, data, k, ())[0], pipeline.run(k)) for k in known for form in FORMS]
        for name, data in PAGES.items()
    }
    assert len({o.document.id for found in readings.values() for o, _ in found}) == 4
    assert any(readings["note"][0][0].voices[n] != readings["note"][2][0].voices[n] for n in range(2))  # the packs know other names
    book = tmp_path_factory.mktemp("shelf") / "book.db"
    with Ledger(book, create=True) as ledger:
        for name in PAGES:
            record(ledger, name, readings[name][0], known[0])
    return Shelf(book, readings, known[0])


def record(ledger: Ledger, name: str, reading: Reading, known: packs.Packs) -> None:
    """Nothing; a page is read so, and its meetings are sorted by packs that are always the same, so that order does not matter."""
    observation, run = reading
    ledger.store.record(observation, Acquisition(observation.document.id, name, "", "2031-01-01"), PAGES[name], run)
    derivation.meet(ledger.store, known)


@dataclass
class Desk:
    """A sequence as it goes: the ledger, which reading of each page is current, and the log as it was after the last step."""

    ledger: Ledger
    shelf: Shelf
    dice: random.Random
    current: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PAGES, 0))
    before: list[tuple[object, ...]] = field(default_factory=list)

    def rows(self) -> list[str]:
        found = self.ledger.store.read("SELECT row FROM listed WHERE substr(row, 1, 1) IN ('S', 'C', 'N') ORDER BY row")
        return [row["row"] for row in found]

    def meetings(self) -> list[str]:
        return [row["telling"] for row in self.ledger.store.read("SELECT telling FROM meeting ORDER BY telling")]

    def who(self) -> str:
        return self.dice.choice(("Ana", "Bo"))

    # Steps

    def judge(self) -> None:
        self.ledger.judge(self.dice.choice(self.rows()), self.dice.choice(("accepted", "rejected", "unsure")), who=self.who())

    def correct(self) -> None:
        row = self.dice.choice(self.rows())
        words = proposals.read(self.ledger.store, [row])[row].words[0]
        name = {"S": "speakers", "C": "parties", "N": "holder"}[row[0]]
        change = self.dice.choice((f"{name}=Lise Ondaro", "strength=2", f"span={words.start}-{max(words.start + 1, words.end - 3)}"))
        self.ledger.judge(row, "corrected", change, who=self.who())

    def judge_meeting(self) -> None:
        row = self.dice.choice(self.meetings() or self.rows())
        verdict = self.dice.choice(("accepted", "rejected", "unsure", "corrected"))
        change = "date=2033-06-02" if verdict == "corrected" else None
        self.ledger.judge(row, verdict, change, who=self.who())  # type: ignore[arg-type] # verdicts

    def comment(self) -> None:
        self.ledger.comment(self.dice.choice(self.rows()), f"remark {self.dice.randrange(3)}", who=self.who())

    def add(self) -> None:
        name = self.dice.choice(list(PAGES))
        document = self.shelf.readings[name][self.current[name]][0].document
        words = document.text.split()
        at = self.dice.randrange(len(words) - 2)
        kind = self.dice.choice(("statement", "commitment", "demand"))
        self.ledger.add_row(document.id, kind, " ".join(words[at : at + 3]), who=self.who())  # type: ignore[arg-type] # kinds

    def undo(self) -> None:
        row = self.dice.choice((None, self.dice.choice(self.judged())))
        who, before = self.who(), queries.judgements(self.ledger.store)
        anyone = bool(row) and self.dice.random() < 0.5
        undone = self.ledger.undo(row, who=who, anyone=anyone)
        assert anyone or undone.who == who
        assert sorted(j.id for j in before if j.id != undone.id) == sorted(j.id for j in queries.judgements(self.ledger.store))

    def carry(self) -> None:
        offers = [offer for offer in self.ledger.offers() if offer.row and not offer.carried]
        if not offers:
            return
        offer, before = self.dice.choice(offers), queries.judgements(self.ledger.store)
        made = self.ledger.carry(offer.judgement.row, who=offer.judgement.who)
        assert all(judgement.who == offer.judgement.who and judgement.row == offer.row for judgement in made)
        assert {j.id for j in before} <= {j.id for j in queries.judgements(self.ledger.store)}  # the orphans stay

    def redo(self) -> None:
        self.ledger.redo(self.dice.choice((None, self.dice.choice(self.judged()))), who=self.who())

    def judged(self) -> list[str]:
        return [row["row"] for row in self.ledger.store.read("SELECT DISTINCT row FROM judgement")] or self.rows()

    def join(self) -> None:
        self.ledger.same_item(*self.dice.sample(self.rows(), 2), same=self.dice.random() < 0.7, who=self.who())

    def read(self) -> None:
        name = self.dice.choice(list(PAGES))
        self.current[name] = self.dice.randrange(len(self.shelf.readings[name]))
        record(self.ledger, name, self.shelf.readings[name][self.current[name]], self.shelf.packs)

    def step(self) -> None:
        steps: list[Callable[[], None]] = [
            self.judge, self.judge, self.correct, self.judge_meeting,
            self.comment, self.add, self.undo, self.undo, self.redo, self.carry, self.join, self.read, self.read,
        ]  # fmt: skip
        try:
            self.dice.choice(steps)()
        except UsageError:  # nothing to undo, words that stand twice, rows that are no items: refused, and nothing changed
            assert self.records() == self.before
        self.look()

    # What must hold

    def records(self) -> list[tuple[object, ...]]:
        return [tuple(row) for row in self.ledger.store.read("SELECT * FROM judgement ORDER BY seq")]

    def events(self) -> list[Judgement]:
        return [loading.judgement_of(row) for row in self.ledger.store.read("SELECT * FROM judgement ORDER BY seq")]

    def look(self) -> None:
        """Nothing, when the log only grew, every judgement is on its own row in its own words or an orphan, and changes are shown."""
        now = self.records()
        assert now[: len(self.before)] == self.before
        self.before = now
        held = queries.judgements(self.ledger.store)
        assert sorted(standing(self.events()), key=lambda j: j.id) == sorted(held, key=lambda j: j.id)
        listed, lost = {*self.rows(), *self.meetings()}, {j.id for j in self.ledger.orphans()}
        assert {j.id for j in held if j.row not in listed} == lost
        found = proposals.read(self.ledger.store, sorted({j.row for j in held} & listed))
        own = {None, "speakers", "strength", "span", "date", "comment", ADDED}
        for judgement in (j for j in held if j.row in listed and j.field in own):
            assert words(found[judgement.row], judgement.row).split() == judgement.quote.split()
        self.look_at_changes([j for j in held if j.row in listed], {change.judgement.id for change in self.ledger.changed()})

    def look_at_changes(self, held: list[Judgement], shown: set[str]) -> None:
        """Nothing, when just those statements are shown as changed whose speakers or manner the current readings give otherwise."""
        read: dict[str, dict[str, object]] = {}
        for name, at in self.current.items():
            observation = self.shelf.readings[name][at][0]
            voices = {voice.statement: list(voice.speakers) for voice in observation.voices}
            read |= {s.id: {"speakers": voices.get(s.id), "directness": s.directness} for s in observation.statements}
        for judgement in held:
            if judgement.row in read and judgement.field is None:
                assert (json.loads(judgement.judged) != read[judgement.row]) == (judgement.id in shown), judgement


def words(found: proposals.Proposal, row: str) -> str:
    """The words of a row; of a meeting those of the telling under which it was judged."""
    if found.convened is None:
        return found.quote
    return next(telling for telling in found.convened.meeting.tellings if telling.id == row).evidence[0].exact


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_judgement_is_lost_or_moved_and_the_log_gives_the_state(shelf: Shelf, tmp_path: Path, batch: int) -> None:
    for n in range(SEQUENCES // BATCHES):
        seed = batch * SEQUENCES + n
        book = shutil.copy(shelf.book, tmp_path / "book.db")
        with Ledger(book) as ledger:
            ledger.store.read("PRAGMA synchronous = OFF")
            desk = Desk(ledger, shelf, random.Random(seed))  # noqa: S311 - seeded, to be the same each time
            for _ in range(STEPS):
                desk.step()
            replay(desk, tmp_path / "replayed.db", whole=n == 0)


def replay(desk: Desk, path: Path, *, whole: bool) -> None:
    """Nothing, when a ledger that reads the same and is given the same log is in the same state; `whole`: and exports the same."""
    shutil.copy(desk.shelf.book, path)
    with Ledger(path) as ledger:
        ledger.store.read("PRAGMA synchronous = OFF")
        for name, at in desk.current.items():
            record(ledger, name, desk.shelf.readings[name][at], desk.shelf.packs)
        with ledger.store.writing() as connection:
            for event in desk.events():
                writing.add_judgement(connection, event)
                if event.field == ADDED:
                    people.replace_of(connection, event.row)
        assert state(ledger) == state(desk.ledger)
        if whole:
            exports = [exported(each, path.with_name(f"{n}.out")) for n, each in enumerate((ledger, desk.ledger))]
            assert exports[0] == exports[1]
            assert desk.ledger.verify() == []  # the other was told of rows of readings that it never had


def state(ledger: Ledger) -> list[object]:
    """What holds: judgements, verdicts, the rows that are listed (people's among them), and the orphans."""
    verdicts = ledger.store.read(f"SELECT row, verdict, who FROM {loading.OWN_VERDICT} ORDER BY row")
    listed = ledger.store.read("SELECT row, version FROM listed ORDER BY row")
    told = [(found.meeting.id, found.meeting.date, found.verdict) for found in ledger.meetings(rejected=True, others=True)]
    return [queries.judgements(ledger.store), *([tuple(r) for r in rows] for rows in (verdicts, listed)), told, ledger.orphans()]


def exported(ledger: Ledger, folder: Path) -> dict[str, bytes]:
    from reaffirm import weaving  # noqa: PLC0415 - threads of what was recorded without `add`

    weaving.woven(ledger.store, packs.load)
    shutil.rmtree(folder, ignore_errors=True)
    ledger.export(folder)
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_sequences_meet_what_they_are_about(shelf: Shelf, tmp_path: Path) -> None:
    """Orphans, changed rows and people's rows in other texts do come up; else the sequences above would prove nothing."""
    met = {"meetings": 0, "carried": 0, "orphans": 0, "changed": 0, "moved along": 0, "redone": 0}
    for seed in range(60):
        with Ledger(shutil.copy(shelf.book, tmp_path / "book.db")) as ledger:
            ledger.store.read("PRAGMA synchronous = OFF")
            desk = Desk(ledger, shelf, random.Random(seed))  # noqa: S311 - the same
            for _ in range(STEPS):
                desk.step()
            met["orphans"] += bool(ledger.orphans())
            met["carried"] += any(offer.carried for offer in ledger.offers())
            met["changed"] += bool(ledger.changed())
            met["meetings"] += any(found.verdict for found in ledger.meetings())
            texts = ledger.store.read("SELECT DISTINCT id, document FROM statement WHERE rule LIKE 'person%'")
            met["moved along"] += len({t["id"] for t in texts}) < len(texts)
            made = [event.id for event in desk.events() if not event.undone]
            met["redone"] += len(set(made)) < len(made)
    assert all(met.values()), met

"""Demands, voices and names -> calls: whose demand it is, and which states, organisations or persons it asks to act.

The words that name who should act are read by the rules that read the source of a statement; where the text names nobody, the
parties of the meeting that an opinion or a turn is about are meant, and that is said as the rule. Nothing is parsed here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.model import Span, Statement, digest
from reaffirm.readings import Call
from reaffirm.resolve import collectives
from reaffirm.resolve.cast import Cast, cast
from reaffirm.resolve.collectives import states_in
from reaffirm.resolve.home import INSTITUTION, home
from reaffirm.resolve.podium import described, issued, official
from reaffirm.resolve.reading import Reading
from reaffirm.resolve.room import Case, Room
from reaffirm.resolve.speech import Platform, platform
from reaffirm.resolve.voices import FIRST, read

if TYPE_CHECKING:
    from reaffirm.model import Document, Mention, Voice
    from reaffirm.packs import Packs
    from reaffirm.readings import Demand

ISSUED = "joint statement"
SPEECHES = frozenset({"remarks"})
INFERRED = frozenset({"editorial", "analysis", "reaction"})
NOBODY = re.compile(r"(?:nobody|no ?one|none|everyone|everybody|anyone|all|each|one|it|this|that|no \w+)", re.IGNORECASE)
# Nouns for what acts in a state's name, so that the state named beside them is the one asked.
BODY = re.compile(
    r"\b(?:people|parliament|congress|senate|diet|assembly|lawmakers|legislature|army|military|forces|navy|air force|leaders?|leadership|"
    r"authorities|officials|side|public|government|cabinet|diplomats?|delegation|president|premier|prime minister|ministers?|regime|"
    r"police)\b",
    re.IGNORECASE,
)
# Those who fight elsewhere, not those who meet.
OTHERS = re.compile(
    r"(?:all |both )?(?:of )?(?:the )?(?:\w+ )?(?:parties|sides|factions|belligerents|combatants) "
    r"(?:(?:to|in|of) (?:the |this |that |any )?(?:\w+ )?(?:conflict|war|fighting|hostilities|dispute|crisis|violence)\b.*"
    r"|concerned|involved)",
    re.IGNORECASE,
)
AUXILIARY = re.compile(r"(?: (?:to|must|should|ought|needs?|have|has|will|would|are|is|urged|called|upon|on))+$")
QUESTION = re.compile(r"Q|Question|Reporter|Journalist|Media|Press", re.IGNORECASE)
NAME = re.compile(r"\((?P<who>[A-Z][^()]{1,60})\)")
EDGE = ' \n"“'  # what may stand before the first word of a sentence
FEWEST, MOST = 2, 4  # states of a meeting whose parties a demand without a subject means
RECENT = 4  # statements before a "we" that may tell a joint act
NEAR = 12  # code points between the end of a demand and the "they" of the next
TOGETHER = re.compile(
    r"\b(?:together|jointly|our (?:two|three|four|both)|side by side|hand in hand|both (?:countries|sides))\b", re.IGNORECASE
)


def calls(
    document: Document, demands: tuple[Demand, ...], statements: tuple[Statement, ...], voices: tuple[Voice, ...],
    mentions: tuple[Mention, ...], packs: Packs,
) -> tuple[Call, ...]:  # fmt: skip
    """One call per demand, in the order of the demands; judgements, questions and guesses have a holder and no target."""
    if not demands:
        return ()
    scene = Scene(document, statements, voices, mentions, packs)
    inputs = digest([d.id for d in demands], [[v.statement, v.speakers] for v in voices], packs.fingerprint)[:16]
    return tuple(scene.call(demand, inputs) for demand in demands)


class Scene:
    """A document's statements with their voices by place, and the room in which targets are read."""

    def __init__(
        self, document: Document, statements: tuple[Statement, ...], voices: tuple[Voice, ...], mentions: tuple[Mention, ...], packs: Packs
    ) -> None:
        self.document, self.packs = document, packs
        self.genre = ISSUED if official(document) else document.card.genre.value  # a title may say what the card does not
        self.states = {s.name for s in packs.states}
        self.voices = {v.statement: v for v in voices}
        spoken = platform(document, mentions, packs) if self.genre in SPEECHES else Platform()
        alone = self.genre in SPEECHES  # a speech tells of no meeting of its own
        table = Cast((), (), None, (), document.card.day) if alone else cast(document, mentions, packs)
        self.room = Room(document, table, mentions, packs, {s.id: s for s in statements}, {}, spoken)
        self.turns = [s for s in statements if s.directness == "turn"]
        self.rows = sorted(statements, key=lambda s: (s.source or s.cue or s.content[0]).start)
        self.home = home(document, mentions, packs) if self.genre in INFERRED else None
        self.asked = [s for s in statements if s.cue is not None and s.cue.exact == ":"]
        self._next = 0
        self._turn = 0
        self._last: tuple[int, Reading] | None = None  # where the demand before ends, and who was named in it

    def call(self, demand: Demand, inputs: str) -> Call:
        """The call of one demand; demands come in order of place."""
        self._heard(demand.action.start)
        turn = self._turn_around(demand.action.start)
        holder, rule = self._holder(demand, turn)
        if demand.kind != "demand":
            return Call(demand.id, holder, (), None, rule=rule, inputs=inputs)
        named = self._named(demand, turn) if demand.target else None
        self._last = (demand.action.end, named) if named is not None and not named.open else None
        if demand.target and named is not None:
            found = tuple(sorted(set(named.speakers)))
            return Call(demand.id, holder, found, explicit=True, certainty=named.certainty, rule=named.rule, inputs=inputs)
        target, why = self._meant(turn)
        return Call(demand.id, holder, target, explicit=False, certainty="probable" if target else None, rule=why, inputs=inputs)

    def _heard(self, place: int) -> None:
        """Nothing: puts the readings of statements up to a place into the room, in order, so that pronouns look back from there."""
        while self._next < len(self.rows) and (self.rows[self._next].source or self.rows[self._next].content[0]).start <= place:
            row = self.rows[self._next]
            voice = self.voices.get(row.id)
            if voice is not None:
                people = tuple(n for n in voice.speakers if n in self.room.by_name)
                self.room.readings[row.id] = Reading(
                    voice.speakers, people, voice.external, voice.parties, voice.certainty, voice.rule
                )  # fmt: skip
            self._next += 1

    def _turn_around(self, place: int) -> Statement | None:
        while self._turn < len(self.turns) and self.turns[self._turn].content[-1].end <= place:
            self._turn += 1
        here = self.turns[self._turn] if self._turn < len(self.turns) else None
        return here if here is not None and here.content[0].start <= place else None

    # Whose demand it is

    def _holder(self, demand: Demand, turn: Statement | None) -> tuple[tuple[str, ...], str]:
        statement = self.room.by_id.get(demand.statement or "")
        if statement is not None and statement.source is not None and (demand.holder is not None or self.genre == ISSUED):
            ours = issued(self.document, self.room.mentions, " ".join(statement.source.exact.split()))
            named = described(statement.source, self.room.within(statement.source.start, statement.source.end), self.document.text)
            if ours or named:
                return ours or named, "call.issuers" if ours else "call.source"
        if demand.holder is not None and statement is not None and statement.id in self.voices:
            return self._speakers(self.voices[statement.id]), "call.source"
        asker = self._asker(demand, turn) if demand.kind == "question" else None
        if asker:
            return (asker,), "call.asker"
        if turn is not None and turn.id in self.voices:
            return self._speakers(self.voices[turn.id]), "call.turn"
        if self.genre in SPEECHES:
            spoken = self.room.platform
            return tuple(n for n in (spoken.person or spoken.state,) if n) or ("writer",), "call.speaker"
        if self.genre == ISSUED:
            found = collectives.principals(self.room.cast, self.packs)
            said = self._speakers(self.voices[statement.id]) if statement is not None and statement.id in self.voices else ()
            ours = () if said else issued(self.document, self.room.mentions, "we")
            return said or ours or tuple(sorted(found.speakers)) or ("?",), "call.issuers"
        return ("writer",), "call.writer"

    def _asker(self, demand: Demand, turn: Statement | None) -> str | None:
        """Who puts a question under a label of its own that is no turn ("Daily Post: Will ..."), or in a turn of "Q: (Daily Post)"."""
        place = demand.action.start
        label = next((s for s in self.asked if s is not turn and s.content[0].start <= place < s.content[-1].end), None)
        if label is not None and label.source is not None and label.directness != "turn":
            return self._speakers(self.voices[label.id])[0] if label.id in self.voices else f"?{label.source.exact}"
        named = NAME.match(self.document.text, turn.content[0].start, place) if turn else None
        idle = turn is not None and turn.source is not None and QUESTION.fullmatch(turn.source.exact) is not None
        return f"?{' '.join(named['who'].split())}" if named and idle else None

    @staticmethod
    def _speakers(voice: Voice) -> tuple[str, ...]:
        """The speakers of a voice; the parties behind them where no speaker is known."""
        unknown = all(s.startswith("?") for s in voice.speakers)
        return voice.parties if unknown and voice.parties else voice.speakers

    # Who should act

    def _named(self, demand: Demand, turn: Statement | None) -> Reading | None:
        """The reading of the words that name who should act."""
        target = demand.target
        if target is None:
            return None
        words = " ".join(target.exact.split())
        if NOBODY.fullmatch(words) and words.casefold() != "it":
            return None
        whole = " ".join(self.document.text[target.start : max(target.end, demand.action.start)].split())
        if OTHERS.match(whole):
            return Reading((f"?{AUXILIARY.sub('', whole)}",), certainty="underspecified", rule="call.others")
        if FIRST.fullmatch(words) or words.casefold() in {"’s", "'s"}:
            return self._first_person(demand, turn, target)
        if words.casefold() in {"they", "it"} and self._last and 0 <= target.start - self._last[0] <= NEAR:
            return replace(self._last[1], certainty="probable", rule="call.demand-before")
        subject = self._at_home(words, target) if words.casefold() == "it" else None
        if subject:
            return subject
        reading = read(Case(self.room, _pseudo(demand, target, turn)))
        ours = self._at_home(words, target) if reading.open else None
        if ours:
            return ours
        return self._behind(words, reading) if reading.open else reading

    def _at_home(self, words: str, target: Span) -> Reading | None:
        """The state for whose institutions an opinion names no state, or that opens the sentence in which "it" should act."""
        if self.genre not in INFERRED:
            return None
        if words.casefold() == "it":
            low = max((self.document.text.rfind(stop, 0, target.start) for stop in ".!?\n"), default=-1) + 1
            opening = next((m for m in self.room.within(low, target.start) if m.kind == "state"), None)
            first = INSTITUTION.match(self.document.text[low : target.start].lstrip(EDGE))
            if first and self.home:
                return Reading((self.home,), parties=(self.home,), certainty="probable", rule="call.home")
            begins = opening is not None and self.document.text[low : opening.surface.start].strip(EDGE).casefold() in {"", "the"}
            plain = begins and opening is not None and opening.surface.exact.removeprefix("the ") in self.states
            found = (opening.state or opening.name) if plain and opening is not None else None
            return Reading((found,), parties=(found,), certainty="probable", rule="call.it") if found else None
        if self.home is None or not INSTITUTION.fullmatch(words):
            return None
        return Reading((self.home,), parties=(self.home,), certainty="probable", rule="call.home")

    def _first_person(self, demand: Demand, turn: Statement | None, target: Span) -> Reading | None:
        """We: in a turn the speaker's side, all who met where the words before told a joint act or say so; in a speech as its rules say."""
        states = self.room.cast.states
        voice = self.voices.get(turn.id) if turn else None
        if turn is not None and voice is not None:
            if self._joint(turn, demand) and states:
                return Reading(states, parties=states, certainty="probable", rule="call.we-all")
            return Reading(voice.parties or states or ("?we",), certainty="probable", rule="call.we-side")
        if self.genre in SPEECHES:
            return read(Case(self.room, _pseudo(demand, target, None)))
        if self.genre == ISSUED and states:
            return Reading(states, parties=states, certainty="probable", rule="call.issuers")
        return Reading((f"?{target.exact}",), certainty="underspecified", rule="call.we")

    def _joint(self, turn: Statement, demand: Demand) -> bool:
        """Whether "we" is all who met: the sentence before tells a joint act in the first person, or the words say "together"."""
        near = (r for r in self.rows[max(0, self._next - RECENT) : self._next] if r.nested_in == turn.id)
        return any(r.source and FIRST.fullmatch(r.source.exact) for r in near) or TOGETHER.search(demand.action.exact) is not None

    def _behind(self, words: str, reading: Reading) -> Reading:
        """The one state named beside a word for its people or bodies; else the reading, open as it is."""
        states = states_in(words, self.packs)
        if reading.parties or (len(states) == 1 and BODY.search(words)):
            found = reading.parties or states
            return Reading(found, parties=found, certainty="probable", rule="call.body-of-state")
        return reading

    def _meant(self, turn: Statement | None) -> tuple[tuple[str, ...], str]:
        """Who is meant where nobody is named: the parties of the meeting that the text is about."""
        states = self.room.cast.states
        if FEWEST <= len(states) <= MOST and set(states) <= self.states and (turn is not None or self.genre in INFERRED):
            return tuple(sorted(states)), "call.parties-of-the-meeting"
        if turn is None and self.home and len(states) < FEWEST:
            return (self.home,), "call.home"
        return (), "call.nobody"


def _pseudo(demand: Demand, target: Span, turn: Statement | None) -> Statement:
    """A statement with the target as its source, so that the rules for sources read it."""
    return Statement(demand.id, demand.document, target, None, (demand.action,), "indirect", nested_in=turn.id if turn else None)

"""The desk at which people decide: the verbs of the ledger that judge its rows, one method a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm import carrying, decisions, followup, judging, meetings, proposals, weaving
from reaffirm.sequels import STATUS
from reaffirm.store import blinding, queries
from reaffirm.store.explaining import history
from reaffirm.subjects import Subjects

if TYPE_CHECKING:
    from typing import Unpack

    from reaffirm.carrying import Offer
    from reaffirm.model import Judgement, Verdict
    from reaffirm.proposals import Queue
    from reaffirm.store import people
    from reaffirm.store.proposals import Choice, Order
    from reaffirm.store.records import Judged, Reread


class Desk(Subjects):
    """What people do with a ledger; `Ledger` is one."""

    def queue(
        self, who: str | None = None, *, order: Order = "document", limit: int = 20, offset: int = 0, **choice: Unpack[Choice]
    ) -> Queue:
        """The rows that a person has still to decide (or those of another state), by place or doubt, with their words in context.

        Meetings, which stand in several documents, come where their kind is asked for, by date or doubt.
        """
        ask = meetings.queue if choice.get("kind") == "meeting" else proposals.queue
        return ask(self.store, choice, who or judging.user(), order, (limit, offset))

    def changed(self) -> list[Reread]:
        """The judgements whose row is read otherwise now than when it was judged."""
        return proposals.changes(self.store, queries.judgements(self.store))

    def orphans(self) -> list[Judgement]:
        """The judgements whose row nothing reads any more, with the words that were judged."""
        return self.store.orphans()

    def offers(self) -> list[Offer]:
        """The orphans, each with the one row to which it may be carried, if there is one."""
        return carrying.offers(self.store, self.store.orphans())

    def carry(self, row: str, *, who: str | None = None) -> list[Judgement]:
        """What `who` decided on a row that nothing reads any more, recorded as new decisions on the row that has its words now."""
        made = [self.store.judge(judgement) for judgement in carrying.carried(self.store, row, who)]
        weaving.woven(self.store, lambda: self.packs)
        return made

    def history(self, row: str) -> tuple[Judged, ...]:
        """All that people decided on a row, in that order, each with who took it back and when."""
        return history(self.store, queries.resolve_row(self.store, row, kinds=decisions.ROWS))

    def judge(self, row: str, verdict: Verdict, change: str | None = None, *, who: str | None = None) -> Judgement:
        """The judgement on a statement, commitment, demand or meeting: accepted, rejected, unsure, or corrected with `field=value`.

        The field `status` is that of the step of a thread that the row is a member of.
        """
        field, _, value = (change or "").partition("=")
        if verdict == "corrected" and field.strip() == STATUS:
            judged = followup.status(self.store, row, value.strip(), who)
        else:
            judged = judging.decision(self.store, row, verdict, change, who)
        return self._decided(judged)

    def _decided(self, judgement: Judgement) -> Judgement:
        held = self.store.judge(judgement)
        weaving.woven(self.store, lambda: self.packs)
        return held

    def comment(self, row: str, text: str, *, who: str | None = None) -> Judgement:
        """The comment recorded on a row of any kind."""
        return self.store.judge(judging.comment(self.store, row, text, who))

    def add_row(self, document: str, kind: people.Kind, words: str, *, who: str | None = None) -> Judgement:
        """The judgement that a person saw a row which the machine did not read: its words, or START-END where they stand."""
        return self._decided(judging.addition(self.store, document, kind, words, who))

    def same_actor(self, name: str, other: str, *, same: bool = True, who: str | None = None) -> Judgement:
        """The judgement that two names are of one actor, for which the first stands, or (`same=False`) that they are not."""
        return decisions.same_actor(self.store, (name, other), same=same, who=who)

    def date(self, document: str, published: str, *, who: str | None = None) -> Judgement:
        """The judgement that says when a document was published; what depends on that is computed anew, and `undo` takes it back."""
        return decisions.date(self.store, self.packs, document, published, who)

    def same_meeting(self, row: str, other: str, *, same: bool = True, who: str | None = None) -> Judgement:
        """The judgement that two tellings tell one meeting, or (`same=False`) that they do not; meetings are sorted anew."""
        return decisions.same_meeting(self.store, self.packs, (row, other), same=same, who=who)

    def same_item(self, row: str, other: str, *, same: bool = True, who: str | None = None) -> Judgement:
        """The judgement that two rows are steps of one item, or (`same=False`) that they are not; it beats every rule of linking."""
        return followup.same_item(self.store, (row, other), same=same, who=who)

    def silence(self, row: str, document: str, *, holds: bool = True, who: str | None = None) -> Judgement:
        """The judgement that a document does not mention a row's item, as a receipt says, or (`holds=False`) that it does after all."""
        return followup.silence(self.store, row, document, holds=holds, who=who)

    def coding(self, *, blind: bool, who: str | None = None) -> Judgement:
        """The judgement that coders see no decision of others on a row before they decide it themselves, or (not `blind`) that they do."""
        return decisions.coding(self.store, blind=blind, who=who)

    def is_blind(self) -> bool:
        """Whether coders see no decision of others on a row before they decide it themselves."""
        return blinding.is_blind(self.store)

    def undo(self, row: str | None = None, *, who: str | None = None, anyone: bool = False) -> Judgement:
        """The last judgement that `who` made (on a row, if one is named), now undone; with `anyone` the last of anybody on that row."""
        return decisions.undo(self.store, lambda: self.packs, row, who, anyone=anyone)

    def redo(self, row: str | None = None, *, who: str | None = None) -> Judgement:
        """The decision that was undone last on a row (without one: by `who`, of their own), made again."""
        return decisions.redo(self.store, lambda: self.packs, row, who)

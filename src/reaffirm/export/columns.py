"""The columns of every sheet: names as in docs/format.md, what a cell means, and the values of closed lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from reaffirm import model, readings, sequels

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Column:
    """One key of a row: its name, meaning and closed list of values.

    Its kind (text, number, share, flag, names, pairs, span or spans) says how it is laid flat (`reaffirm.export.sheets`).
    """

    name: str
    kind: str
    meaning: str
    values: str = ""


def listed(kind: object) -> str:
    """The values of a closed list, as one text."""
    return ", ".join(get_args(kind))


def _text(name: str, meaning: str, kind: object = None) -> Column:
    return Column(name, "text", meaning, listed(kind) if kind else "")


def _names(name: str, meaning: str) -> Column:
    return Column(name, "names", meaning)


def _span(name: str, meaning: str) -> Column:
    return Column(name, "span", meaning)


def _spans(name: str, meaning: str) -> Column:
    return Column(name, "spans", f"{meaning}; each span by itself stands in the sheet spans")


ID = _text("id", "id of the row: a hash of its document and place, the same in every export")
DOC = _text("doc", "public name of the document it was read from; doc of the sheet documents")
STATEMENT = _text("statement", "id of the statement that it reads")
ISSUES = _names("issues", "issues of the issues pack by their ids, and things that are named (treaties, laws, places)")
RULE = _text("rule", "the rule that read it")
VERDICT = _text("verdict", "what people decided; rejected rows are not exported", model.Verdict)
MERGED = Column("merged", "pairs", "read name = the name that stands for its actor, where people said that the two are one")
READ = (
    RULE,
    _text("entry", "the entry of a data pack that it rests on: pack/entry"),
    _names("rejected", "readings that were weighed and lost"),
    VERDICT,
    MERGED,
)
ANCHOR = _text("anchor", "the day from which the time was reckoned; empty: none is needed, or it is unanchored", model.Anchor)

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "documents": (
        ID, _text("doc", "public name: the path relative to what was added"),
        _text("sha256", "hash of the bytes received"), _text("text_sha256", "hash of the canonical text in UTF-8"),
        _text("kind", "genre", model.Genre), _text("relation", "how it is related to its meeting", model.Relation),
        _text("authority", "whose words they are", model.Authority), _span("title", "title; without place where only metadata give it"),
        _text("publisher", "who published it"), _text("author", "who wrote it"), _text("language", "language code"),
        Column("translation", "flag", "whether it is a translation"), _text("url", "address that the document itself gives"),
        _text("published", "date of publication as stated (EDTF)"),
        _text("published_earliest", "first day on which it can have been published (EDTF)"),
        _text("published_latest", "last day on which it can have been published (EDTF)"),
        _text("published_basis", "what the date rests on", model.Basis),
        _names("event_dates", "dates of the event that it is about (EDTF)"),
        _names("events", "ids of the held meetings that it tells as its own"), _names("forums", "forums whose meetings it tells"),
        _spans("headings", "its headings"), _spans("furniture", "lines of the page that are not the text"),
        _text("extractor", "what read the text from the bytes, with its version"),
        _text("run", "id of the run that read it; see provenance"),
    ),
    "meetings": (
        ID, _text("kind", "short name; none: no consultation"), _text("forum", "label of the forum, or the words of the text"),
        _text("forum_id", "entry of the forums pack"), _text("edition", "number of the meeting in its series"),
        _text("date", "EDTF date or interval"), _text("place", "where"), _text("format", "in person or online", readings.MeetingFormat),
        _text("status", "whether it took place", readings.MeetingStatus),
        _names("participants", "persons, or states where no persons are named"),
        _names("participants_external", "principals whom only the packs know"), _names("states", "states and organisations that took part"),
        _names("tellings", "ids of the rows, one a document, that tell it"), _spans("evidence", "the words that tell it"),
        VERDICT,
        MERGED,
    ),
    "statements": (
        ID, DOC, _span("source", "words that name who said it"), _span("cue", "words that say that it was said"),
        _spans("content", "what was said"), _span("addressee", "words that name to whom it was said"),
        _names("speakers", "canonical names; after a question mark: words that nothing resolves"),
        _names("speakers_external", "members of a collective whom only the packs know"),
        _names("parties", "states and organisations behind the speakers"), Column("offices", "pairs", "name = office on the day"),
        _text("certainty", "how certain the speakers are", model.Certainty), _text("directness", "whose wording it is", model.Directness),
        _text("quoted_from", "the text whose words are quoted"), _text("act", "speech act", model.Act),
        Column("strength", "number", "place of the act on its ladder"), _text("factuality", "how the act is told", model.Factuality),
        _text("nested_in", "id of the statement that it stands in"), ISSUES, _text("meeting", "id of the meeting at which it was said"),
        *READ,
    ),
    "commitments": (
        ID, DOC, STATEMENT, _span("action", "the act that is undertaken"), _span("cue", "the words that bind"),
        _text("illocution", "lemma of the cue, a weaker act that it governs in brackets"),
        _text("polarity", "will, will not, or withheld: no commitment", readings.Polarity),
        _names("parties", "states and organisations that are bound"),
        _names("undertaker", "who must act"), _names("persons", "persons who undertook it"), _span("condition", "on what condition"),
        _text("due", "by when (EDTF)"), _span("due_span", "the words that bound it in time"), ANCHOR,
        _text("due_rule", "how the due date was read"),
        Column("strength", "number", "0 to 6: the sum of force_verb, force_object and force_time"),
        _text("band", "strong 5 to 6, medium 3 to 4, weak below", readings.Band),
        Column("force_verb", "number", "0 to 3"), Column("force_object", "number", "0 to 2"), Column("force_time", "number", "0 or 1"),
        _text("evidence_mode", "through whom it is known", readings.EvidenceMode),
        Column("position", "flag", "a position: no act is promised"),
        Column("g7_test", "flag", "whether it passes the test after the G7 Research Group; empty: not asked"),
        Column("test", "pairs", "question of the test = answer"), ISSUES, *READ,
    ),
    "demands": (
        ID, DOC, STATEMENT, _text("commitment", "id of the commitment that reads the same words"),
        _text("class", "demand, evaluation, question or inference", readings.DemandClass),
        _names("holder", "whose it is; writer: the text's own"),
        _names("target", "who is asked to act"), Column("target_explicit", "flag", "whether the words name the target"),
        _span("action", "what is asked, judged, left open or guessed"), _span("object", "the thing judged"),
        _span("modality_span", "the words that ask"),
        Column("strength", "number", "1 to 4, for demands only"), _text("polarity", "for or against", readings.Tone), ISSUES,
        _names("answered_by", "ids of commitments in later documents that answer it"), *READ,
    ),
    "threads": (
        ID, _text("label", "words of its first step"), ISSUES, Column("topic", "flag", "gathers a topic, is no item"),
    ),
    "steps": (
        _text("thread", "id of the thread"), Column("number", "number", "from 1, in order of date"), DOC,
        _text("date", "when the document stands in its chain (EDTF)"),
        _text("status", "what became of the item, against the step before", sequels.StepStatus),
        _names("members", "ids of the statements, commitments, demands and meetings of this step"),
        _spans("wording", "the words of the item"),
        _text("voice", "whose words they are", sequels.StepVoice), RULE, _names("was", "words that were changed"),
        _names("now", "words that stand instead"),
    ),
    "silences": (
        _text("thread", "id of the thread"), Column("number", "number", "from 1"),
        _text("doc", "the document in which the item does not appear"),
        _text("searched", "what was looked for, and where"), _span("nearest", "the nearest passage"),
        Column("score", "share", "how near it is"),
    ),
    "mentions": (
        DOC, _span("surface", "the name with its title"), _names("names", "who or what is meant"),
        Column("kind", "text", "kind of actor", f"{listed(model.ActorKind)}, pronoun"), _text("office", "title and state"),
    ),
    "timex": (
        DOC, _span("surface", "the words, without leading preposition"), _span("phrase", "the words, with it"),
        _text("type", "TIMEX3 type", model.TimeType), _text("value", "TIMEX3 value"), _text("mod", "TIMEX3 modifier", model.TimeMod),
        _text("interval", "EDTF interval; empty while unanchored"), ANCHOR, _text("granularity", "smallest unit that the words name"),
        Column("fuzzy", "flag", "whether the words leave the bounds open"),
    ),
    "problems": (
        ID, DOC, _text("kind", "what is queried"), _text("severity", "how grave it is", model.Severity),
        _text("message", "what a careful reader would query"),
        _text("resolution", "what the ledger shows instead"), _spans("evidence", "the words that it is about"),
    ),
    "copies": (
        ID, _text("kind", "how the two are related", model.CopyKind), _text("a", "document"),
        _text("b", "document that is nearly the same text"),
        Column("shared", "share", "words of the shorter that stand in the other in the same order"), RULE,
    ),
    "differences": (
        _text("copy", "id of the row of copies"), Column("number", "number", "from 1, in the order of a"),
        _span("a", "words of a"), _span("b", "words of b"),
    ),
    "codings": (
        _text("row", "id of the row that was judged"), _text("kind", "statement, commitment or demand"), DOC,
        _text("coder", "who judged it, each by his own decisions"), _text("question", "`is one`, or a field"),
        _text("value", "the coder's answer; of a list of names the names sorted; empty: unknown"),
        Column("settles", "flag", "whether it settles what others differ on, and is no coding"),
    ),
    "agreement": (
        _text("kind", "statement, commitment or demand"), _names("coders", "who is compared"),
        _text("question", "`is one`, a field, or units in texts"), _text("measure", "agreed, alpha, kappa, u, binary or cu"),
        Column("units", "number", "rows that were compared; of units in texts, texts"),
        Column("value", "share", "the figure; empty where the decisions do not define it"),
    ),
    "accuracy": (
        _text("kind", "statement, commitment or demand"), RULE, _text("entry", "the entry of a data pack that its rows rest on"),
        Column("right", "number", "rows that people found right"), Column("mended", "number", "rows of which a field was corrected"),
        Column("wrong", "number", "rows that were rejected"), Column("unsure", "number", "rows that are undecided"),
        Column("share", "share", "right by right, mended and wrong"), Column("low", "share", "lower bound of share, 95 %"),
        Column("high", "share", "upper bound of share, 95 %"),
    ),
    "actors": (_text("name", "canonical name"), _text("kind", "kind of actor", model.ActorKind),
    _text("state", "the state or organisation behind it"),
    _text("actor", "the name that stands for the actor: another one where people said that the two are of one")),
}  # fmt: skip
SPANS = (
    _text("sheet", "sheet in which the row stands"), _text("row", "id of the row; of a step: id of the thread, slash, number"),
    _text("role", "column that the span belongs to"), Column("number", "number", "from 1, in order"), DOC, _span("span", "the words"),
)  # fmt: skip

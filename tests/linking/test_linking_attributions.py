"""Words that two accounts of one meeting give to two speakers, and quotations that its record has not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from linking_accounts import BOTH, account

from reaffirm.linking.attributions import MOST, differing, unrecorded
from reaffirm.linking.audit import Primary, shelve

if TYPE_CHECKING:
    from reaffirm.linking.accounts import Account
    from reaffirm.model import Problem

ADA, BO = ("Ada Tull",), ("Bo Senn",)
SAID = "the study on the tide pumps will be finished before the autumn floods"


def turn(speakers: tuple[str, ...], words: str, *parties: str) -> dict[str, Any]:
    return {"words": words, "speakers": speakers, "parties": parties or ("Marn",), "directness": "turn"}


def said(speakers: tuple[str, ...], words: str = SAID, *parties: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"words": words, "speakers": speakers, "parties": parties or ("Ruvia",), "cue": "said", **fields}


def transcript(*turns: dict[str, Any], name: str = "record") -> Account:
    return account(name, " ".join(row["words"] for row in turns), "transcript", "2031-04-12", *turns)


def wire(*rows: dict[str, Any], text: str = f"The envoy said that {SAID}.", name: str = "wire") -> Account:
    return account(name, text, "account", "2031-04-13", *rows)


ADAS = transcript(turn(ADA, "Good evening. The study on the tide pumps will be finished before the autumn floods. I thank you."))


def test_the_same_words_of_two_speakers_are_queried_with_both_places() -> None:
    (problem,) = differing([wire(said(BO)), ADAS])
    assert (problem.kind, problem.severity, problem.document) == ("attribution", "medium", "D-wire")
    sentence = "The study on the tide pumps will be finished before the autumn floods."
    assert [(s.document, s.exact) for s in problem.evidence] == [("D-wire", SAID), ("D-record", sentence)]
    assert problem.message.endswith("record to Ada Tull; wire to Bo Senn")


@pytest.mark.parametrize(
    "other",
    [
        wire(said(ADA)),
        wire(said(())),
        wire(said(("?the envoy",))),
        wire(said((*ADA, *BO))),
        wire(said(BO, factuality="hearsay")),
        wire(said(("Marn",), SAID, "Marn")),  # the state of the one who spoke
        wire(said(BO, SAID.replace("will be", "will not be")), text=f"He said that {SAID.replace('will be', 'will not be')}."),
        wire(said(BO, "the study on the tide pumps is late"), text="He said that the study on the tide pumps is late."),
        wire(said(ADA), {**said(BO), "words": f"{SAID}."}),  # it gives them to both
    ],
    ids=["same", "nobody", "unknown", "together", "hearsay", "her state", "denied", "another matter", "both"],
)  # fmt: skip
def test_what_is_no_second_speaker_of_the_same_words_is_not(other: Account) -> None:
    assert list(differing([ADAS, other])) == []


def test_accounts_of_two_meetings_are_not_held_against_each_other() -> None:
    other = wire(said(BO))
    assert list(differing([ADAS, replace(other, place=replace(other.place, meeting="M-2"))])) == []
    assert list(differing([ADAS, replace(other, place=replace(other.place, meeting=None))])) == []


# Quotations

QUOTE = "“We shall never again leave a single lock unguarded at night.”"


def quoted(*rows: tuple[tuple[str, ...], str]) -> Account:
    text = " ".join(f"She said {words}" for _, words in rows)
    return wire(*(said(who, words, directness="direct") for who, words in rows), text=text)


def missing(*accounts: Account) -> list[Problem]:
    primaries = [Primary(a.document.id, "transcript", a.document.text, a.extents) for a in accounts if a.primary]
    return list(unrecorded(accounts, lambda: shelve(primaries)))


def test_a_quotation_that_the_record_of_the_speaker_has_not_is_queried() -> None:
    (problem,) = missing(ADAS, quoted((ADA, QUOTE)))
    assert (problem.kind, problem.severity) == ("untraceable quote", "low")
    assert [span.document for span in problem.evidence] == ["D-wire", "D-record"]
    assert problem.evidence[0].exact == QUOTE.strip("“”")


def test_it_is_not_where_the_record_has_it_or_need_not_have_it() -> None:
    assert missing(transcript(turn(ADA, f"Thank you. {QUOTE.strip('“”')}")), quoted((ADA, QUOTE))) == []
    assert missing(ADAS, quoted((BO, QUOTE))) == []  # had no turn
    assert missing(ADAS, quoted((ADA, "“never again”"))) == []  # too short to tell
    assert missing(quoted((ADA, QUOTE))) == []  # no record


def test_words_of_all_parties_are_looked_for_in_what_the_meeting_put_out() -> None:
    paper = account("paper", "The Ministers agreed to guard the locks.", "output", "2031-04-12")
    joint = wire({"words": QUOTE, "speakers": BOTH, "parties": BOTH, "directness": "direct"}, text=f"They said {QUOTE}")
    (problem,) = missing(paper, joint)
    assert "quotes the parties; paper" in problem.message
    assert problem.evidence[1].document == "D-paper"


def test_only_the_longest_quotations_of_an_account_are_shown() -> None:
    rows = [(ADA, f"“We shall never again leave {'a very '* n}single lock unguarded at night number {n}.”") for n in range(MOST + 2)]
    found = missing(ADAS, quoted(*rows))
    assert len(found) == MOST
    assert [len(p.evidence[0].exact) for p in found] == sorted((len(p.evidence[0].exact) for p in found), reverse=True)

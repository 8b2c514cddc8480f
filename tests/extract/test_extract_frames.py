from __future__ import annotations

import pytest
from extract_marks import PACKS, document, marked, plain, read

from reaffirm.extract.frames import FRAMES, PREPOSITIONAL


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("frame.that", "<The envoy> [said] that {the talks had failed}."),
        ("frame.that", "<The envoy> [said] {the talks had failed}."),
        ("frame.that", "{The talks had failed}, <the envoy> [said]."),
        ("frame.that", "{The talks}, <the envoy> [said], {had failed}."),
        ("frame.that", "<The council> [proposed] that {the canal be dredged}."),
        ("frame.that", "<The envoy> [said] that {during the winter the port would close}."),
        ("frame.to", "<The two sides> [agreed] {to meet again in the spring}."),
        ("frame.to", "<The guild> [promised] {not to raise its fees}."),
        ("frame.ing", "<The council> [considered] {moving the market}."),
        ("frame.wh", "<The committee> [discussed] {how the tolls should be shared}."),
        ("frame.wh", "<The reporters> [asked] {whether the port would close}."),
        ("frame.wh", "<The envoy> [explained] {why the talks had failed}."),
        ("frame.object", "<The council> [condemned] {the raid on the lighthouse}."),
        ("frame.object", "{The raid on the lighthouse} [was condemned] by <the council>."),
        ("frame.object", "<Both envoys> [welcomed] {the accord on the locks} on Monday."),
        ("frame.object-to", "<The council> [urged] {the crews to leave the pier}."),
        ("frame.object-as", "<The envoy> [described] {the talks as useful}."),
        ("frame.object-pred", "<The guild> [called] {the verdict absurd}."),
        ("frame.object-that", "<The mayor> [told] the villagers that {the well was safe}."),
        ("frame.object-that", "<The mayor> [told] the villagers {where the well was}."),
        ("frame.prep:for", "<The guild> [called for] {a review of the tolls}."),
        ("frame.prep:on", "<The two ports> [agreed on] {a common tariff}."),
        ("frame.prep:on", "<The council> [called on] {both crews to leave the pier}."),
        ("frame.object-prep:for", "<The owners> [blamed] {the pilot for the collision}."),
        ("frame.prep:for", "<The clerk> [is calling for] {the towns to build a wall}."),
        ("frame.object-ing", "<The survey> [showed] {the mayor losing ground}."),
        ("frame.object-pred", "The guild left after what <it> [called] {an outrage}."),
        ("frame.that", "It is a plan {which} <she> [believes] {will ruin the port}."),
        ("frame.that", "As <the envoy> [said], {the talks had failed}."),
        ("frame.object", "<The treasurer> left, [citing] {the cost of the pier}."),
        ("frame.object-that", "{The gate is shut}, <an officer> [told]."),
        ("frame.reduced", "{A plan} [announced by] <the ministry> sank the bank."),
        ("headline", "<Harbour Minister>[:] {ferry will stay}"),
        ("headline", "<Ann Bolt>[:] {No new tolls}"),
        ("frame.addressee-prep:on", "<The general> [briefed] the senate {on the camps}."),
    ],
)
def test_one_statement_per_frame(rule: str, expected: str) -> None:
    text = plain(expected)
    assert marked(text) == [expected]
    assert [row.rule for row in read(document(text))] == [rule]


def test_the_pack_names_no_frame_that_the_program_does_not_know() -> None:
    named = {frame.partition(":")[0] for verb in PACKS.verbs for frame in verb.frames}
    assert named - set(FRAMES) - set(PREPOSITIONAL) == {"quote", "passive-to", "seeming", "experiencer", "received"}


@pytest.mark.parametrize(
    ("genre", "expected", "directness", "factuality"),
    [
        ("news report", "The ferry [is said] {to be beyond repair}.", "indirect", "hearsay"),
        ("news report", "It [is said] that {the ferry will sink}.", "indirect", "hearsay"),
        ("news report", "The old mayor [is believed] {to have fled}.", "indirect", "hearsay"),
        ("editorial", "It [is said] that {the ferry will sink}.", "indirect", "hearsay"),
        ("editorial", "Both crews [are urged] {to leave the pier}.", "authorial", "plain"),
        ("editorial", "It [is hoped] that {the ferry will sail again}.", "authorial", "plain"),
        ("communique", "It [was agreed] that {the ports would open}.", "indirect", "plain"),
        ("joint statement", "It [was noted] that {two ports had closed}.", "indirect", "plain"),
    ],
)
def test_agentless_passives(genre: str, expected: str, directness: str, factuality: str) -> None:
    (row,) = read(document(plain(expected), genre))
    assert marked(plain(expected), genre) == [expected]
    assert (row.source, row.directness, row.factuality) == (None, directness, factuality)


@pytest.mark.parametrize(
    ("genre", "text"),
    [
        ("news report", "Both crews are urged to leave the pier."),  # whose appeal it is is not told
        ("news report", "The raid was condemned."),
        ("editorial", "The accord was signed in the harbour."),
        ("news report", "The road was closed to keep the cattle out."),
    ],
)
def test_agentless_passives_that_are_no_statements(genre: str, text: str) -> None:
    assert marked(text, genre) == []


@pytest.mark.parametrize(
    ("expected", "factuality"),
    [
        ("<The envoy> [did not say] that {the talks had failed}.", "denied"),
        ("<The envoy> [never agreed] {to meet}.", "denied"),
        ("<The envoy> [denied] that {the talks had failed}.", "plain"),
        ("<The envoy> [declined to say] {whether the talks had failed}.", "denied"),
        ("<The delegation> [hinted] that {it would sign}.", "inferred"),
        ("If <the council> [agrees] {to dredge the canal}, the ships will come.", "conditional"),
        ("Unless <the two sides> [agree] {to meet}, the port will close.", "conditional"),
        ("This suggests that <the guild> [intends] {to leave}.", "inferred"),
        ("<The envoys> [demonstrated] {their unity}.", "characterised"),
    ],
)
def test_factuality(expected: str, factuality: str) -> None:
    rows = dict(zip(read(document(plain(expected))), marked(plain(expected)), strict=True))
    assert [row.factuality for row, mark in rows.items() if mark == expected] == [factuality]


@pytest.mark.parametrize(
    ("text", "act", "strength"),
    [
        ("The envoy mentioned that it rained.", "assertive", 1),
        ("The envoy insisted that it rained.", "assertive", 3),
        ("The envoy regretted that it rained.", "evaluative", 2),
        ("The envoy condemned the raid.", "objection", 4),
        ("The envoy reaffirmed the pact.", "reaffirming", 3),
        ("The envoy pledged to come.", "commissive", 4),
        ("The envoy demanded a retreat.", "directive", 4),
        ("The envoy hailed the pact.", "evaluative", 4),
    ],
)
def test_act_and_strength_are_those_of_the_entry(text: str, act: str, strength: int) -> None:
    (row,) = read(document(text))
    assert (row.act, row.strength) == (act, strength)
    assert row.entry is not None
    assert row.entry.pack == "verbs"


def test_the_readings_that_lost_are_kept() -> None:
    (row,) = read(document("The guild agreed with the envoy that tolls had risen."))
    assert all(reason.startswith("verbs/") for reason in row.rejected)

"""Figures of agreement against other people's programs, and against a count of every pair of places, on generated codings."""

from __future__ import annotations

import math
import random
from collections import Counter
from itertools import permutations, product

import krippendorff
import pytest
from nltk.metrics.agreement import AnnotationTask

from reaffirm.errors import UsageError
from reaffirm.review.alpha import nominal, unitizing
from reaffirm.review.codings import Coding, Unit
from reaffirm.review.kappa import cohen

SEEDS = range(50)
CODERS, VALUES = ("ana", "ben", "cem"), ("direct", "indirect", "turn", "mixed")


def near(found: float | None, expected: float) -> bool:
    return found is not None and math.isclose(found, expected, rel_tol=0, abs_tol=1e-9)


# Values of the same units


def valued(seed: int) -> list[dict[str, str]]:
    """Units with the values of two or three coders, some of which are missing."""
    chance = random.Random(seed)  # noqa: S311 - codings are no secret
    coders = CODERS[: chance.choice([2, 3])]
    units = []
    for _ in range(chance.randint(8, 60)):
        right = chance.choice(VALUES)
        given = {coder: right if chance.random() < 0.7 else chance.choice(VALUES) for coder in coders}
        units.append({coder: value for coder, value in given.items() if chance.random() < 0.9})
    return units


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_of_values_is_that_of_another_program(seed: int) -> None:
    units = valued(seed)
    table = [[VALUES.index(unit[coder]) if coder in unit else float("nan") for unit in units] for coder in CODERS]
    theirs = krippendorff.alpha(reliability_data=table, level_of_measurement="nominal", value_domain=range(len(VALUES)))
    assert near(nominal(units), float(theirs))


@pytest.mark.parametrize("seed", SEEDS)
def test_kappa_is_that_of_another_program(seed: int) -> None:
    pairs = [(unit["ana"], unit["ben"]) for unit in valued(seed) if {"ana", "ben"} <= unit.keys()]
    told = [(coder, str(n), value) for n, pair in enumerate(pairs) for coder, value in zip(("ana", "ben"), pair, strict=True)]
    assert near(cohen(pairs), float(AnnotationTask(told).kappa_pairwise("ana", "ben")))


@pytest.mark.parametrize(
    "units",
    [[], [{}], [{"ana": "direct"}, {"ben": "direct"}], [{"ana": "direct", "ben": "direct"}] * 9],
    ids=["nothing", "a unit without values", "no unit in common", "one value for all"],
)
def test_alpha_is_unknown_where_the_values_do_not_define_it(units: list[dict[str, str]]) -> None:
    assert nominal(units) is None


@pytest.mark.parametrize("pairs", [[], [("turn", "turn")] * 4], ids=["nothing", "one value for all"])
def test_kappa_is_unknown_where_the_values_do_not_define_it(pairs: list[tuple[str, str]]) -> None:
    assert cohen(pairs) is None


# Units on a continuum


def marked(seed: int) -> list[Coding]:
    """Codings of one to three texts by two or three coders, who shift, drop, add and nest units; one text has one coder alone."""
    chance = random.Random(seed)  # noqa: S311 - codings are no secret
    found = []
    for number in range(chance.randint(1, 3)):
        length = chance.randint(20, 60)
        right = [stretch(chance, length) for _ in range(chance.randint(1, 5))]
        for coder in CODERS[: chance.choice([2, 3])]:
            own = [unit if chance.random() < 0.7 else stretch(chance, length) for unit in right if chance.random() < 0.9]
            found.append(Coding(coder, f"text {number}", length, tuple(own)))
    return [*found, Coding("ana", "read by ana alone", 30, (Unit(0, 30, "turn"),))]


def stretch(chance: random.Random, length: int) -> Unit:
    start = chance.randrange(length - 1)
    return Unit(start, min(length, start + chance.randint(1, 20)), chance.choice(VALUES[:3]))


Place = tuple[str, str, int, str | None, int]  # coder, text, place, value, number of the segment


def places(coding: Coding) -> list[Place]:
    """What a coder says of each code point, one by one."""
    found: list[Place] = []
    before: tuple[int, int] | None = (-1, -1)
    segment = 0
    for at in range(coding.length):
        over = sorted((unit.end - unit.start, unit.start, unit.end) for unit in coding.units if unit.start <= at < unit.end)
        inner = over[0][1:] if over else None
        segment += inner != before
        before = inner
        named = {unit.value for unit in coding.units if (unit.start, unit.end) == inner}
        found.append((coding.coder, coding.text, at, " + ".join(sorted(named)) if named else None, segment))
    return found


def counted(codings: list[Coding], kind: str) -> float | None:
    """Alpha from every pair of places: those that are the same place for two coders, against all that may meet by chance."""
    texts = Counter(coding.text for coding in codings)
    told = [place for coding in codings if texts[coding.text] > 1 for place in places(coding)]
    if kind == "binary":
        told = [(coder, text, at, value and "unit", segment) for coder, text, at, value, segment in told]
    observed: Counter[tuple[str | None, str | None]] = Counter()
    weights: dict[tuple[str, int], list[Place]] = {}
    for place in told:
        weights.setdefault(place[1:3], []).append(place)
    for same in weights.values():
        for one, two in permutations(same, 2):
            if kind != "cu" or None not in {one[3], two[3]}:
                observed[one[3], two[3]] += 1 / (len(same) - 1)  # type: ignore[assignment]
    if kind == "cu":
        whole = sum(observed.values())
        shares = Counter[str | None]()
        for (one_value, _), share in observed.items():
            shares[one_value] += share
        apart = sum(shares[c] * shares[k] for c, k in product(shares, shares) if c != k)
        return 1 - sum(s for (c, k), s in observed.items() if c != k) * whole / apart if apart else None
    apart, all_pairs = chance_pairs(told)
    return 1 - (sum(s for (c, k), s in observed.items() if c != k) / len(told)) / (apart / all_pairs) if apart else None


def chance_pairs(told: list[Place]) -> tuple[int, int]:
    """How many pairs of places differ, of all that may meet: not those within one unit, nor a place with itself."""
    apart = together = 0
    for one, two in permutations(told, 2):
        if one[3] is None or (one[0], one[1], one[4]) != (two[0], two[1], two[4]):
            together += 1
            apart += one[3] != two[3]
    return apart, together


@pytest.mark.parametrize("seed", SEEDS)
def test_alphas_of_units_are_those_of_a_count_place_by_place(seed: int) -> None:
    codings = marked(seed)
    found = unitizing(codings)
    for ours, kind in ((found.u, "u"), (found.binary, "binary"), (found.cu, "cu")):
        theirs = counted(codings, kind)
        assert (ours is None) == (theirs is None), kind
        assert theirs is None or near(ours, theirs), kind


def test_generated_codings_overlap_and_differ() -> None:
    all_codings = [marked(seed) for seed in SEEDS]
    within = sum(a.start < b.end and b.start < a.end for codings in all_codings for c in codings for a, b in permutations(c.units, 2))
    assert within > 100
    assert len({round(found, 6) for codings in all_codings if (found := unitizing(codings).u) is not None}) > 40


def test_the_example_is_worked_out_by_hand() -> None:
    # In ten places ana has the unit 0-4, ben 2-6: they share two units' places and four empty ones.
    codings = [Coding("ana", "t", 10, (Unit(0, 4, "a"),)), Coding("ben", "t", 10, (Unit(2, 6, "a"),))]
    observed = (2 + 2) * 2 / 20
    expected = 2 * 8 * 12 / (20 * 20 - (16 + 16) - (6 + 6))
    assert near(unitizing(codings).u, 1 - (8 / 20) / expected)
    assert observed == 8 / 20


def test_equal_codings_agree_wholly_even_where_units_stand_within_units() -> None:
    units = (Unit(0, 20, "indirect"), Unit(5, 9, "direct"), Unit(5, 9, "turn"), Unit(12, 25, "direct"))
    found = unitizing([Coding(coder, "t", 40, units) for coder in CODERS])
    assert (found.u, found.binary, found.cu) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    "codings",
    [
        [],
        [Coding("ana", "t", 10, (Unit(1, 3, "a"),))],
        [Coding("ana", "t", 10, (Unit(1, 3, "a"),)), Coding("ben", "another text", 10, (Unit(1, 3, "a"),))],
        [Coding("ana", "t", 10), Coding("ben", "t", 10)],
        [Coding("ana", "t", 10, (Unit(0, 10, "a"),)), Coding("ben", "t", 10, (Unit(0, 10, "a"),))],
    ],
    ids=["nothing", "one coder", "different texts", "no units", "one unit is all of the text"],
)
def test_alphas_of_units_are_unknown_where_nothing_can_differ(codings: list[Coding]) -> None:
    found = unitizing(codings)
    assert (found.u, found.binary, found.cu) == (None, None, None)


def test_the_same_offsets_in_different_texts_are_never_compared() -> None:
    shared = [Coding("ana", "t", 20, (Unit(2, 9, "a"),)), Coding("ben", "t", 20, (Unit(4, 12, "b"),))]
    apart = [Coding("ana", "v1", 50, (Unit(2, 9, "a"),)), Coding("ben", "v2", 50, (Unit(2, 9, "a"),))]
    assert unitizing([*shared, *apart]) == unitizing(shared)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(UsageError, match="in a text of 10 code points"):
        Coding("ana", "t", 10, (Unit(5, 11, "a"),))
    with pytest.raises(UsageError, match="coded twice"):
        unitizing([Coding("ana", "t", 10), Coding("ana", "t", 10)])

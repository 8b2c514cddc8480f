"""What is exported of coders: their codings, the figures of their agreement, and how the rules fared, as rows of the exchange format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reaffirm import agreement
from reaffirm.review import opinions
from reaffirm.review.opinions import MACHINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reaffirm.export.book import Row
    from reaffirm.review.opinions import Agreement, Case
    from reaffirm.store.protocol import Store

DIGITS = 9  # of figures, so that the order in which decisions were made changes no byte
UNITS = "units in texts"


def rows(store: Store) -> dict[str, tuple[Row, ...]]:
    """The rows of the sheets `codings`, `agreement` and `accuracy`; the machine's own values stand in the rows that it read."""
    codings: list[Row] = []
    figures: list[Row] = []
    fared: list[Row] = []
    with store.reading():
        known = agreement.known([store])
        compared = known if len(known) > 1 else [*known, MACHINE]
        for kind in agreement.KINDS if known else ():
            cases, lengths = agreement.cases([store], kind)
            codings += [row for case in cases for row in _codings(kind, case)]
            figures += _figures(opinions.agreement(kind, cases, compared, agreement.BY[kind], lengths))
            fared += [_fared(row) for row in opinions.accuracy(kind, cases)]
    order = sorted(codings, key=lambda row: [str(row[key]) for key in ("doc", "kind", "row", "coder", "settles", "question")])
    return {"codings": tuple(order), "agreement": tuple(figures), "accuracy": tuple(fared)}


def _codings(kind: str, case: Case) -> Iterator[Row]:
    told = [(opinion, False) for opinion in case.opinions if opinion.coder != MACHINE]
    for opinion, settles in [*told, *([(case.settled, True)] if case.settled else [])]:
        head = {"row": case.row, "kind": kind, "doc": case.doc, "coder": opinion.coder}
        yield from ({**head, "question": question, "value": value, "settles": settles} for question, value in opinion.values.items())


def _figures(found: Agreement) -> Iterator[Row]:
    for figure in found.figures:
        for measure, value in (("agreed", figure.agreed), ("alpha", figure.alpha)):
            yield _figure(found.kind, found.coders, figure.question, measure, (figure.units, value))
    for pair in found.pairs:
        yield _figure(found.kind, (pair.a, pair.b), pair.question, "kappa", (pair.units, pair.kappa))
    units = found.unitized
    for measure, value in (("u", units.u), ("binary", units.binary), ("cu", units.cu)) if units.texts else ():
        yield _figure(found.kind, found.coders, UNITS, measure, (units.texts, value))


def _figure(kind: str, coders: Sequence[str], question: str, measure: str, told: tuple[int, float | None]) -> Row:
    head = {"kind": kind, "coders": list(coders), "question": question, "measure": measure}
    return {**head, "units": told[0], "value": None if told[1] is None else round(told[1], DIGITS)}


def _fared(row: opinions.Accuracy) -> Row:
    bounds = {name: None if value is None else round(value, DIGITS) for name, value in
              (("share", row.share), ("low", row.low), ("high", row.high))}  # fmt: skip
    head = {"kind": row.kind, "rule": row.rule, "entry": row.entry or None}
    return {**head, "right": row.right, "mended": row.mended, "wrong": row.wrong, "unsure": row.unsure, **bounds}

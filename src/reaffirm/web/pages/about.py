"""What made this ledger: versions, runs, packs, and the codebook by which its codes are meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from reaffirm.codebook import CODES
from reaffirm.ledger import Ledger
from reaffirm.packs import FILES
from reaffirm.store.records import Status
from reaffirm.version import VERSION
from reaffirm.web.page import page

RUNS = 50  # those with most documents are shown


@dataclass(frozen=True, slots=True)
class Codes:
    """A closed list of codes, each with its meaning."""

    title: str
    meanings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class About:
    """The program's version, what the ledger holds and which runs read most of it, the packs in use now, and the codebook."""

    version: str
    ledger: str
    status: Status
    packs: str
    entries: tuple[tuple[str, int], ...]
    replaced: tuple[str, ...]
    codebook: tuple[Codes, ...]


@page("/about", "about.html", "About this ledger", menu="About")
def about(ledger: Ledger) -> About:
    """Versions, runs, packs and codes: what a row of this ledger rests on."""
    packs = ledger.packs
    entries = tuple((name, len(getattr(packs, name))) for name in FILES)
    codes = tuple(Codes(title, tuple((code, meanings.get(code, "")) for code in get_args(kind))) for title, kind, meanings in CODES)
    return About(VERSION, ledger.path.name, ledger.status(RUNS).placeless(), packs.fingerprint, entries, packs.replaced, codes)

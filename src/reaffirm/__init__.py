"""Reaffirm keeps a proven ledger of what governments said, read from the documents that their consultations leave.

`Ledger` is what a program needs: one method a verb of the command line. The other names are what its answers are made of.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reaffirm import version as _version

if TYPE_CHECKING:
    from reaffirm.brief import Brief as Brief
    from reaffirm.errors import ReaffirmError as ReaffirmError
    from reaffirm.errors import UsageError as UsageError
    from reaffirm.ledger import Ledger as Ledger
    from reaffirm.model import Actor as Actor
    from reaffirm.model import Document as Document
    from reaffirm.model import Judgement as Judgement
    from reaffirm.model import Problem as Problem
    from reaffirm.model import Run as Run
    from reaffirm.model import Span as Span
    from reaffirm.model import Statement as Statement
    from reaffirm.model import When as When
    from reaffirm.packs import Packs as Packs
    from reaffirm.readings import Commitment as Commitment
    from reaffirm.readings import Demand as Demand
    from reaffirm.readings import Meeting as Meeting
    from reaffirm.safekeeping import restore as restore
    from reaffirm.safekeeping import upgrade as upgrade
    from reaffirm.sequels import Step as Step
    from reaffirm.sequels import Thread as Thread

_HOMES = {
    "Actor": "model", "Brief": "brief", "Commitment": "readings", "Demand": "readings", "Document": "model", "Judgement": "model",
    "Ledger": "ledger", "Meeting": "readings", "Packs": "packs", "Problem": "model", "ReaffirmError": "errors", "Run": "model",
    "Span": "model", "Statement": "model", "Step": "sequels", "Thread": "sequels", "UsageError": "errors", "When": "model",
    "restore": "safekeeping", "upgrade": "safekeeping",
}  # fmt: skip

__version__ = _version.VERSION
__all__ = [
    "Actor", "Brief", "Commitment", "Demand", "Document", "Judgement", "Ledger", "Meeting", "Packs", "Problem", "ReaffirmError", "Run",
    "Span", "Statement", "Step", "Thread", "UsageError", "When", "restore", "upgrade",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """The public name, imported on first use."""
    if name not in _HOMES:
        message = f"module 'reaffirm' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"reaffirm.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return [*__all__, "__version__"]

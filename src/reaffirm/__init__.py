"""Reaffirm keeps a proven ledger of what governments said, read from the documents that their consultations leave."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from reaffirm import version as _version

if TYPE_CHECKING:
    from reaffirm.ledger import Ledger as Ledger
    from reaffirm.model import Document as Document
    from reaffirm.model import Span as Span
    from reaffirm.model import Statement as Statement
    from reaffirm.packs import Packs as Packs

_HOMES = {"Ledger": "ledger", "Document": "model", "Span": "model", "Statement": "model", "Packs": "packs"}

__version__ = _version.VERSION
__all__ = ["Document", "Ledger", "Packs", "Span", "Statement"]


def __getattr__(name: str) -> object:
    """The public name, imported on first use."""
    if name not in _HOMES:
        message = f"module 'reaffirm' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"reaffirm.{_HOMES[name]}"), name)

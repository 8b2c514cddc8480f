"""A page: its address, its question and its template, declared once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Question = Callable[..., object]
Q = TypeVar("Q", bound=Question)


@dataclass(frozen=True, slots=True)
class Page:
    """What is registered twice, as `path` (HTML) and `path`.json; `question` answers both with one record.

    `menu` is the word that stands for it in the navigation, empty where it does not stand there; `fresh` says that the answer
    depends on more than the ledger and the address (a form's token), so that it is never kept.
    """

    path: str
    template: str
    title: str
    question: Question
    menu: str = ""
    fresh: bool = False

    @property
    def as_json(self) -> str:
        """The address of the same answer as JSON."""
        return "/index.json" if self.path == "/" else f"{self.path}.json"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a question returns when its answer stands at another path of this server, with the same suffix and no query."""

    path: str


PAGES: list[Page] = []


def page(path: str, template: str, title: str, *, menu: str = "", fresh: bool = False) -> Callable[[Q], Q]:
    """The decorator that declares a question as a page; the first sentence of its docstring describes it in the API."""

    def declare(question: Q) -> Q:
        PAGES.append(Page(path, template, title, question, menu, fresh))
        return question

    return declare

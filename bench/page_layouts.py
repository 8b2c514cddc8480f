"""144 invented pages in twenty-four layouts of real sites' making, each knowing which of its strings are the text's own.

Twelve layouts may teach (`dev`), twelve only measure (`held out`); which is which was drawn with `SPLIT` before any reading
was measured. Seeds are fixed: the pages are the same on every machine.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import page_odd as odd
import page_official as official
import page_press as press
from page_draft import PROOFS, Draft, Page, Piece

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LAYOUTS", "PARTS", "PROOFS", "Page", "Piece", "pages"]
SEED, SPLIT, EACH = 20270101, 4, 6
LAYOUTS: tuple[Callable[[Draft], str], ...] = (
    official.ministry_tables, official.department_accordion, official.drupal_fields, official.old_fonts, official.pre_text,
    official.fact_sheet, official.list_of_links, official.print_view, official.form_portal,
    press.newspaper, press.wire_agency, press.think_tank, press.wordpress, press.single_column, press.amp, press.live_blog,
    odd.foreign_soup, odd.misnested, odd.app_roles, odd.hidden_parts, odd.transcript, odd.figures_and_quotes, odd.long_comments,
    odd.very_short,
)  # fmt: skip


def parts() -> dict[str, str]:
    """The part, `dev` or `held out`, of each layout."""
    names = [layout.__name__ for layout in LAYOUTS]
    drawn = set(random.Random(SPLIT).sample(names, len(names) // 2))
    return {name: "dev" if name in drawn else "held out" for name in names}


PARTS = parts()


def pages(part: str | None = None) -> list[Page]:
    """The pages of a part, or all, six a layout, each with another proof of its date."""
    found = []
    for shift, layout in enumerate(LAYOUTS):
        name = layout.__name__
        if part not in (None, PARTS[name]):
            continue
        for number in range(EACH):
            draft = Draft(random.Random(f"{SEED} {name} {number}"), number, shift)
            found.append(draft.page(name.replace("_", " "), PARTS[name], layout(draft)))
    return found

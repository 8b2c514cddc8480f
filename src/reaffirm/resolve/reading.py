"""What one rule makes of a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reaffirm.model import Certainty


@dataclass(frozen=True, slots=True)
class Reading:
    """Speakers by canonical name, the persons among them, members known only from packs, parties, and the rule."""

    speakers: tuple[str, ...]
    persons: tuple[str, ...] = ()
    external: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    certainty: Certainty | None = None
    rule: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody was found."""
        return not self.speakers or self.speakers[0].startswith("?")


def unresolved(words: str) -> Reading:
    """The reading of a source that no rule knows: its surface after a question mark."""
    return Reading((f"?{words}",), rule="voice.unknown")

"""Values of fields as texts by which they are compared, whoever gave them."""

from __future__ import annotations

from reaffirm.sequels import SPAN


def plain(value: object) -> str:
    """A value that was read as one text: names sorted, `a; b`; stretches of text as `start-end; start-end`; empty for unknown."""
    if isinstance(value, list | tuple):
        return "; ".join(sorted("-".join(map(str, part)) if isinstance(part, list | tuple) else str(part) for part in value))
    return "" if value is None else str(value)


def worded(value: str | None, field: str, *, names: bool) -> str:
    """The value of a judgement as one text, as `plain` has it."""
    text = value or ""
    if field == SPAN:
        return text.partition(" ")[0]
    return plain([part.strip() for part in text.split(";") if part.strip()]) if names else text


def stretches(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a value of the field `span`."""
    pairs = (part.partition("-") for part in text.split("; ") if part)
    return tuple(sorted((int(start), int(end)) for start, _, end in pairs))

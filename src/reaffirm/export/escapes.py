"""Characters that a format cannot hold, written `_xHHHH_` as spreadsheets do (ECMA-376, 22.9.2.19 ST_Xstring), and read back."""

from __future__ import annotations

import re

# What XML 1.0 cannot hold at all: most control characters, halves of surrogate pairs, two code points that are no characters.
UNFIT = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def coded(text: str, more: str = "") -> str:
    """The text without characters that XML cannot hold, nor those in `more`; an underscore that looks like an escape is one too."""
    unfit = f"[{UNFIT}{re.escape(more)}]"
    return re.sub(rf"_(?=x[0-9A-Fa-f]{{4}}(?:_|{unfit}))|{unfit}", lambda m: f"_x{ord(m[0]):04X}_", text)


def decoded(text: str) -> str:
    """The text that was coded."""
    return ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)


def legible(text: str) -> str:
    """The text on one line, coded: what titles and labels are made of."""
    return coded(" ".join(text.split()))

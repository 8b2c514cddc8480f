"""The characters of a page as PDFium hands them out: one by one, with place and style, in the order of drawing."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING, NamedTuple, Self, cast

from pypdfium2 import PdfiumError
from pypdfium2 import raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from pypdfium2 import PdfPage

BOLD = ("bold", "black", "heavy", "demi")
FORCED_BOLD = 1 << 18  # a flag of font descriptors (PDF 32000-1, table 123)
INVISIBLE = (3, 7)  # modes of drawing text (table 106)
OUTLINED = 2  # filled and stroked: how bold type is imitated
ODD = 5.0  # degrees from the nearest quarter turn above which text is set aslant, as watermarks are
ASLANT = 4  # the turn of such text
HYPHEN = 0x02  # what PDFium gives for a hyphen at the end of a line
SPACES = frozenset("\t\n\r\x0b\x0c \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
UNSEEN = frozenset("\u200b\u2060\ufeff")
SYMBOLS = dict(zip("\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf076\uf02d\uf06f\uf071\uf0e0\uf0be", "•▪◆➢✓❖-□□→–", strict=True))  # of pictorial fonts
LOST = "\ufffd"
SPACE = 0x20


class Style(NamedTuple):
    """How a stretch of characters is set: turn (0 to 3, or ASLANT), size in points, baseline in its frame, bold, hidden.

    `unmapped` says that the font does not tell what its first character means.
    """

    turn: int
    size: float
    base: float
    bold: bool
    hidden: bool
    unmapped: bool


class Letter(NamedTuple):
    """A character and its box in the frame of its turn: from the pen's place to where the pen goes next.

    `apart` says that the engine, which knows how wide the font's spaces are, sees one before it where none is drawn.
    """

    char: str
    x0: float
    x1: float
    low: float
    high: float
    style: Style
    doubtful: bool
    apart: bool = False


def _bare(function: object, *arguments: type) -> Callable[..., int]:
    """A function of the engine with plain arguments, which saves half of the time of a call."""
    return cast("Callable[..., int]", ctypes.CFUNCTYPE(*arguments)(ctypes.cast(function, ctypes.c_void_p).value))  # type: ignore[arg-type]


_unicode = _bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_owner = _bare(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_loose = _bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_unmapped = _bare(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_size = _bare(pdfium.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_matrix = _bare(pdfium.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_origin = _bare(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_mode = _bare(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)
_font = _bare(pdfium.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)
_flags = _bare(pdfium.FPDFFont_GetFlags, ctypes.c_int, ctypes.c_void_p)
_name = _bare(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t)


class TextPage:
    """The text of an open page: a context manager whose `letters` gives at most `limit` characters; `cut` when there are more."""

    def __init__(self, page: PdfPage, limit: int) -> None:
        text = pdfium.FPDFText_LoadPage(page.raw)
        if not text:
            message = "the engine cannot read the text of a page"
            raise PdfiumError(message)
        self._text = text
        self._at = ctypes.cast(text, ctypes.c_void_p).value
        count = max(0, pdfium.FPDFText_CountChars(text))
        self._count = min(count, limit)
        self._bold: dict[int, bool] = {}
        self._box = pdfium.FS_RECTF()
        self._pen = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()  # made once: a browser's page asks for each character
        self._places = tuple(ctypes.addressof(part) for part in self._pen)
        self.cut = count > limit

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pdfium.FPDFText_ClosePage(self._text)

    def letters(self) -> Iterator[Letter]:
        """The characters in the order of drawing, those that the engine made up left out."""
        at, box, before = self._at, self._box, 0
        place = ctypes.addressof(box)
        style, apart = None, False
        for index in range(self._count):
            owner, code = _owner(at, index), _unicode(at, index)
            if not owner:
                apart = apart or code == SPACE
                continue
            if owner != before:
                before, style = owner, self._style(index, owner)
            if style is None or not _loose(at, index, place):
                continue
            char, doubtful = _char(code)
            if char:
                doubtful = doubtful or style.unmapped
                yield Letter(char, *turned((box.left, box.bottom, box.right, box.top), style.turn), style, doubtful, apart)
                apart = False

    def _style(self, index: int, owner: int) -> Style | None:
        """The style of the stretch that a character begins; None when its place is no place."""
        matrix, x, y = self._pen
        if not (_matrix(self._at, index, self._places[0]) and _origin(self._at, index, self._places[1], self._places[2])):
            return None
        size = abs(_size(self._at, index)) * math.hypot(matrix.c, matrix.d)
        if not (math.isfinite(size) and math.isfinite(x.value) and math.isfinite(y.value)):
            return None
        turn = 0 if matrix.b == 0 and matrix.a > 0 else _turn(matrix.a, matrix.b)
        mode = _mode(owner)
        unmapped = _unmapped(self._at, index) > 0
        base = y.value if turn == 0 else turned((x.value, y.value, x.value, y.value), turn)[2]
        return Style(turn, min(max(size, 0.5), 2_000.0), base, mode == OUTLINED or self._is_bold(owner), mode in INVISIBLE, unmapped)

    def _is_bold(self, owner: int) -> bool:
        """Whether the font of a stretch is bold, by its name or its flags."""
        font = _font(owner)
        if not font:
            return False
        if font not in self._bold:
            name = ctypes.create_string_buffer(256)
            _name(font, name, 256)
            words = name.value.decode("latin-1").lower()
            self._bold[font] = any(word in words for word in BOLD) or bool(max(0, _flags(font)) & FORCED_BOLD)
        return self._bold[font]


def _turn(across: float, up: float) -> int:
    """The turn of text whose matrix begins with these two numbers."""
    angle = math.degrees(math.atan2(up, across))
    turn = round(angle / 90)
    return ASLANT if abs(angle - 90 * turn) > ODD else turn % 4


def turned(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """A box (left, bottom, right, top) of the page as (left, right, bottom, top) in the frame of a turn."""
    left, bottom, right, top = box
    if turn == 1:
        return bottom, top, -right, -left
    if turn == 2:
        return -right, -left, -top, -bottom
    if turn == 3:
        return -top, -bottom, left, right
    return left, right, bottom, top


def unturned(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """A box (left, right, bottom, top) in the frame of a turn as (left, bottom, right, top) of the page."""
    x0, x1, low, high = box
    if turn == 1:
        return -high, x0, -low, x1
    if turn == 2:
        return -x1, -high, -x0, -low
    if turn == 3:
        return low, -x1, high, -x0
    return x0, low, x1, high


def _char(code: int) -> tuple[str, bool]:
    """The character of a code and whether its meaning is in doubt; spaces of all kinds are one, what has no width is nothing."""
    if 0x20 < code < 0x7F:
        return chr(code), False
    if code == HYPHEN:
        return "-", False
    char = chr(code) if code <= 0x10FFFF else LOST
    if char in SPACES:
        return " ", False
    if char in UNSEEN:
        return "", False
    if char in SYMBOLS:
        return SYMBOLS[char], False
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or 0xFFFE <= code & 0xFFFF <= 0xFFFF:
        return LOST, True
    return char, char == LOST or 0xE000 <= code < 0xF900 or code >= 0xF0000

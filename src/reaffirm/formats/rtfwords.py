"""What the control words of Rich Text mean that need no code: destinations, characters, character sets, styles.

Source: Rich Text Format Specification 1.9.1 (Microsoft, 2008), and what writers before it made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reaffirm.model import BlockKind

# Groups of these are no text, whatever stands in them; so are all starred ones that no other set here names.
SKIPPED = frozenset({
    "aftncn", "aftnsep", "aftnsepc", "annotation", "atnauthor", "atndate", "atnicn", "atnid", "atnref", "atrfend", "atrfstart",
    "bkmkend", "bkmkstart", "buptim", "colortbl", "comment", "datafield", "doccomm", "falt", "ffdeftext", "ffentrymcr", "ffexitmcr",
    "ffhelptext", "ffl", "ffname", "ffstattext", "file", "filetbl", "fldinst", "fldtype", "fontemb", "ftncn", "ftnsep", "ftnsepc",
    "generator", "hlinkbase", "keywords", "latentstyles", "listoverridetable", "listtable", "listtext", "manager", "mmathPict",
    "nextfile", "nonesttables", "nonshppict", "objalias", "objclass", "objdata", "objname", "objsect", "operator", "panose", "pict",
    "pn", "pnseclvl", "pntext", "pntxta", "pntxtb", "printim", "private", "revtbl", "rxe", "shppict", "shprslt", "tc", "tcn",
    "template", "themedata", "txe", "xe", "xmlnstbl",
})  # fmt: skip
QUIET = frozenset({"do", "info", "nesttableprops", "shpinst"})  # no text of their own, but destinations within them are read
PLAIN = frozenset({"moMath", "moMathPara"})  # starred, and text all the same
CATALOGUES = frozenset({"fonttbl", "stylesheet"})
NUMBERED = frozenset({"listtext", "pntext"})  # the drawn number or bullet: the paragraph belongs to a list
HEADERS = {f"{kind}{side}": kind for kind in ("header", "footer") for side in ("", "l", "r", "f")}
BOXES = frozenset({"shptxt", "dptxbxtext"})
INFO = {
    "title": "title", "author": "author", "subject": "subject", "category": "category", "company": "company", "creatim": "created",
    "revtim": "modified",
}  # fmt: skip
DATES = {"yr": "{:04}", "mo": "-{:02}", "dy": "-{:02}", "hr": "T{:02}", "min": ":{:02}"}
LITERAL = {
    "tab": "\t", "line": "\n", "page": "\n", "column": "\n", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "zwj": "\u200d",
    "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
BREAKS = {b"~": "\u00a0", b"_": "-", b"\t": "\t"}
SYSTEMS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
SYMBOL = "symbol"  # stands for a codec: characters that their font alone knows go to the private use area
SYMBOLS = re.compile(r"(?:symbol|wingdings|webdings|zapf ?dingbats|monotype sorts)\b", re.IGNORECASE)
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb2312", 81: "big5", 83: "cp1255", 84: "mac_arabic", 85: "mac_greek",
    86: "mac_turkish", 88: "mac_latin2", 89: "mac_cyrillic", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
CODE_PAGES = {708: "iso8859_6", 936: "gbk", 1361: "johab", 10000: "mac_roman", 10006: "mac_greek", 10007: "mac_cyrillic", 65001: "utf-8"}
NAMED = ((" CE", "cp1250"), (" Cyr", "cp1251"), (" CYR", "cp1251"), (" Tur", "cp1254"), (" Baltic", "cp1257"))
HINTS: tuple[tuple[re.Pattern[str], BlockKind], ...] = (
    (re.compile(r"title\Z"), "title"),
    (re.compile(r"heading ?\d"), "heading"),
    (re.compile(r"caption\Z"), "caption"),
    (re.compile(r"(?:footnote|endnote)(?: ?text)?\Z"), "note"),
    (re.compile(r"list(?! ?paragraph)"), "list item"),
)
CONTENTS = re.compile(r"toc ?\d|contents ?\d")

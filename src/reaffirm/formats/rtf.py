r"""Rich Text (RTF 1.9 and what older writers made of it): the words of the document, a node for each paragraph or cell.

Text: as of Word documents (`reaffirm.formats.docx`), with the same paths: paragraphs are separated by blank lines, a
row of one-line cells is a line with tabs, text boxes follow the paragraph that holds them, footnotes and endnotes the
body, headers and footers (furniture, equal words once) the notes. Tracked changes are read as accepted. Numbers and
bullets that the writer drew for lists, annotations, formatting marks of indexes, pictures and hidden words are not text.
Metadata keys: `rtf:title`, `rtf:author`, `rtf:subject`, `rtf:category`, `rtf:company`, `rtf:created`, `rtf:modified`.

The reader is our own, a tokenizer with a stack of groups. `striprtf` 0.0.35 (BSD) was tried: it gives no offsets, loses
footnotes, text boxes and the Unicode form of `\upr`, prints deleted and hidden words, bars for the edges of cells and
halves of surrogate pairs; of the Word-like sample of the tests it recovers 73 % of the characters.
"""

from __future__ import annotations

import codecs
import copy
import re
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from reaffirm.formats import rtfwords
from reaffirm.formats.pieces import Piece, join, level, titled
from reaffirm.formats.problems import Found, refused, unreadable
from reaffirm.formats.refusals import SAVE_AS_TEXT, TYPE_OUT
from reaffirm.formats.rtfstory import MAX_TABLES, State, Story, Style
from reaffirm.model import MetaField, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.model import BlockKind

EXTRACTOR = "rtf/1"
OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf")
TOKEN = re.compile(rb"\\([A-Za-z]+)(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL)
MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 10_000  # groups within groups; writers nest some thirty
MAX_STYLES = 16  # steps from a style to the one it is based on
DAMAGED = "Open the document in a word processor, save it again, and add that file."
ACCEPT = "If the text before the changes is meant, reject the changes in a word processor and add that file."
REVEAL = "If the hidden words belong to the text, make them visible in a word processor and add that file."


def sniff(data: bytes, name: str) -> bool:  # noqa: ARG001 - every format has the same two functions
    """Whether the bytes begin as Rich Text."""
    return OPENING.match(data) is not None


def read(data: bytes, name: str) -> Source:  # noqa: ARG001 - every format has the same two functions
    """The Source of Rich Text; of what is damaged, the words that can be read and a problem."""
    if len(data) > MAX_BYTES:
        return refused(EXTRACTOR, unreadable(f"a Rich Text document of {len(data):,} bytes; the limit is {MAX_BYTES:,}", SAVE_AS_TEXT))
    reader = _Reader()
    rest = reader.run(data)
    body = [*reader.body.pieces, *reader.notes["footnote"], *reader.notes["endnote"]]
    if any(piece.hint in ("title", "heading") for piece in body):
        body = [replace(piece, hint=piece.hint or "paragraph") for piece in titled(body)]
    text, nodes = join([*body, *_margins(reader.margins)])
    problems = (*reader.problems, *_doubts(reader, rest, text=bool(body)))
    metadata = tuple(MetaField(f"rtf:{key}", reader.info[key]) for key in rtfwords.INFO.values() if reader.info.get(key))
    return Source(text, EXTRACTOR, nodes, metadata, problems)


def _margins(stories: list[Story]) -> Iterator[Piece]:
    """The pieces of headers, then of footers, furniture, equal words once."""
    seen: set[tuple[str, str]] = set()
    for story in sorted(stories, key=lambda story: story.kind, reverse=True):
        for piece in story.pieces:
            if (story.kind, piece.words) not in seen:
                seen.add((story.kind, piece.words))
                yield replace(piece, hint=None, reason=story.kind, lead="\n\n")


def _doubts(reader: _Reader, rest: bytes, *, text: bool) -> Iterator[Found]:
    """The problems of words that were changed, are hidden, stand behind the end, or are not there at all."""
    if not text:
        yield unreadable("the document holds no text; its pages may be pictures", TYPE_OUT)
    if any(reader.changes.values()):
        listed = ", ".join(f"{count} {what}" for what, count in reader.changes.items())
        yield ("tracked changes", "low", f"the document holds tracked changes ({listed}); it was read as if accepted", ACCEPT)
    if reader.hidden:
        message = f"{reader.hidden} characters of the document are formatted as hidden; they were left out"
        yield ("hidden text", "low", message, REVEAL)
    if rest:
        message = f"unreadable: {len(rest):,} bytes behind the end of the document; word processors do not show them either"
        yield ("unreadable", "medium", message, DAMAGED)


class _Reader:
    """The state of a reading: the stack of groups, the stories, fonts and styles, and what went wrong."""

    def __init__(self) -> None:
        self.tables = count(1)
        self.body = Story("body", "", self.tables, numbered=True)
        self.state = State(self.body)
        self.stack: list[State] = []
        self.pending = bytearray()
        self.high = 0  # the first half of a surrogate pair
        self.skips = 0
        self.starred = False
        self.default = "cp1252"
        self.default_font = -1
        self.fonts: dict[int, str] = {}
        self.styles: dict[int, Style] = {}
        self.entry = 0  # of the catalogue that is being read
        self.notes: dict[str, list[Piece]] = {"footnote": [], "endnote": []}
        self.margins: list[Story] = []
        self.info: dict[str, str] = {}
        self.changes = {"insertions": 0, "deletions": 0}
        self.hidden = 0
        self.boxes = 0
        self.note_counts = {"footnote": 0, "endnote": 0}
        self.problems: list[Found] = []
        self.words = {
            "bin": None, "uc": self.set_unit, "u": self.unicode, "f": self.set_font, "deff": self.set_default, "ansicpg": self.set_page,
            "mac": self.set_system, "pc": self.set_system, "pca": self.set_system, "fcharset": self.set_charset, "cpg": self.set_charset,
            "v": self.set_flag, "deleted": self.set_flag, "revised": self.count_insertion, "plain": self.plain, "pard": self.pard,
            "s": self.set_style, "sbasedon": self.set_base, "outlinelevel": self.set_outline, "ls": self.set_list, "ilvl": self.set_list,
            "intbl": self.set_level, "itap": self.set_level, "par": self.par, "sect": self.par, "cell": self.cell, "nestcell": self.cell,
            "row": self.row, "nestrow": self.row, "ftnalt": self.make_endnote, "upr": self.begin_pair, "ud": self.take_pair,
        }  # fmt: skip

    def run(self, data: bytes) -> bytes:
        """What stands behind the end of the document, without white space, after all before it was read."""
        place = max(0, data.find(b"{"))
        while token := TOKEN.match(data, place):
            place = token.end()
            if token[1] == b"bin":
                place = self.bin(token, place, len(data))
            elif token.lastindex is not None:
                self.take(token)
            if (not self.stack and token[5] == b"}") or len(self.stack) > MAX_DEPTH:
                break
        self.flush()
        whole = not self.stack
        self.check()
        while self.stack:
            self.close()
        self.finish(self.body)
        return data[place:].strip(b"\x00\x1a \t\r\n") if whole else b""

    def check(self) -> None:
        """Note that groups are nested too deep, or that the document breaks off."""
        if len(self.stack) > MAX_DEPTH:
            self.problems.append(unreadable(f"the rest of the document: groups nested more than {MAX_DEPTH:,} deep", DAMAGED))
        elif self.stack:
            self.problems.append(unreadable("the document breaks off: its last group has no end", DAMAGED))

    def bin(self, token: re.Match[bytes], place: int, size: int) -> int:
        """The place behind binary data."""
        count = max(0, int(token[2] or 0))
        self.skips = max(0, self.skips - 1)
        if count > size - place:
            self.problems.append(unreadable("binary data of the document is longer than the document", DAMAGED))
        return min(size, place + count)

    def take(self, token: re.Match[bytes]) -> None:
        """What one token does."""
        word, number, code, symbol, brace, words = token.groups()
        if brace:
            self.flush()
            self.skips = 0
            self.starred = False
            (self.open if brace == b"{" else self.close)()
        elif self.state.mode == "skip":
            return
        elif words is not None:
            self.say(words)
        elif self.skips and (code or (symbol and symbol != b"*") or (word and word.decode() in rtfwords.LITERAL)):
            self.skips -= 1
        elif code:
            self.pending.append(int(code, 16))
        elif symbol:
            self.control_symbol(symbol)
        elif word:
            self.control_word(word.decode(), None if number is None else int(number))

    def say(self, words: bytes) -> None:
        """Add the bytes of words, without those that stand for a Unicode character."""
        kept = words[self.skips :]
        self.skips = max(0, self.skips - len(words))
        self.pending += kept

    def open(self) -> None:
        """Begin a group."""
        self.stack.append(self.state)
        self.state = copy.copy(self.state)

    def close(self) -> None:
        """End a group, and the story that began with it."""
        if not self.stack:
            return
        if len(self.stack) == 1 or self.state.story is not self.stack[-1].story:
            self.finish(self.state.story)
        inner, self.state = self.state, self.stack.pop()
        if inner.story is not self.state.story:
            self.deliver(inner.story)
        if inner.mode == "fonttbl" and self.state.mode == "text":
            self.state.codec = self.base()

    def deliver(self, story: Story) -> None:
        """Put a story where it belongs."""
        if story.kind in self.notes:
            self.note_counts[story.kind] += 1
            label = f"{story.kind} {self.note_counts[story.kind]}"
            self.notes[story.kind] += (replace(piece, hint="note", path=piece.path or label) for piece in story.pieces)
        elif story.kind == "text box":
            self.state.story.boxes += story.pieces
        elif story.kind in rtfwords.INFO:
            self.info.setdefault(rtfwords.INFO[story.kind], " ".join(piece.words for piece in story.pieces))

    def flush(self) -> None:
        """Decode the bytes that wait, and add their words."""
        if self.high:
            self.high = 0
            self.add("\ufffd")
        if self.pending:
            data, self.pending = bytes(self.pending), bytearray()
            if self.state.codec == rtfwords.SYMBOL:
                self.add("".join(chr(0xF000 + byte) if byte > 0x20 else chr(byte) for byte in data))
            else:
                self.add(self.decoded(data).replace("\x00", ""))

    def decoded(self, data: bytes) -> str:
        """The words of bytes in the encoding of their font; bytes that are none in it are replaced, which is a problem."""
        try:
            return data.decode(self.state.codec)
        except UnicodeDecodeError:
            if self.state.mode == "text" and not any(problem[0] == "encoding" for problem in self.problems):
                message = f"some bytes are no characters of their encoding ({self.state.codec}); they were replaced by U+FFFD"
                self.problems.append(("encoding", "low", message, DAMAGED))
            return data.decode(self.state.codec, "replace")

    def base(self) -> str:
        """The encoding of the default font, else the document's."""
        return self.fonts.get(self.default_font, self.default)

    def add(self, words: str) -> None:
        """Add words to the open paragraph, or to the catalogue that is being read."""
        state = self.state
        if state.mode in rtfwords.CATALOGUES:
            self.catalogue(words)
        elif state.mode != "text" or state.deleted:
            return
        elif state.hidden:
            self.hidden += len(words.strip())
        else:
            state.story.words.append(words)

    def catalogue(self, words: str) -> None:
        """Note the name of a font or a style."""
        name = words.partition(";")[0].strip()
        if self.state.mode == "fonttbl" and name:
            codec = next((codec for suffix, codec in rtfwords.NAMED if name.endswith(suffix)), "")
            if rtfwords.SYMBOLS.match(name):
                self.fonts[self.entry] = rtfwords.SYMBOL
            elif codec:
                self.fonts.setdefault(self.entry, codec)
        elif name:
            style = self.styles.setdefault(self.entry, Style())
            style.name += name.lower()
        if self.state.mode == "stylesheet" and ";" in words:
            self.entry = 0

    def control_symbol(self, symbol: bytes) -> None:
        """What a control symbol does."""
        if symbol == b"*":
            self.starred = True
            return
        if symbol in b"{}\\":
            self.pending += symbol
            return
        self.flush()
        if symbol in b"\r\n":
            self.par("par", None)
        elif symbol in rtfwords.BREAKS:
            self.add(rtfwords.BREAKS[symbol])

    def control_word(self, word: str, number: int | None) -> None:
        """What a control word does: it opens a destination, adds a character, or sets something."""
        starred, self.starred = self.starred, False
        if word == "u":
            self.unicode(word, number)
            return
        self.flush()
        self.skips = 0
        if word in rtfwords.LITERAL:
            self.add(rtfwords.LITERAL[word])
        elif word in rtfwords.DATES and self.state.story.kind in rtfwords.INFO:
            self.add(rtfwords.DATES[word].format(number or 0))
        elif self.destination(word):
            return
        elif (act := self.words.get(word)) is not None:
            act(word, number)
        elif starred or (word.startswith("m") and word.endswith("Pr")):
            self.state.mode = "skip"

    def destination(self, word: str) -> bool:
        """Whether the word opens a destination; the group goes there."""
        if word in rtfwords.NUMBERED:
            self.state.story.listed = True
        if word in rtfwords.SKIPPED:
            self.state.mode = "skip"
        elif word in rtfwords.CATALOGUES:
            self.state.mode, self.entry = word, 0
        elif word in rtfwords.QUIET:
            self.begin_pair(word, None)
        else:
            return word in rtfwords.PLAIN or self.story(word)
        return True

    def story(self, word: str) -> bool:
        """Whether the word opens a story of its own; the group is that story."""
        if word in rtfwords.HEADERS:
            kind = rtfwords.HEADERS[word]
            self.begin(kind, f"{kind} {len(self.margins) + 1}", numbered=True)
            self.margins.append(self.state.story)
        elif word in rtfwords.BOXES:
            self.boxes += 1
            self.begin("text box", f"text box {self.boxes}", numbered=True)
        elif word == "footnote" or word in rtfwords.INFO:
            self.begin(word, "", numbered=False)
        else:
            return False
        return True

    def begin(self, kind: str, label: str, *, numbered: bool) -> None:
        """Begin a story with this group."""
        codec, unit = self.state.codec, self.state.unit
        self.state = State(Story(kind, label, self.tables, numbered), codec=codec, unit=unit)

    # What single control words do; all have the same signature.

    def set_unit(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Note how many characters stand for a Unicode one."""
        self.state.unit = max(0, 1 if number is None else number)

    def unicode(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Add a Unicode character, a pair of surrogates as one; those that stand for it in old readers are skipped."""
        code = (number or 0) & 0xFFFF if (number or 0) < 0 else number or 0
        if self.pending or not 0xDC00 <= code < 0xE000:
            self.flush()
        self.skips = self.state.unit
        if 0xD800 <= code < 0xDC00:
            self.high = code
        elif 0xDC00 <= code < 0xE000:
            pair = 0x10000 + (self.high - 0xD800) * 0x400 + code - 0xDC00
            self.add(chr(pair) if self.high else "\ufffd")
            self.high = 0
        elif code:
            self.add(chr(code) if code <= 0x10FFFF else "\ufffd")

    def set_font(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Take a font's encoding, or the font as the entry of the table of fonts."""
        if self.state.mode == "fonttbl":
            self.entry = number or 0
        else:
            self.state.codec = self.fonts.get(number or 0, self.default)

    def set_default(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Note the default font."""
        self.default_font = -1 if number is None else number

    def set_page(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Take the document's code page."""
        self.default = self.state.codec = _codec(number or 0) or self.default

    def set_system(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Take the character set of an old system."""
        self.default = self.state.codec = rtfwords.SYSTEMS[word]

    def set_charset(self, word: str, number: int | None) -> None:
        """Note the encoding of the font that is being listed."""
        codec = _codec(number or 0) if word == "cpg" else rtfwords.CHARSETS.get(number or 0, "")
        if self.state.mode == "fonttbl" and codec:
            self.fonts[self.entry] = codec

    def set_flag(self, word: str, number: int | None) -> None:
        """Begin or end hidden or deleted words."""
        if word == "v":
            self.state.hidden = number != 0
            return
        self.state.deleted = number != 0
        self.changes["deletions"] += number != 0

    def count_insertion(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Count words that were inserted."""
        self.changes["insertions"] += number != 0

    def plain(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Take back what characters were set to."""
        self.state.hidden = self.state.deleted = False
        self.state.codec = self.base()

    def pard(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Take back what paragraphs were set to."""
        state = self.state
        state.style, state.outline, state.listed, state.level = 0, 0, False, 0

    def set_style(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Take a paragraph style, or the style as the entry of the list of styles."""
        if self.state.mode == "stylesheet":
            self.entry = number or 0
        self.state.style = number or 0

    def set_base(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Note the style that the listed one is based on."""
        if self.state.mode == "stylesheet":
            self.styles.setdefault(self.entry, Style()).base = -1 if number is None else number

    def set_outline(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Note that the paragraph is a heading of a level, unless that says body."""
        self.state.outline = (number or 0) + 1 if (number or 0) < 9 else 0

    def set_list(self, word: str, number: int | None) -> None:
        """Note that the paragraph belongs to a list."""
        self.state.listed = word == "ilvl" or bool(number)

    def set_level(self, word: str, number: int | None) -> None:
        """Note how many tables the paragraph stands in."""
        level = max(1, self.state.level) if word == "intbl" else number or 0
        self.state.level = min(MAX_TABLES, max(0, level))

    def make_endnote(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Make an endnote of the open footnote."""
        if self.state.story.kind == "footnote":
            self.state.story.kind = "endnote"

    def begin_pair(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Pass over the old form of words that stand there in Unicode as well."""
        if self.state.mode != "quiet":
            self.state.outer, self.state.mode = self.state.mode, "quiet"

    def take_pair(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """Read the Unicode form."""
        if self.state.mode == "quiet":
            self.state.mode = self.state.outer

    def par(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """End a paragraph, unless its end was deleted."""
        if self.state.mode == "text" and not (self.state.deleted and self.state.story.words):
            self.state.story.end(self.state.level, *self.claims(self.state.story))

    def cell(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """End a paragraph and the cell that holds it."""
        if self.state.mode == "text":
            story = self.state.story
            level = 1 if word == "cell" else max(2, self.state.level)
            story.adapt(level)
            story.end(level, *self.claims(story))
            story.tables[-1].close_cell()

    def row(self, word: str, number: int | None) -> None:  # noqa: ARG002
        """End a row of a table."""
        story = self.state.story
        level = 1 if word == "row" else max(2, self.state.level)
        if len(story.tables) >= level:
            story.end(level, *self.claims(story))
            story.tables[-1].close_row()

    def claims(self, story: Story) -> tuple[BlockKind | None, str, int]:
        """The hint of the open paragraph by its style and its bases, its level and list; the furniture reason; a heading's level."""
        number = self.state.style
        for _ in range(MAX_STYLES):
            style = self.styles.get(number, Style())
            if rtfwords.CONTENTS.match(style.name):
                return None, "contents", 0
            hint = next((kind for pattern, kind in rtfwords.HINTS if pattern.match(style.name)), None)
            if hint is not None:
                return hint, "", level(style.name)
            if number == style.base:
                break
            number = style.base
        if self.state.outline:
            return "heading", "", self.state.outline
        return ("list item" if self.state.listed or story.listed else None), "", 0

    def finish(self, story: Story) -> None:
        """End the last paragraph of a story and its tables."""
        if "".join(story.words).strip() or story.boxes:
            story.end(len(story.tables), *self.claims(story))
        story.adapt(0)


def _codec(page: int) -> str:
    """The codec of a code page, or an empty string."""
    name = rtfwords.CODE_PAGES.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return ""
    return name

"""Speaker labels: which lines of a text begin somebody's turn to speak, and in which words they say so.

A line may only be a label when its words are built like one: a title and a name, a name, a surname, or the role of an
unnamed speaker. Whether it is one the whole text decides: labels recur, or carry a title, or stand beside others.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from reaffirm.furniture import BULLET, UNFINISHED, Layout, Line, ends, wordset
from reaffirm.model import Label
from reaffirm.text import fold

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from reaffirm.packs import Packs

Kind = Literal["titled", "name", "word", "office", "role", "state"]
Form = Literal["inline", "alone"]
LONGEST_LABEL = 200  # characters of a line that are searched for a label
TIME = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?[\])]?\s{1,4})?"
COLON = re.compile(
    TIME + r"[*_]{0,3}(?P<label>[^\W\d_][^:()\[\]*]{0,110}?(?:\s{0,2}[(\[][^()\[\]]{1,80}[)\]]){0,2})"
    r"[*_]{0,3}\s{0,3}(?P<cue>[:：])[*_]{0,3}(?=\s|$)"
)
LETTER = re.compile(TIME + r"(?P<label>Q\d{0,2}(?=[. \t\u00a0])|A\d{0,2}(?=\.))(?P<cue>\.?)(?=\s{1,20}\S)")
BARE = re.compile(TIME + r"[*_]{0,3}(?P<label>[^\W\d_][^:*]{0,90}?)[*_]{0,3}(?P<cue>)")
PARENTHESIS = re.compile(r"\s{0,4}[(\[]([^()\[\]]{0,100})[)\]]")
PARENTHESIS_AT_END = re.compile(r"\s{0,4}[(\[]([^()\[\]]{0,100})[)\]]\s*$")
TOKEN = re.compile(r"\S+")
LOWER = re.compile(r"(?<!\w)[^\W\d_A-Z]{2,40}(?!\w)")
JOINERS = "-‐‑'’ʼ‘`.·"
STAGE = re.compile(
    r"\W*(?:(?:speaking |spoke )?(?:through|via|with) (?:an? |the |his |her )?(?:interpret|translat|video|phone|telephone|teleconf)\w*.*"
    r"|(?:in|as|by) (?:the )?(?:interpret|translat|progress)\w*.*|(?:consecutive |simultaneous )?(?:interpretation|translation)\b.*"
    r"|(?:speaking |spoke )?in [A-Z][a-z]+|(?:laughter|laughs|applause|continu\w+|off[- ]mic\w*|crosstalk)\W*"
    r"|(?:by|via) (?:video|phone)\w*.*)\W*",
    re.IGNORECASE,
)
GLUE = wordset("of for and the to on & in at")
BEFORE_TITLE = wordset("the former acting deputy vice interim outgoing then first second his her excellency")
PARTICLES = wordset(
    "de la las los del della der den van von ten ter di da do dos das du le el al bin ibn ben bint abu ould y e zu zur af av san "
    "st te tan binti"
)
POLITE = wordset("thank thanks hi hello mr ms mrs madam sir chair chairman good")
SUFFIXES = wordset("jr sr ii iii iv phd md")
SHORTENED = wordset("mr mrs ms mx dr gen st jr sr lt col sen rep amb prof hon gov pres sgt maj adm capt cmdr rev sec")
COMMON = wordset(
    "abstract access accord act action actions added address advice again agenda agreement agriculture aid aim aims alliance analysis "
    "annex answer answers appendix april area areas article articles asked assembly assessment attachment august author authors "
    "background bank bay benefits bilateral board brief briefing budget bureau business capital caption caveat center centre chapter "
    "city civil clause climate coast colleagues comment commentary comments commission commitment commitments committee common "
    "communique company concluded conclusion conclusions conference contact contacts content contents context continued convention "
    "cooperation correction council country court credit culture data date deadline december decision decisions declaration defence "
    "defense definition delegates delegation department details development digital directive disclaimer discussion document documents "
    "duration east eastern economic economy editorial education email embargo energy engagement environment europe european event "
    "example excellencies excellency exchange exercise exercises exit explained facility fact facts fax february fifth figure finally "
    "finance findings first firstly fisheries focus following food footnote forces foreign forum fourth framework free friday friends "
    "fund funding future gender gentlemen global goal goals governance government group growth gulf heading headline health hello hi "
    "highlights highness history human humanitarian idea image implementation inflation infrastructure initiative initiatives innovation "
    "institute international introduction investment island islands issue issues item items january july june justice key labour ladies "
    "language lastly law letter level link links list location majesty mandate march maritime market matters means measure measures "
    "media meeting meetings members memo message method middle migration military minutes mission monday monetary month music name "
    "nation national nations navy network news next no north northern note noted notes notice november nuclear objective objectives "
    "ocean october office opening opinion order organisation organization outcome outcomes outlook overview page panel paper paragraph "
    "part participants parties partners partnership peace people phone photo photos picture place plan plans point points policies "
    "policy political position power preamble press priorities priority problem process program programme progress project prosperity "
    "protocol provinces public publication purpose quote ratification reading reason recommendation recommendations reference references "
    "reform region regional relations release remark remarks reminder replied report reports representatives republic research "
    "resilience resolution resolutions response result results review rights risk risks rule rules said sample saturday scenario "
    "schedule science sea second secondly secretariat section sector security september series service session sign solution source "
    "sources south southern space special stability state stated statement statements states status step steps strait strategic strategy "
    "subject subtitle summary summit sunday support sustainable system table talks target targets task tasks tech technology tel "
    "telephone term terms terrorism text thank thanks theme third thirdly thursday time timeline title today told tomorrow topic topics "
    "tourism trade training translation transport treaty trust tuesday type union united update url value venue version video view views "
    "visit warning water weapons web website wednesday week west western women work world wrote year yes yesterday youth"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a label's words are built: its kind and the folded words of the name in it."""

    kind: Kind
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """A line that may begin a turn: its label, and where on the line the speech begins (None: on the next line)."""

    line: int
    label: Label
    content: int | None
    words: str
    shape: Shape
    form: Form
    speech: bool
    sure: bool

    @property
    def key(self) -> str:
        """The label's words without parentheses, folded: equal for the turns of one speaker."""
        return plain(PARENTHESIS.sub("", self.words))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the packs know about labels: titles as words with their kind, roles of unnamed speakers, names of states."""

    titles: dict[tuple[str, ...], str]
    longest: int
    roles: frozenset[str]
    places: frozenset[str]


def plain(words: str) -> str:
    """The words folded for comparison: case, apostrophes, white space and edge punctuation made plain."""
    return " ".join(fold(words).casefold().split()).strip("*_ ,;")


def read(packs: Packs) -> Lexicon:
    """The lexicon of the packs; a form that is a title and a role is a title when a name follows."""
    forms = [(tuple(plain(form).split()), title.kind) for title in packs.titles for form in title.forms]
    titles: dict[tuple[str, ...], str] = dict(sorted(forms, key=lambda form: form[1] != "role"))
    roles = frozenset(" ".join(form) for form, kind in forms if kind == "role")
    places = (name for state in packs.states for name in (state.name, *state.aliases, *state.demonyms))
    return Lexicon(titles, max(map(len, titles), default=0), roles, frozenset(plain(place) for place in places))


def describe(words: str, lexicon: Lexicon) -> Shape | None:
    """The shape of a label's words, or None when they are built like anything else."""
    main, *rest = PARENTHESIS.sub("", words).strip(" ,").split(",")
    aside = [*rest, *PARENTHESIS.findall(words)]
    tokens = main.split()
    if not tokens or len(tokens) > 22 or _has_stop(words) or not all(_is_aside(part.split()) for part in rest):
        return None
    if words.endswith(","):
        return None  # an address: Mr. President,
    if plain(main) in lexicon.places:
        return None if rest else Shape("state")
    shape = _with_title(tokens, lexicon) or _as_name(tokens)
    if shape and shape.kind in ("name", "word") and any(_title_at(part.split(), 0, lexicon, loose=True) for part in aside):
        return Shape("titled", shape.names)
    return None if shape and shape.kind == "word" and rest else shape


def _has_stop(words: str) -> bool:
    """Whether a full stop inside or behind the words closes a sentence, not an abbreviation."""
    stopped = (token.strip(".,()[]") for token in words.split() if token.endswith((".", "!", "?")))
    return any(len(word) > 1 and "." not in word and word.casefold() not in SHORTENED for word in stopped)


def _is_aside(tokens: list[str]) -> bool:
    """Whether the words behind a comma may tell office, outlet or country: few, and written like a name."""
    spelt = all(token[0].isupper() or plain(token) in GLUE | PARTICLES or token[0].isdigit() for token in tokens)
    return 0 < len(tokens) <= 12 and spelt and plain(tokens[0]) not in POLITE


def _with_title(tokens: list[str], lexicon: Lexicon) -> Shape | None:
    for first in range(min(4, len(tokens))):
        if found := _title_at(tokens, first, lexicon):
            return _behind_title(tokens[first + found[0] :], found[1], lexicon)
        if not _may_precede_title(tokens[first], lexicon):
            return None
    return None


def _may_precede_title(token: str, lexicon: Lexicon) -> bool:
    word = plain(token)
    return word in BEFORE_TITLE or word.removesuffix("'s") in lexicon.places or (_is_name(token) and word not in COMMON)


def _title_at(tokens: list[str], first: int, lexicon: Lexicon, *, loose: bool = False) -> tuple[int, str] | None:
    """The length and kind of the longest title that begins at a token (with `loose`, at this one or a later one)."""
    folded = [plain(token) for token in tokens[:20]]
    for start in range(first, len(folded) if loose else first + 1):
        for length in range(min(lexicon.longest, len(folded) - start), 0, -1):
            kind = lexicon.titles.get(tuple(folded[start : start + length]))
            if kind and (loose or tokens[start][0].isupper()):
                return length, kind
    return None


def _behind_title(rest: list[str], kind: str, lexicon: Lexicon) -> Shape | None:
    if not rest:
        return None if kind == "honorific" else Shape("role" if kind == "role" else "office")
    if (again := _title_at(rest, 0, lexicon)) and again[0] == len(rest) and kind == "honorific":
        return Shape("office")  # Mr. President
    if kind == "role" and all(token.strip("#.").isdigit() for token in rest):
        return Shape("role")
    names = _names(rest, GLUE | PARTICLES)
    if names is None:
        return None
    if plain(rest[0]) in GLUE and not any(_is_name(token) for token in rest[2:]):
        return Shape("office")  # Minister for Fisheries
    return Shape("name" if kind == "role" else "titled", names)


def _as_name(tokens: list[str]) -> Shape | None:
    names = _names(tokens, PARTICLES)
    if names is None or len(tokens) > 6:
        return None
    return Shape("name" if len(names) > 1 else "word", names)


def _names(tokens: list[str], joints: Container[str]) -> tuple[str, ...] | None:
    """The folded words of a name, suffixes and joints left out; None when a token cannot belong to a name."""
    names = []
    for token in tokens:
        word = plain(token).strip(".")
        if word in SUFFIXES or word in joints:
            continue
        if not _is_name(token) or word in COMMON or word in UNFINISHED or plain(token).endswith("'s"):
            return None
        names.append(word)
    return tuple(names) if names and _is_name(tokens[-1]) else None


def _is_name(token: str) -> bool:
    letters = token.strip(".'’\"“”")
    if not letters or not all(c.isalpha() or c in JOINERS for c in letters):
        return False
    prefixed = re.match(r"\w{1,4}['’ʼ‘‐‑-]", letters) and any(c.isupper() for c in letters)  # al-Thani, d'Este
    return letters[0].isupper() or bool(prefixed)


def find(lines: Sequence[Line], marked: Container[int], layout: Layout, packs: Packs) -> dict[int, Cue]:
    """The labels of a text by the number of their line: none where the text as a whole speaks against turns."""
    lexicon = read(packs)
    seen = ((i, _read_label(line, lexicon)) for i, line in enumerate(lines) if i not in marked and _may_speak(line))
    candidates = [_candidate(lines, i, found, layout) for i, found in seen if found]
    evidence = Evidence(tuple(candidates), lexicon, lines)
    accepted = evidence.accepted()
    if len(accepted) == 1 and not _holds_alone(lines, accepted[0]):
        return {}
    return {cue.line: cue for cue in accepted}


def _holds_alone(lines: Sequence[Line], cue: Cue) -> bool:
    """Whether the only label of a text is one: behind it stands a colon and a sentence."""
    colon = lines[cue.line].text[cue.label.cue_start - lines[cue.line].start :].startswith((":", "："))
    return colon and _speaks(lines, cue.line, cue.content, lone=True)


def _may_speak(line: Line) -> bool:
    return line.hint in (None, "paragraph") and not BULLET.match(line.text)


def _read_label(line: Line, lexicon: Lexicon) -> tuple[re.Match[str], Shape] | None:
    """The match and shape of the label that a line begins with or is, whatever the rest of the text says."""
    head = line.text[:LONGEST_LABEL]
    patterns = [COLON] if ":" in head or "：" in head else []
    for pattern in (*patterns, LETTER):
        if (found := pattern.match(head)) and (shape := _shape(found, lexicon)):
            return found, shape
    if (found := _full_stop(head, lexicon)) and (shape := _shape(found, lexicon)):
        return found, shape
    if len(line.text) <= 100 and (found := BARE.fullmatch(head)) and (shape := _shape(found, lexicon)):
        return found, shape
    return None


def _shape(found: re.Match[str], lexicon: Lexicon) -> Shape | None:
    if found.re is LETTER:
        return Shape("role")
    return describe(_without_stage(found["label"]), lexicon)


def _without_stage(label: str) -> str:
    """The label without stage notes in brackets at its end."""
    while (last := PARENTHESIS_AT_END.search(label)) and STAGE.fullmatch(last[1]):
        label = label[: last.start()]
    return label


def _full_stop(head: str, lexicon: Lexicon) -> re.Match[str] | None:
    """A label that a full stop closes: in capitals, or an honorific or title with a surname."""
    for number, token in enumerate(TOKEN.finditer(head)):
        word = token[0]
        letters = word.strip(".'’-()[]")
        if number > 9 or not letters or not (_is_name(word.strip("()[]")) or letters.casefold() in GLUE | PARTICLES):
            return None
        if word.endswith(".") and len(letters) > 1 and "." not in letters and plain(letters) not in SHORTENED - {"jr", "sr"}:
            label = head[: token.end() - 1]
            titled = _title_at(label.split(), 0, lexicon) is not None and number > 0
            fits = (in_capitals(label) or titled) and _begins_sentence(head[token.end() :])
            return re.compile(r"(?P<label>" + re.escape(label) + r")(?P<cue>\.)").match(head) if fits else None
    return None


def _begins_sentence(rest: str) -> bool:
    following = rest.lstrip(" \t\u00a0\"'“‘([")
    return not rest.strip() or (rest[0].isspace() and not following[:1].islower())


def in_capitals(label: str) -> bool:
    """Whether a label is in capitals, prefixes such as Mc and honorifics aside."""
    words = [word for word in PARENTHESIS.sub("", label).split() if plain(word).strip(".") not in SHORTENED | PARTICLES | GLUE]
    return bool(words) and all(re.sub(r"^(?:Mc|Mac|De|La|Le|Di|Van|O')", "", word).isupper() for word in words)


def _candidate(lines: Sequence[Line], i: int, found: tuple[re.Match[str], Shape], layout: Layout) -> Cue:
    line, (match, shape) = lines[i], found
    words = _without_stage(match["label"]).rstrip(" \t\u00a0*_,")
    start = line.start + match.start("label")
    cue = (line.start + match.start("cue"), line.start + match.end("cue")) if match["cue"] else (start + len(words),) * 2
    content = _content(line, match.end())
    form: Form = "inline" if match["cue"] or content is not None else "alone"
    speech = _speaks(lines, i, content, lone=False)
    return Cue(i, Label(start, start + len(words), *cue), content, words, shape, form, speech, _begins(lines, i, layout, form))


def _content(line: Line, position: int) -> int | None:
    """Where the speech begins behind a label, stage notes passed over unless nothing else is there; None at the line's end."""
    first = position = _skip(line.text, position)
    while (note := PARENTHESIS.match(line.text[position : position + 120])) and STAGE.fullmatch(note[1]):
        position = _skip(line.text, position + note.end())
    if position >= len(line.text):
        position = first
    return line.start + position if position < len(line.text) else None


def _skip(text: str, position: int) -> int:
    while position < len(text) and (text[position].isspace() or text[position] in "*_"):
        position += 1
    return position


def _speaks(lines: Sequence[Line], i: int, content: int | None, *, lone: bool) -> bool:
    """Whether what stands behind a label is speech: a sentence or some words; for a lone label a sentence."""
    if content is None:
        following = lines[i + 1 : i + 3]
        return any(line.hint in (None, "paragraph") and (ends(line.text) or line.text.count(" ") >= 7) for line in following)
    said = lines[i].text[content - lines[i].start :]
    goes_on = i + 1 < len(lines) and not lines[i + 1].gap and lines[i + 1].text[0].islower()
    if not any(c.isalpha() for c in said[:200]):
        return False  # a tally
    return ends(said) or goes_on or (not lone and said.count(" ") >= 7)


def _begins(lines: Sequence[Line], i: int, layout: Layout, form: Form) -> bool:
    """Whether a line may begin a paragraph; a label alone must also end there."""
    if not layout.wrapped or lines[i].hint is not None:
        return True
    before = i == 0 or lines[i].gap or ends(lines[i - 1].text, ".!?…:—") or layout.room(lines[i - 1], lines[i])
    if form == "inline" or i + 1 == len(lines):
        return before
    return before and (lines[i + 1].gap or (layout.room(lines[i], lines[i + 1]) and not lines[i + 1].text[0].islower()))


@dataclass(frozen=True)
class Evidence:
    """All lines of a text that may be labels, and what they say about each other."""

    candidates: tuple[Cue, ...]
    lexicon: Lexicon
    lines: Sequence[Line]

    @cached_property
    def lower(self) -> frozenset[str]:
        """The words that the text writes in lower case: what stands among them is hardly a name."""
        return frozenset(word for line in self.lines for word in LOWER.findall(line.text))

    def accepted(self) -> list[Cue]:
        """The candidates that the whole text bears out, in order."""
        inline = self._settle("inline")
        said = self._from_first_speech([cue for cue in self.candidates if cue.form == "inline" and cue.key in inline])
        if len(said) > 1:
            said += [cue for cue in self.candidates if cue.line > said[0].line and cue.key not in inline and self._is_brief(cue)]
        alone = self._settle("alone")
        beside = [cue for cue in self.candidates if cue.form == "alone" and cue.sure and cue.key in alone]
        if len(said) > 1:
            beside = [cue for cue in beside if cue.key in inline]
        elif len(beside) > 1 and len(alone) > 1:
            beside = self._alike(beside)
        else:
            beside = []
        return sorted(said + beside, key=lambda cue: cue.line)

    @staticmethod
    def _from_first_speech(cues: list[Cue]) -> list[Cue]:
        """The cues without those before the first speech: a transcript's header may say who is in the chair."""
        first = next((i for i, cue in enumerate(cues) if cue.speech), len(cues))
        return cues[first:]

    def _is_brief(self, cue: Cue) -> bool:
        """Whether a label that only ever stands before a word or two is one all the same, in a text that has turns."""
        return cue.form == "inline" and cue.sure and cue.shape.kind in ("titled", "role") and not self._is_worn(cue.shape)

    def _settle(self, form: Form) -> set[str]:
        """The keys of one form that recurrence, titles and company confirm."""
        able = [cue for cue in self.candidates if cue.form == form and cue.sure and cue.speech]
        count = Counter(cue.key for cue in able)
        shapes = {cue.key: cue.shape for cue in able}
        firm = {key for key, shape in shapes.items() if self._is_firm(shape, count[key], form)}
        named = {key for key, shape in shapes.items() if shape.kind in ("name", "titled") and not self._is_worn(shape)}
        if len(firm | named) > 1 and (form == "inline" or firm):
            firm |= named
        known = {name for key in firm for name in shapes[key].names}
        firm |= {key for key, shape in shapes.items() if shape.kind == "word" and self._is_surname(shape, count[key], known)}
        unnamed = {key for key, shape in shapes.items() if shape.kind in ("role", "office")}
        if form == "inline" and (firm or len(unnamed) > 1):
            firm |= unnamed
        states = {key for key, shape in shapes.items() if shape.kind == "state" and count[key] > 1}
        if form == "inline" and len(states) > 1:
            firm |= states
        return firm | (self._lone_capitals(able, firm) if form == "inline" else set())

    def _is_firm(self, shape: Shape, count: int, form: Form) -> bool:
        if shape.kind == "titled":
            return (form == "inline" or count > 1) and not self._is_worn(shape)
        kinds = ("name", "role", "office") if form == "inline" else ("name", "role")
        return count > 1 and shape.kind in kinds and not self._is_worn(shape)

    def _is_worn(self, shape: Shape) -> bool:
        """Whether every word of the name is also a common word or a place of this text."""
        return bool(shape.names) and all(name in self.lower or name in self.lexicon.places for name in shape.names)

    def _is_surname(self, shape: Shape, count: int, known: set[str]) -> bool:
        return shape.names[-1] in known or (count > 1 and not self._is_worn(shape)) or (count > 2 and bool(known))

    def _lone_capitals(self, able: Iterable[Cue], firm: set[str]) -> set[str]:
        """Surnames in capitals that occur once, where every other label is in capitals too."""
        shouted = [in_capitals(cue.words) for cue in able if cue.key in firm]
        if len(shouted) < 3 or not all(shouted):
            return set()
        return {cue.key for cue in able if cue.shape.kind == "word" and in_capitals(cue.words) and not self._is_worn(cue.shape)}

    def _alike(self, cues: list[Cue]) -> list[Cue]:
        """The lines that are labels alone and look like most of them: recurrent ones, and others of the same look."""
        count = Counter(cue.key for cue in cues)
        usual = Counter(self._look(cue) for cue in cues if count[cue.key] > 1 or cue.shape.kind == "titled").most_common(1)
        return [cue for cue in cues if count[cue.key] > 1 or (usual and self._look(cue) == usual[0][0])]

    def _look(self, cue: Cue) -> tuple[bool, bool, bool]:
        following = self.lines[cue.line + 1 : cue.line + 2]
        return in_capitals(cue.words), self.lines[cue.line].gap, bool(following and following[0].gap)

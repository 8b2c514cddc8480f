"""Noun phrases that name consultations: "the third round of their Tidal Dialogue", "last week's summit", "the talks"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reaffirm.extract.meetings.occasions import CLAUSE, STOP, TOKEN, Hit, Occasion, acting, general, parties, states, subject
from reaffirm.furniture import wordset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reaffirm.extract.meetings.lines import Line
    from reaffirm.extract.meetings.occasions import Reader, Words
    from reaffirm.packs import MeetingWord

DETERMINERS = wordset("the a an this that these those their our its his her my your another any every each no such some one both")
DEFINITE = wordset("the this that these their our")
FRESH = wordset("a an another one") | {""}
CLOSED = wordset(
    "of in on at by to for from with into and or but as if so yet than then when while where who which that what how why not is are was "
    "were be been has have had do does did will would shall should can could may might must he she it they we i you there here "
    "during after before following since until between among amid under over through about against across towards upon within "
    "without hosting attending holding ahead also both only even today yesterday tomorrow held hold"
)
UNITS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth"
)
TENS = {tens: n * 10 for n, tens in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)}
ORDINALS = {word: n for n, word in enumerate(UNITS.split())} | {f"{tens[:-1]}ieth": n for tens, n in TENS.items()}
FIGURES = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
SPANNED = re.compile(r"\w+-(?:day|level|way|month|member|party|week|hour|nation|country|sided|track)")
NOT_COUNTED = re.compile(
    r"[^.;]{0,60}?\b(?:since|under|in (?:more than |over |nearly |almost |about )?(?:\w+ ){1,4}(?:years|months)|of (?:this|the) year"
    r"|ever)\b"
    r"|,? (?:for|as|by|with the new)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r" (?:19|20)\d\d\b")
BRACKET = re.compile(r" ?\(\"?[^()]{1,40}\)")
OF_FORUM = re.compile(r" (?:of|under|within) (?:the |their |our |its )?")
AGAIN = re.compile(r"(?: \(\"?[^()]{1,40}\))?(?: (?:meeting|talks|dialogue))?", re.IGNORECASE)
PROPER = re.compile(r"[A-Z][\w-]+'?(?:(?: (?:for|on|of|and))? [A-Z][\w-]+'?){0,6}")
ROUND = re.compile(r" of (?:[a-z-]+ ){0,2}(?:talks|negotiations|consultations)\b")
ADJECTIVE = re.compile(r"[a-z-]{3,}(?<!ing)(?<!s)")
JOINS = re.compile(r" (?:between|with|of|among|involving)\b")
WHO = re.compile(r" (?:foreign |defen[cs]e |and )*(?:ministers|leaders|officials|presidents|chiefs)(?: of foreign affairs and defen[cs]e)?")
TOPIC = re.compile(r" (?:on|over|about) (?:the |a |an )?[\w-]+(?: (?:of|for|on) (?:the )?[\w-]+){0,2}")
TOPICAL = re.compile(r" (?:on|over|about) [^,;.]{1,60}?(?= (?:will|was|were|is|are|has|have|had|to be|took)\b)")
OWN_PLACE = re.compile(r"(?: (?:in|on|at|for) (?:the )?[A-Z\d][\w.,]*(?: [A-Z\d][\w.,]*){0,3})+")
BESIDE = re.compile(r" (?:on|in|at|to|for) |\. |, (?:which|(?:the|a|an|his|her|their|its) (?=[a-z]))")
ADJECTIVES = 2  # words that the pack does not know between a determiner and a noun
TIMED = re.compile(r"(?:last|this|next) \w+'s |(?:yester|to)day's |\w+day's ", re.IGNORECASE)
LONG = 120  # code points looked at before a noun


def phrases(line: Line, hits: list[Hit], reader: Reader) -> Iterator[Occasion]:
    """The noun phrases of a sentence that name consultations, in order; `hits` are the forums named in it, best first."""
    done, taken = 0, list[tuple[int, int]]()
    for m in reader.words.nouns.finditer(line.text):
        if m.start() >= done:
            found = _phrase(line, *_head(line.text, m, reader.words), hits, reader)
            if found:
                done = found.end - line.start
                taken.append((found.start - line.start, done))
                yield found
    yield from _counted(line, reader.words)
    yield from _bodies(line, hits, taken, reader)


def _bodies(line: Line, hits: list[Hit], taken: list[tuple[int, int]], reader: Reader) -> Iterator[Occasion]:
    """Forums named without a noun of meeting, where a number, a year or a verb makes them occasions ("AUSMIN 2031", "the 13th Council")."""
    text = line.text
    for a, b, forum in hits:
        if general(forum) or any(x < b and a < y for x, y in taken):
            continue
        taken.append((a, b))
        start, determiner = _opening(text, a, reader.words)
        year = YEAR.match(text, b)
        end = year.end() if year else b
        status, verb, reach = _status(text, start, end, reader.words)
        number = edition(text, start, a, end)
        held = reach > end or (verb is not None and status is not None and determiner in {"the", ""})
        if (number or year or (held and status != "mentioned")) and not reader.words.first("institution", text[end : end + 24]):
            yield Occasion(
                line, line.start + start, line.start + end, line.start + reach, (a, b), "meeting", text[start:end], forum, status=status,
                edition=number, series=_series(text[start:a], reader.words), named=True, weak=True,
            )  # fmt: skip


def _counted(line: Line, known: Words) -> Iterator[Occasion]:
    """The occasions told by a number alone ("The sixth will take place in May"), with words of status behind."""
    for m in known.pattern("counted").finditer(line.text):
        n, (status, _, reach) = ordinal(m[1].casefold()), _status(line.text, *m.span(), known)
        if n and status and reach > m.end():
            low, high = line.start + m.start(), line.start + m.end()
            yield Occasion(
                line, low, high, line.start + reach, m.span(1), "meeting", m.group(),
                level="principals", status=status, sure=True, edition=n,
            )  # fmt: skip


def _head(text: str, m: re.Match[str], known: Words) -> tuple[int, int]:
    """The extent of the last noun of a chain that begins with a noun ("2+2 joint press conference")."""
    a, b = m.span()
    while more := known.nouns.search(text, b, b + 60):
        between = [t for t in TOKEN.findall(text[b : more.start()]) if t not in {")", '"', "'"}]
        if more.start() == b or not all(t.casefold() in known.modifiers or t == "and" for t in between):
            break
        a, b = more.span()
    return a, b


def _phrase(line: Line, a: int, b: int, hits: list[Hit], reader: Reader) -> Occasion | None:
    """The phrase whose noun stands at [a, b); None where it is no occasion: no words before it, a body, a text, talks in general."""
    text, known = line.text, reader.words
    start, determiner = _opening(text, a, known)
    own = next((h for h in hits if h[0] < b and start < h[1]), None)
    if own:
        start, determiner = (start, determiner) if start <= own[0] or determiner else _opening(text, own[0], known)
        b = max(b, own[1])
    end, inner, proper = _closing(line, b, hits, reader)
    noun = known.kinds[text[a:b].casefold()] if text[a:b].casefold() in known.kinds else _noun(text, a, known)
    alone = start == a and not own and end == b and not (line.kind == "title" and noun.value == "press conference")
    if alone or known.first("institution", text[end : end + 24]) or _unreal(text[start:end], known):
        return None
    found = _read(line, (start, a, b, end), _best(own, inner), hits, reader)
    definite = determiner in DEFINITE and found.bare and not proper
    fresh = determiner in FRESH and not TIMED.match(found.words)
    return replace(found, kind=noun.value, weak=noun.weak, bare=definite, fresh=fresh, named=found.named or proper)


def _noun(text: str, a: int, known: Words) -> MeetingWord:
    found = known.nouns.search(text, a)
    return known.kinds[found.group().casefold() if found else "meeting"]


def _read(line: Line, extent: tuple[int, int, int, int], hit: Hit | None, hits: list[Hit], reader: Reader) -> Occasion:
    """The occasion that a noun phrase is, with what the words before and behind it prove; `bare` where they name nothing."""
    (start, a, b, end), text, known = extent, line.text, reader.words
    status, verb, reach = _status(text, start, end, known)
    sure = reach > end or (verb is not None and status is not None)
    own = states(reader.within(line, start, end))
    level = None
    if verb is not None and len(own) < 2:
        begin = subject(text, verb)
        named, level = parties(line, begin, verb, reader)
        own = states(list(named))[-1:] if status == "mentioned" else tuple({*own, *states(list(named))})
        hit = hit if hit and not general(hit[2]) else acting(hits, text, begin, verb) or hit
    if status == "mentioned" and (topic := TOPIC.match(text, end)):
        end = topic.end()
    named_so = _has_name(line, start, a, reader)
    number = None if text[a:b].casefold().startswith(("day", "hour", "week")) else edition(text, start, a, end)
    empty = hit is None and not named_so and number is None and len(own) < 2 and end == b and status != "mentioned"
    return Occasion(
        line, line.start + start, line.start + end, line.start + max(end, reach), (a, b), "", text[start:end], hit[2] if hit else None,
        tuple(sorted(set(own))), level=level, status=status, sure=sure, edition=number, series=_series(text[start:b], known),
        bare=empty, named=named_so,
        title=known.first("output", text[max(0, start - 60) : start]) is not None,
    )  # fmt: skip


def _best(one: Hit | None, other: Hit | None) -> Hit | None:
    if one and other:
        return other if general(one[2]) and not general(other[2]) else one
    return one or other


def _opening(text: str, head: int, known: Words) -> tuple[int, str]:
    """Where a noun phrase with that head begins, and its determiner (empty where it has none)."""
    at, pending, unknown = head, head, 0
    for m in reversed(list(TOKEN.finditer(text, max(0, head - LONG), head))):
        word = m.group().casefold()
        if word == "that" and text[head : head + LONG].split(" ", 1)[0].endswith("s"):
            return at, ""  # "agreed that consultations continue"
        if word in DETERMINERS:
            return (m.start(), word) if text[m.end() : pending].isspace() else (at, "")
        if word in {"(", ")", '"', "'", "and", "&"} or (word == "," and pending == at and at != head):
            pending = m.start()
            continue
        if not _modifies(m.group(), known):
            unknown += 1
            if unknown > ADJECTIVES or word in CLOSED or not ADJECTIVE.fullmatch(m.group()):
                break
            pending = m.start()
            continue
        at = pending = m.start() if not unknown else at
        pending = m.start()
    return at, ""


def _modifies(token: str, known: Words) -> bool:
    low = token.casefold()
    if low in CLOSED:
        return False
    named = token[0].isupper() or token[0].isdigit() or low in known.modifiers or ordinal(low) is not None
    return named or low.endswith(("'s", "s'")) or SPANNED.fullmatch(low) is not None


def _closing(line: Line, end: int, hits: list[Hit], reader: Reader) -> tuple[int, Hit | None, bool]:
    """Where a noun phrase ends (behind its bracket, its body, its parties), the forum found there, and whether it is another body."""
    text, found, named = line.text, None, False
    if m := BRACKET.match(text, end):
        end = m.end()
    if m := ROUND.match(text, end):
        end = m.end()
    if m := OF_FORUM.match(text, end):
        found = next((h for h in hits if m.end() <= h[0] <= m.end() + 40 and not CLAUSE.search(text, m.end(), h[0])), None)
        proper = PROPER.match(text, m.end())
        if found and (again := AGAIN.match(text, found[1])):
            end = again.end()
        elif proper and not any(x.surface.end - line.start == proper.end() for x in reader.within(line, m.end(), proper.end())):
            end, named = proper.end(), " " in proper.group()
    return max(end, _joined(line, end, reader)), found, named


def _joined(line: Line, end: int, reader: Reader) -> int:
    """Where the parties end that "between" or "with" joins to a noun; 0 where none is joined."""
    text = line.text
    m = JOINS.match(text, end)
    if m is None:
        return 0
    limit = next((s.start() for s in STOP.finditer(text, m.end())), len(text))
    beside = BESIDE.search(text, m.end(), limit)
    limit = min(limit, m.end() + LONG, beside.start() if beside else limit)
    named = reader.within(line, m.end(), limit)
    last = max((p.surface.end for p in named), default=line.start) - line.start
    more = WHO.match(text, last) if named else None
    return more.end() if more else last


def _unreal(phrase: str, known: Words) -> bool:
    return any(w.value == "phrase" and w.pattern and w.pattern.search(phrase) for w in known.roles.get("unreal", ()))


def _has_name(line: Line, start: int, head: int, reader: Reader) -> bool:
    """Whether the words before a noun hold a name of its own ("the Lume talks"), not only the names of its parties."""
    text = line.text[start:head]
    for m in reader.within(line, start, head):
        a, b = m.surface.start - line.start - start, m.surface.end - line.start - start
        text = text[:a] + " " * (b - a) + text[b:]
    known = DETERMINERS | reader.words.modifiers
    loud = [t.casefold() for t in TOKEN.findall(text) if t[0].isupper() and ordinal(t.casefold()) is None]
    if line.text[head].isupper() and _noun(line.text, head, reader.words).weak and line.kind != "title":
        return any(t not in DETERMINERS for t in loud)  # "Economic Dialogue"
    return any(t not in known for t in loud)


def edition(text: str, start: int, head: int, end: int) -> int | None:
    """The number of a meeting in its series, by an ordinal before its noun; "the first since ..." is no number."""
    for m in TOKEN.finditer(text, start, head):
        n = ordinal(m.group().casefold())
        if n is not None and not (n == 1 and NOT_COUNTED.match(text, end)):
            return n
    return None


def ordinal(word: str) -> int | None:
    """The number of an ordinal in words or figures ("third", "53rd", "fifty-third"); None for any other word."""
    if m := FIGURES.fullmatch(word):
        return int(m[1])
    tens, _, ones = word.partition("-")
    if tens in TENS and 0 < ORDINALS.get(ones, 0) < 10:
        return TENS[tens] + ORDINALS[ones]
    return ORDINALS.get(word)


def _series(phrase: str, known: Words) -> str | None:
    return next((role for role in ("next", "previous") if known.first(role, phrase)), None)


def _status(text: str, start: int, end: int, known: Words) -> tuple[str | None, int | None, int]:
    """The status that the words around a phrase prove, where the verb before it begins (None: none there), and where the words end."""
    low = max(0, start - 90)
    fore = [(e, m) for e in known.roles.get("before", ()) if e.pattern and (m := e.pattern.search(text[low:start]))]
    said = next(((e, m) for e, m in fore if e.value), None)
    first = next(((e, m) for e, m in fore if not e.weak), None)
    verb = low + first[1].start() if first else None
    if said and said[0].weak and said[1].group().strip().casefold().endswith((" was", " is", " were", " marked", " marks")):
        return said[0].value, verb, end
    places = {end, *(m.end() for beside in (OWN_PLACE, TOPICAL) if (m := beside.match(text, end)))}
    for entry in known.roles.get("behind", ()):
        for at in sorted(places):
            if entry.pattern and (m := entry.pattern.search(text[at : at + 90])):
                return entry.value, verb, at + m.end()
    return (said[0].value if said else None), verb, end

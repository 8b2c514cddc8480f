"""Strings that would act if a page did not show them as words, records filled with them, and the check that none of them acted."""

from __future__ import annotations

import re
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from lxml import html as parser

from reaffirm.web import guard
from reaffirm.web.schema import hints

if TYPE_CHECKING:
    import httpx2

ROOT = Path(__file__).resolve().parents[2]
SCRIPT, IMAGE = "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'
PAYLOADS = (
    SCRIPT, IMAGE, "'><svg onload=alert(1)>", "{{1337*1337}}", "{% include 'base.html' %}", "${1337*1337}", "#{1337*1337}",
    "javascript:alert(1)//", "\r\nX-Evil: 1\r\n\r\n<b onx=1>", "\u202eevil\u2066", "</textarea></title></style><xss onx=1>",
    "' onmouseover='alert(1)", "__import__('os').getcwd()", "%0d%0aX-Evil:%201", "..\\..\\etc", "\u2028alert(1)",
)  # fmt: skip
WHOLE = "".join(PAYLOADS)
ELEMENTS = frozenset({"img", "iframe", "object", "embed", "base", "style", "xss", "b-evil", "frame", "applet", "math", "video", "audio"})
TALK = re.compile(r"Traceback|site-packages|\.py\b(?!thon)|ZeroDivision|sqlite3\.|jinja2|starlette", re.IGNORECASE)
SHEETS = re.compile(r"/static/[\w.-]+\?v=[0-9a-f]+")
LEADS = ("href", "src", "action", "formaction", "hx-get", "hx-post", "data", "poster", "xlink:href")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
URL = re.compile(r"(/(?!/)|#|\?|https?://)")


def poisoned(record: Any, before: str = "") -> Any:  # noqa: ANN401 - any record
    """A record with the payloads behind (or `before`) every free string in it; closed lists, numbers and days stay."""
    if isinstance(record, str):
        return record if DAY.fullmatch(record) else before + record + WHOLE  # days are checked before they come into a ledger
    if isinstance(record, list | tuple):
        return type(record)(poisoned(item, before) for item in record)
    if isinstance(record, dict):
        return {key: poisoned(item, before) for key, item in record.items()}
    if is_dataclass(record) and not isinstance(record, type):
        kinds = hints(type(record))
        free = [f.name for f in fields(record) if f.init and not _is_closed(kinds[f.name])]
        own = {"url"} if type(record).__module__.startswith("reaffirm.web") else set()  # addresses that the program itself wrote
        return replace(record, **{name: poisoned(getattr(record, name), "" if name in own else before) for name in free})
    return record


def _is_closed(hint: object) -> bool:
    return get_origin(hint) is Literal or any(_is_closed(part) for part in get_args(hint))


def faults(answer: httpx2.Response, *secrets: Path) -> list[str]:
    """What is wrong with an answer: markup or addresses made by a payload, a template filled, places of this machine, headers."""
    text = answer.text
    found = [f"header {name}" for name, value in guard.HEADERS.items() if answer.headers.get(name) != value]
    found += ["a header of a payload"] if "x-evil" in answer.headers else []
    found += ["a template was filled"] if str(1337 * 1337) in text else []
    found += [f"it names {place}" for place in (*secrets, ROOT, Path(sys.prefix)) if str(place) in text]
    found += [f"it tells {told[0]}" for told in TALK.finditer(text.replace("__import__('os')", ""))]
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if kind == "text/html" and answer.status_code != 304:
        found += _markup(text)
    elif text and kind not in {"application/json", "text/plain"} and "attachment" not in answer.headers.get("content-disposition", ""):
        found += [f"it is {kind} and shown"]
    return found


def _markup(text: str) -> list[str]:
    """What of a page was made by a payload."""
    found = []
    for element in parser.document_fromstring(text).iter():
        if not isinstance(element.tag, str):
            found.append(f"a comment: {str(element)[:80]}")
            continue
        tag = element.tag.lower()
        if tag in ELEMENTS or (tag == "script" and ((element.text or "").strip() or not SHEETS.fullmatch(element.get("src", "")))):
            found.append(f"an element: {parser.tostring(element)[:120]!r}")
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style" or not re.fullmatch(r"[a-z][a-z0-9-]*(:href)?", name):
                found.append(f"an attribute: {name}={value[:80]}")
            if name in LEADS and not URL.match(value):
                found.append(f"an address: {name}={value[:80]}")
    return found

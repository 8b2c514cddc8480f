"""Who may do what: the one place that says which role a route of the server and a verb of the command line need.

A role may do all that the roles before it may. A route without an entry is refused to everybody, and a test walks the whole table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Literal["reader", "coder", "curator"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may what those before it may
Needed = Role | Literal["anyone"]
MEANING: dict[Role, str] = {
    "reader": "reads everything",
    "coder": "judges rows as well",
    "curator": "adds documents, settles disagreements, dates documents, joins meetings and undoes what others decided as well",
}
ANYONE: Needed = "anyone"
READER, CODER, CURATOR = ROLES

# Routes by method and path, as they are declared; a page's JSON needs what the page needs.
ROUTES: dict[str, Needed] = {
    "GET /login": ANYONE,
    "POST /login": ANYONE,
    "POST /logout": ANYONE,
    "POST /look": ANYONE,
    "GET /": READER,
    "GET /about": READER,
    "GET /accuracy": READER,
    "GET /actor/{name:path}": READER,
    "GET /actors": READER,
    "GET /agreement": READER,
    "GET /audit/{document}": READER,
    "GET /chain": READER,
    "GET /chain/file": READER,
    "GET /commitments": READER,
    "GET /commitments.ics": READER,
    "GET /d/{document}": READER,
    "GET /d/{document}/layout": READER,
    "GET /d/{document}/original": READER,
    "GET /demands": READER,
    "GET /documents": READER,
    "GET /issue/{issue:path}": READER,
    "GET /issues": READER,
    "GET /matrix/actors": READER,
    "GET /matrix/documents": READER,
    "GET /meeting/{meeting}": READER,
    "GET /meetings": READER,
    "GET /new/{document}": READER,
    "GET /openapi.json": READER,
    "GET /problems": READER,
    "GET /redline": READER,
    "GET /redline/file": READER,
    "GET /review": READER,
    "GET /row/{row}": READER,
    "GET /said": READER,
    "GET /search": READER,
    "GET /thread/{row}": READER,
    "GET /threads": READER,
    "POST /review/who": CODER,
    "POST /review/judge": CODER,
    "POST /review/comment": CODER,
    "POST /review/add": CODER,
    "POST /review/undo": CODER,
    "POST /review/redo": CODER,
    "POST /review/carry": CODER,
    "POST /review/join": CURATOR,
    "GET /ingest": CURATOR,
    "POST /ingest": CURATOR,
    "GET /ingest/{batch}": CURATOR,
}

# Verbs by name; what a group of verbs needs stands under the group's.
VERBS: dict[str, Needed] = {
    **dict.fromkeys(
        (
            "accuracy", "agreement", "audit", "brief", "commitments", "copies", "demands", "doctor", "documents", "explain", "export",
            "history", "meetings", "new", "office", "problems", "queue", "redline", "said", "score", "search", "status", "threads",
            "verify",
        ),
        READER,
    ),
    **dict.fromkeys(("accept", "add-row", "carry", "comment", "correct", "corrections", "redo", "reject", "undo", "unsure"), CODER),
    **dict.fromkeys(
        (
            "account", "add", "adjudicate", "backup", "blind", "date", "demo", "meeting", "other-actor", "restore", "same-actor", "serve",
            "thread", "token", "upgrade",
        ),
        CURATOR,
    ),
}  # fmt: skip
# Verbs that also record something, but only with one of these options; without them they ask.
RECORDING = {
    "meeting": ("join", "apart"), "thread": ("join", "apart", "confirm_silence", "deny_silence"), "adjudicate": ("row",),
}  # fmt: skip
UNBLINDED = frozenset({"verify"})  # looks at hashes, and tells no decision
# Options that need more than their verb.
OPTIONS: dict[str, Needed] = {"undo --anyone": CURATOR}


def asks(name: str, given: Mapping[str, object]) -> bool:
    """Whether a verb, with what it is given, only asks, so that who is named sees just what a coder may see (`store.blinding`)."""
    needed = RECORDING.get(name)
    if needed is not None:
        return not any(given.get(option) for option in needed)
    return verb(name) == READER and name not in UNBLINDED


def may(role: str | None, needed: Needed | None) -> bool:
    """Whether a role (None: nobody who is known) is enough; nothing is where no entry says what is needed."""
    if needed == ANYONE:
        return True
    return role in ROLES and needed in ROLES and ROLES.index(role) >= ROLES.index(needed)


def route(method: str, path: str) -> Needed | None:
    """What a route needs; None where no entry says so."""
    page = "/" if path == "/index.json" else path.removesuffix(".json")
    name = "GET" if method == "HEAD" else method
    return ROUTES.get(f"{name} {path}") or ROUTES.get(f"{name} {page}")


def verb(name: str) -> Needed | None:
    """What a verb, named with its group (`export csv`) or an option (`undo --anyone`), needs; None where no entry says so."""
    return OPTIONS.get(name) or VERBS.get(name) or VERBS.get(name.partition(" ")[0])

"""What all verbs of the command line share: the program, its options, its errors, and how an answer is printed."""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar, cast

import typer
from rich.console import Console

from reaffirm.cli.access import CODER, Verbs
from reaffirm.errors import LedgerError, ReaffirmError, UsageError
from reaffirm.show.lines import clean
from reaffirm.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from reaffirm.ledger import Ledger

CODES = """Exit codes: 0 done; 1 done, but something was found wrong (a file failed, verify found damage); 2 wrong arguments;
3 the ledger is missing, damaged, newer than this program or in use, or the disk is full; 4 a data pack is wrong; 5 a defect of
Reaffirm (REAFFIRM_TRACEBACK=1 shows where); 130 stopped with Ctrl-C. With --json, errors are JSON objects as well."""
STOPPED = 130
app = typer.Typer(
    cls=Verbs, help=f"Reaffirm keeps a proven ledger of what governments said, read from their documents.\n\n{CODES}",
    no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
)  # fmt: skip
export_app = typer.Typer(cls=Verbs, help="Write the ledger in an outside format.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(export_app, name="export")
account_app = typer.Typer(cls=Verbs, help="Keep the accounts of a shared ledger.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(account_app, name="account")
token_app = typer.Typer(cls=Verbs, help="Keep the tokens of programs.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(token_app, name="token")

LedgerPath = Annotated[Path, typer.Option("--ledger", "-l", envvar="REAFFIRM_LEDGER", help="The ledger file.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
PackFolders = Annotated[
    list[Path] | None,
    typer.Option("--packs", envvar="REAFFIRM_PACKS", help="A folder of data packs laid over the shipped ones; may be repeated."),
]
Table = Annotated[
    Path | None,
    typer.Option("--metadata", help="CSV: file, and any of published (EDTF), publisher, title, author, genre, url, language."),
]
RowId = Annotated[str, typer.Argument(help="A row id or its beginning.")]
Who = Annotated[str | None, typer.Option("--who", envvar="REAFFIRM_USER", help="Who decides; default: the user of this machine.")]
Day = Annotated[str | None, typer.Option(help="2021, 2021-03 or 2021-03-16.")]
LEDGER = Path("reaffirm.db")
T = TypeVar("T")


def main() -> NoReturn:
    """Nothing: runs the command line and ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter shows its number
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        code = 0
    except OSError as error:
        code = _failed(error)
    if code == STOPPED:
        complain("stopped; what was read so far is kept, and the same command goes on from there", STOPPED)
    _leave(code)


def _run() -> int:
    try:
        return int(app(standalone_mode=False) or 0)
    except SystemExit:  # typer's answer to a reader that has gone away (`reaffirm said | head`)
        return 0
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last resort: a sentence and an exit code, no traceback
        return _failed(error)


def _leave(code: int) -> NoReturn:
    """Nothing: ends the process; output that nobody takes any more is no error."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _failed(error: Exception) -> int:
    """The exit code of an error, which is told in one sentence on the standard error output."""
    if os.environ.get("REAFFIRM_TRACEBACK"):
        traceback.print_exception(error)
    if isinstance(error, ReaffirmError):
        return complain(str(error), error.exit_code)
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return complain(f"{place}{error.strerror or error}; check the path, its permissions and the disk", LedgerError.exit_code)
    if hasattr(error, "format_message") and hasattr(error, "show"):  # typer's errors, which have no public base class
        if "--json" in sys.argv:
            return complain(error.format_message(), UsageError.exit_code)
        error.show()
        return UsageError.exit_code
    return complain(f"a defect of Reaffirm, please report it: {type(error).__name__}: {error}", 5)


def complain(message: str, code: int) -> int:
    """The exit code; the message goes to the standard error output."""
    text = _json({"error": message, "exit_code": code}, sys.stderr.encoding) if "--json" in sys.argv else f"reaffirm: {clean(message)}"
    sys.stderr.write(text + "\n")
    return code


def _json(value: object, encoding: str | None) -> str:
    return json.dumps(plain(value), ensure_ascii=not (encoding or "").lower().startswith("utf"), indent=1)


def plain(value: object) -> object:
    """The value as JSON can hold it: dataclasses as objects, tuples as lists, paths as strings."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def console(*, stderr: bool = False) -> Console:
    """A console that prints text as it is; NO_COLOR means no codes of any kind."""
    colours = None if os.environ.get("NO_COLOR") else "auto"
    return Console(stderr=stderr, soft_wrap=True, highlight=False, markup=False, emoji=False, color_system=cast("None", colours))


def open_book(path: Path, *, create: bool = False, packs: list[Path] | None = None) -> Ledger:
    """The ledger at a path, open; `create` makes one where there is none."""
    from reaffirm.ledger import Ledger  # noqa: PLC0415 - `--help` must not load all that a ledger needs

    return Ledger(path, create=create, packs=packs or (), coder=CODER.get())


def show_found(value: T, as_json: bool, text: Callable[[Console, T], None]) -> None:
    """Nothing: prints what was found, as JSON or as `text` lays it out."""
    if as_json:
        sys.stdout.write(_json(value, sys.stdout.encoding) + "\n")
    else:
        text(console(), value)


def ask(path: Path, question: Callable[[Ledger], T], as_json: bool, text: Callable[[Console, T], None]) -> T:
    """The ledger's answer, printed."""
    with open_book(path) as book:
        found = question(book)
    show_found(found, as_json, text)
    return found


def epilog(example: str, one: str = "") -> str:
    """What the help of a verb ends with: an example and the exit codes; `one` says what code 1 means."""
    wrong = f"1 {one}, " if one else ""
    return f"Example: {example}\n\nExit codes: 0 done, {wrong}2 wrong arguments, 3 the ledger cannot be used; all: reaffirm --help"


def _version(value: bool) -> None:
    if value:
        sys.stdout.write(f"reaffirm {VERSION}\n")
        raise typer.Exit


@app.callback()
def version(_show: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False) -> None:
    """Nothing: options before the verb."""

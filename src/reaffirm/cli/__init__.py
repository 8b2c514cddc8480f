"""The command line: parse, call the ledger, print. Exit codes: `reaffirm --help`."""

from reaffirm.cli import reading, asking, comparing, serving, judging, keeping, exporting  # noqa: F401, I001 - their order is that of the help
from reaffirm.cli.frame import CODES, app, export_app, main

__all__ = ["CODES", "app", "export_app", "main"]

"""The command line: parse, call the ledger, print. Exit codes: `reaffirm --help`."""

from reaffirm.cli import reading, asking, comparing, serving, judging, correcting, agreeing, keeping, exporting, accounts  # noqa: F401, I001 - their order is that of the help
from reaffirm.cli.frame import CODES, account_app, app, export_app, main, token_app

__all__ = ["CODES", "account_app", "app", "export_app", "main", "token_app"]

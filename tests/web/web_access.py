"""What tests in a browser share: the browser, the rules of accessibility, and where pictures go."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WANTED = "no Chromium is installed (Debian: apt-get install chromium)"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ARTEFACTS = Path(__file__).parents[2] / "build" / "web"


def plain(path: str) -> str:
    """A name for a file from an address."""
    return re.sub(r"\W+", "-", path).strip("-")[:60] or "start"

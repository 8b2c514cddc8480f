"""The pages, one module a noun; every module here is loaded, and its questions are declared with `@page`.

What is no page (a file to take away, a form that was sent) is a route of `OTHERS`. A path to which files may be sent stands in
`UPLOADS` with the number of bytes allowed.
"""

from __future__ import annotations

from fastapi import APIRouter

OTHERS = APIRouter(include_in_schema=False)
UPLOADS: dict[str, int] = {}

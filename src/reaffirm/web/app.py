"""The application: guard, pages, files, errors, and the description of the API, joined."""

from __future__ import annotations

import inspect
import pkgutil
from contextlib import asynccontextmanager
from importlib import import_module, resources
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args

from fastapi import Depends, FastAPI, Response
from fastapi.openapi.utils import get_openapi
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.staticfiles import StaticFiles

from reaffirm.accounts import Accounts
from reaffirm.version import VERSION
from reaffirm.web import answering, door, failures, guard, pages
from reaffirm.web.ingests import Ingests
from reaffirm.web.page import PAGES, Elsewhere
from reaffirm.web.schema import Schemas

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from reaffirm.web.page import Page

ABOUT_API = "Every page of Reaffirm as JSON: the address of a page and `.json`. Lists take `page` and `per`; every answer has an ETag."


def application(
    ledger: str | Path, packs: Iterable[str | Path] = (), names: Iterable[str] = (), *, ingest: bool = True, accounts: bool = False
) -> FastAPI:
    """The web application of a ledger; `packs` are folders laid over the shipped ones, `names` the host names it answers to.

    IP addresses and `localhost` are always answered. `ingest` says whether documents may be sent to be read, `accounts` whether who
    comes must sign in.
    """
    path, folders = Path(ledger), tuple(Path(folder).resolve() for folder in packs)
    desk = answering.Desk(path, folders, Ingests(path, folders, allowed=ingest), Accounts(path) if accounts else None)
    app = FastAPI(title="Reaffirm", version=VERSION, description=ABOUT_API, docs_url=None, redoc_url=None, openapi_url=None,
                  dependencies=[Depends(door.insist), Depends(guard.insist_own_form)], lifespan=_life)  # fmt: skip
    app.state.desk, app.state.throttle = desk, door.Throttle()
    app.add_middleware(guard.Guard, names=tuple(names), uploads=pages.UPLOADS, broken=failures.defect)
    app.mount("/static", StaticFiles(directory=str(resources.files("reaffirm.web").joinpath("static"))), name="static")
    _declared()
    schemas = Schemas()
    for page in PAGES:  # JSON first: a path's last part may hold a stop
        app.add_api_route(page.as_json, answering.endpoint(page, desk, as_json=True), response_class=Response,
                          responses=_described(page, schemas), summary=page.title, tags=["ledger"])  # fmt: skip
    for page in PAGES:
        app.add_api_route(page.path, answering.endpoint(page, desk, as_json=False), include_in_schema=False)
    app.include_router(pages.OTHERS)
    failures.register(app)
    _describe(app, schemas)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    """The time in which the server answers: what an earlier one had not read is read, and the end comes between two files."""
    ingests = app.state.desk.ingests
    await run_in_threadpool(ingests.resume)
    yield
    await run_in_threadpool(ingests.stop)


def _declared() -> None:
    """Nothing; loads every module of `pages`, which declares its pages as it is loaded."""
    for module in sorted(pkgutil.iter_modules(pages.__path__), key=lambda m: m.name):
        import_module(f"{pages.__name__}.{module.name}")


def _described(page: Page, schemas: Schemas) -> dict[int | str, dict[str, Any]]:
    """What a page may answer as JSON."""
    told = inspect.signature(page.question, eval_str=True).return_annotation
    record = next(kind for kind in (get_args(told) if isinstance(told, UnionType) else [told]) if kind is not Elsewhere)
    failure = {"application/json": {"schema": schemas.of(failures.Failure)}}
    words = {404: "There is no such row or document", 422: "A parameter is not what belongs there", 503: "The ledger is being written"}
    return {
        200: {"description": page.title, "content": {"application/json": {"schema": schemas.of(record)}}},
        304: {"description": "Not changed since the tag that was given"},
        **{status: {"description": text, "content": failure} for status, text in words.items()},
    }


def _describe(app: FastAPI, schemas: Schemas) -> None:
    """Nothing; the description of the API has the schemas of the records."""
    whole = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    whole.setdefault("components", {})["schemas"] = schemas.named
    described = JSONResponse(whole)
    app.add_api_route("/openapi.json", lambda: described, include_in_schema=False)

"""Made-up requests to every operation of the API, drawn from its own description: no server error, and every answer as described."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks

from reaffirm.web.app import application

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench"))

import web_walk

if TYPE_CHECKING:
    from starlette.testclient import TestClient

pytest_plugins = ["samples", "web_client"]
EXAMPLES = 25  # of each operation and mode
SEED = 20261122
HOST = "testserver"  # the name by which schemathesis asks
CHECKS = [not_a_server_error, checks.status_code_conformance, checks.content_type_conformance, checks.response_schema_conformance]
OPERATIONS = 5  # fewest that the description must hold


@pytest.fixture(scope="module")
def described(sample: Path, pack: Path) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", application(sample, [pack], names=[HOST]))


@pytest.fixture(scope="module")
def real(client: TestClient) -> dict[str, list[str]]:
    """Real addresses of every route."""

    def ask(address: str) -> tuple[int, str]:
        found = client.get(address)
        return found.status_code, found.text if "html" in found.headers.get("content-type", "") else ""

    return web_walk.addresses(web_walk.routes(client.app), ask)  # type: ignore[arg-type] # a FastAPI


def operations(described: schemathesis.BaseSchema) -> list[Any]:
    """All operations of the API."""
    return [found.ok() for found in described.get_all_operations() if isinstance(found, Ok)]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_request_is_a_server_error(described: schemathesis.BaseSchema, mode: GenerationMode) -> None:
    asked = 0
    for operation in operations(described):
        if mode == GenerationMode.NEGATIVE and not operation.definition.raw.get("parameters"):
            continue  # nothing can be said wrongly

        @seed(SEED)
        @settings(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case[Any]) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(checks=CHECKS)

        ask()
    assert asked > OPERATIONS * EXAMPLES / 2


def test_real_answers_are_as_described(client: TestClient, described: schemathesis.BaseSchema, real: dict[str, list[str]]) -> None:
    known, seen = {operation.path: operation for operation in operations(described)}, 0
    for path, found in real.items():
        for address in found if web_walk.as_json(path) in known else ():
            answer = client.get(web_walk.as_json(address), follow_redirects=False)
            if answer.status_code == 200:
                known[web_walk.as_json(path)].validate_response(answer)
                seen += 1
    assert seen > OPERATIONS

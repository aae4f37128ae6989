from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from openapi_spec_validator import validate

PROBLEM = "application/problem+json"


def _operations(app: FastAPI) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_the_description_is_valid_openapi(app: FastAPI) -> None:
    validate(app.openapi())


def test_every_operation_says_what_it_does_and_how_it_refuses(app: FastAPI) -> None:
    for name, operation in _operations(app):
        assert operation["summary"], name
        assert operation["description"].endswith("."), name
        assert operation["tags"], name
        problems = [kind for kind in operation["responses"] if kind.startswith("4")]
        assert problems, name
        for kind in problems:
            assert PROBLEM in operation["responses"][kind]["content"], name


def test_no_two_operations_share_a_name(app: FastAPI) -> None:
    names = [operation["operationId"] for _, operation in _operations(app)]
    assert len(names) == len(set(names))


def test_a_change_asks_for_the_version_it_changes(app: FastAPI) -> None:
    asking = {
        name
        for name, operation in _operations(app)
        if any(
            parameter["name"].lower() == "if-match"
            for parameter in operation.get("parameters", ())
        )
    }
    assert asking == {
        "put /v1/items/{item_id}",
        "post /v1/items/{item_id}/submission",
        "post /v1/items/{item_id}/reviews",
        "post /v1/items/{item_id}/revisions/{number}/restoration",
        "post /v1/obligations/{obligation_id}/answer",
        "put /v1/workdays/{year}",
        "put /v1/organizations/{code}/index-pattern",
        "post /v1/scheduled-releases/{schedule_id}/cancellation",
        "post /v1/scheduled-releases/{schedule_id}/rescheduling",
    }

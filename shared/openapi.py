"""What the document of every API says beside what is derived from its routes."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI

PROBLEM = "application/problem+json"
PROBLEM_SCHEMA = "#/components/schemas/ProblemDocument"
HELD = str(HTTPStatus.NOT_MODIFIED.value)
CONDITIONS = [
    {"name": name, "in": "header", "description": told, "schema": {"type": "string"}}
    for name, told in (
        ("If-None-Match", "ETags of answers already held."),
        ("If-Modified-Since", "When it was last asked, if there is no ETag."),
    )
]


class Application(FastAPI):
    """An application whose OpenAPI tells how it refuses, and how to ask for what one holds."""

    def openapi(self) -> dict[str, Any]:
        """Return the document, with refusals in the one media type they come in."""
        document = super().openapi()
        operations = (each for path in document["paths"].values() for each in path.values())
        for operation in operations:
            if HELD in operation["responses"]:
                told = operation.setdefault("parameters", [])
                named = {parameter["name"] for parameter in told}
                told += [each for each in CONDITIONS if each["name"] not in named]
            operation["responses"]["4XX"]["content"] = {
                PROBLEM: {"schema": {"$ref": PROBLEM_SCHEMA}}
            }
        return document

"""The documents others build against, written from the code: GraphQL schema and OpenAPI."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from fastapi import FastAPI

from gateway.schema import build
from services.audit import app as audit
from services.content import app as content
from services.interaction import app as interaction
from shared.http import create_app

SERVICES = {"content": content, "interaction": interaction, "audit": audit}


@asynccontextmanager
async def _nothing(_: FastAPI) -> AsyncIterator[None]:
    yield


async def _ready() -> None:
    """Stand on nothing: documents are written without a database."""


def documents() -> Mapping[str, str]:
    """Return every document by its place in the repository."""
    written = {"gateway/schema.graphql": build().as_str() + "\n"}
    for name, service in SERVICES.items():
        app = create_app(
            service.TITLE,
            description=service.DESCRIPTION,
            routers=service.ROUTERS,
            lifespan=_nothing,
            ready=_ready,
        )
        described = json.dumps(app.openapi(), ensure_ascii=False, indent=1)
        written[f"docs/openapi/{name}.json"] = described + "\n"
    return written

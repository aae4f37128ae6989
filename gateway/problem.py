"""Refusals as data: what a service would not do, and why."""

from collections.abc import Awaitable
from http import HTTPStatus
from typing import Any, TypeVar

import strawberry
from graphql import GraphQLError
from strawberry.pydantic import InputValidationError
from strawberry.types.field import StrawberryField

from shared.contracts.problem import FaultView
from shared.faults import ADVICE, OTHERWISE
from shared.problem import Fault, Invalid
from shared.problem import Problem as Raised
from shared.upstream import Refusal

T = TypeVar("T")

FAULT = "INTERNAL_SERVER_ERROR"
CODES: dict[int, str] = {
    HTTPStatus.UNPROCESSABLE_ENTITY: "BAD_USER_INPUT",
    HTTPStatus.UNAUTHORIZED: "UNAUTHENTICATED",
    HTTPStatus.FORBIDDEN: "FORBIDDEN",
    HTTPStatus.NOT_FOUND: "NOT_FOUND",
    HTTPStatus.TOO_MANY_REQUESTS: "TOO_MANY_REQUESTS",
}
"""What clients of other GraphQL servers already know refusals by."""

strawberry.pydantic.type(FaultView, name="Fault", description=FaultView.__doc__)


@strawberry.type(description="Why a request was refused (RFC 9457).")
class Problem:
    """Why a request was refused, as GraphQL shows it."""

    type: str
    title: str = strawberry.field(description="For the developer, in English.")
    status: int
    detail: str = strawberry.field(description="For the person reading, in Chinese.")
    faults: list[FaultView]
    version_found: int | None = strawberry.field(
        description="The version found, if another was named."
    )


class RefusalHandler(strawberry.ExceptionHandler[Raised, Problem]):
    """Turns a service's refusal into data wherever a field may return a problem."""

    def handle(
        self, exception: Raised, *, field: StrawberryField, info: strawberry.Info
    ) -> Problem | None:
        """Return the problem, unless the fault is ours: that stays an error."""
        del field, info
        if exception.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return None
        return shown(exception.document())


class InvalidInputHandler(strawberry.ExceptionHandler[InputValidationError, Problem]):
    """Turns an input's faults into data, all of them, with advice in Chinese."""

    def handle(
        self, exception: InputValidationError, *, field: StrawberryField, info: strawberry.Info
    ) -> Problem:
        """Return every fault with its place in the input."""
        del field, info
        return shown(invalid(exception).document())


async def find(answer: Awaitable[T]) -> T | None:
    """Await something that may not exist, no longer, or not for this reader."""
    try:
        return await answer
    except Refusal as refusal:
        if refusal.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            return None
        raise


def invalid(error: InputValidationError) -> Invalid:
    """Return what the input's validation found, as the services would say it."""
    return Invalid(
        [
            Fault(
                "".join(f"/{part}" for part in fault.location[1:]),
                fault.type,
                OTHERWISE if "{" in (advice := ADVICE.get(fault.type, OTHERWISE)) else advice,
            )
            for fault in error.errors
        ]
    )


def shown(document: dict[str, Any]) -> Problem:
    """Return a problem document as GraphQL shows it."""
    listed = document.get("faults") or document.get("findings") or []
    return Problem(
        type=document["type"],
        title=document["title"],
        status=document["status"],
        detail=document["detail"],
        faults=[_fault(fault) for fault in listed],
        version_found=document.get("version"),
    )


def _fault(fault: dict[str, Any]) -> FaultView:
    return FaultView(
        pointer=fault.get("pointer") or f"/{fault.get('field', '')}",
        code=fault["code"],
        detail=fault.get("detail") or fault.get("message", ""),
    )


def as_error(error: GraphQLError) -> GraphQLError:
    """Return an error as readers may see it: a refusal says why, anything else only that it is."""
    cause = error.original_error
    if isinstance(cause, Raised) and cause.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        code = CODES.get(cause.status, "BAD_REQUEST")
        return _retold(error, cause.detail, {"code": code, "problem": cause.document()})
    if cause is None or isinstance(cause, GraphQLError):
        return error
    return _retold(error, Raised.advice, {"code": FAULT})


def is_fault(error: GraphQLError) -> bool:
    """Say whether an error, as told, is ours."""
    return (error.extensions or {}).get("code") == FAULT


def _retold(error: GraphQLError, message: str, extensions: dict[str, Any]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )

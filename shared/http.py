"""HTTP: one frame for every process, and the only place that renders a refusal."""

import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.params import Query
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Lifespan, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from shared.contracts.problem import ProblemDocument
from shared.faults import faults
from shared.ids import new_id
from shared.openapi import PROBLEM, Application
from shared.problem import (
    BadRequest,
    Fault,
    Invalid,
    NotFound,
    PreconditionRequired,
    Problem,
    Unavailable,
)
from shared.telemetry import LATENCY, REQUESTS, log, request_id, tracer

LARGEST_BODY = 2 * 1024 * 1024
BOUND = "zhengbu.body"
LONGEST_REQUEST_ID = 64
UNKNOWN = "extra_forbidden"
Ready = Callable[[], Awaitable[None]]


class MethodNotAllowed(Problem):
    """The address does not take that method."""

    status = 405
    advice = "此地址不支持该操作。"


class TooLarge(Problem):
    """The request body is larger than this address takes."""

    status = 413
    advice = "提交的内容过大。"


class UnsupportedMediaType(Problem):
    """The address does not take that kind of body."""

    status = 415
    advice = "提交的内容类型不受支持。"


KNOWN = {
    kind.status: kind for kind in (NotFound, MethodNotAllowed, TooLarge, UnsupportedMediaType)
}


def create_app(
    title: str,
    *,
    routers: Sequence[APIRouter],
    lifespan: Lifespan[FastAPI],
    ready: Ready,
    description: str = "",
) -> FastAPI:
    """Return an application in the house frame: problems, request ids, metrics, health."""
    app = Application(
        title=title,
        description=description,
        version="1",
        lifespan=lifespan,
        redirect_slashes=False,
        redoc_url=None,
        dependencies=[Depends(refuse_unknown_parameters)],
        responses={
            "4XX": {
                "description": "Refused, with the reason.",
                "model": ProblemDocument,
            },
        },
    )
    app.add_exception_handler(Problem, _render_problem)
    app.add_exception_handler(RequestValidationError, _render_invalid)
    app.add_exception_handler(HTTPException, _render_http)
    app.include_router(_health(ready))
    for router in routers:
        app.include_router(router)
    app.add_middleware(Frame)
    return app


def render(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """Send a problem as application/problem+json, with the request's id."""
    document = {**problem.document(), "request_id": request_id()}
    carried = {**problem.headers, **(headers or {})}
    return JSONResponse(document, problem.status, carried, media_type=PROBLEM)


def told(status: int) -> Problem:
    """Return the problem a library's bare status code stands for."""
    return KNOWN.get(status, BadRequest)()


async def refuse_unknown_parameters(request: Request) -> None:
    """Refuse query parameters the address does not know, rather than ignore them."""
    if not request.query_params:
        return
    known = [
        field.alias
        for field in get_flat_params(request.scope["route"].dependant)
        if isinstance(field.field_info, Query)
    ]
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        told = f"可用的参数：{'、'.join(known)}。" if known else "此地址不带参数。"
        raise Invalid(
            [Fault(f"query:{name}", UNKNOWN, f"没有这个参数。{told}") for name in unknown]
        )


class BodyBound:
    """How much of a request's body is taken in."""

    def __init__(self) -> None:
        self.most = LARGEST_BODY


def allow_body(request: Request, most: int) -> None:
    """Take in a larger body than usual: for a route that reads it as a stream, before it does."""
    bound: BodyBound = request.scope[BOUND]
    bound.most = most


def _health(ready: Ready) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """Say that the process runs."""
        return {"status": "ok"}

    @router.get("/readyz")
    async def readyz() -> dict[str, str]:
        """Say that the process and what it stands on can serve."""
        try:
            await ready()
        except Exception as fault:
            log.warning("not_ready", fault=repr(fault))
            raise Unavailable from fault
        return {"status": "ready"}

    @router.get("/metrics")
    async def metrics() -> Response:
        """Return the process's measures for Prometheus."""
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


async def _render_problem(_: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)  # noqa: S101  # Starlette hands over what it was told
    return render(problem)


async def _render_invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # as above
    if any(isinstance(each["input"], bytes) for each in error.errors()):
        return render(UnsupportedMediaType())  # a body nobody declared to be JSON
    found = faults(error.errors(), error.body)
    if [(fault.pointer, fault.code) for fault in found] == [("header:if-match", "missing")]:
        return render(PreconditionRequired())
    return render(Invalid(found))


async def _render_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # as above
    headers = dict(error.headers or {})
    if error.status_code == MethodNotAllowed.status:
        headers["Allow"] = ", ".join(sorted(_methods(request)))
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
    return render(told(error.status_code), headers)


def _methods(request: Request) -> set[str]:
    """Return every method the address takes; one route alone knows only its own.

    What is named is not one of those that a parameter stands for: `/items/preview` is no item.
    """
    found: dict[int, set[str]] = defaultdict(set)
    for route in iter_route_contexts(request.app.routes):
        if route.matches(request.scope)[0] is not Match.NONE:
            found[(route.path or "").count("{")] |= route.methods or set()
    methods = found[min(found)] if found else set()
    return methods | ({"HEAD"} if "GET" in methods else set())


class Frame:
    """Gives each request its id, its span, its log line and the headers every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = _request_id(Headers(scope=scope))
        only_head = scope["method"] == "HEAD"
        if only_head:  # the same answer, without its body
            scope = {**scope, "method": "GET"}
        status, begun = HTTPStatus.INTERNAL_SERVER_ERROR.value, False
        started = time.perf_counter()

        async def send_framed(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = name
                headers["X-Content-Type-Options"] = "nosniff"
                headers.setdefault("Cache-Control", "no-store")
            elif only_head:
                message = {**message, "body": b""}
            await send(message)

        received, bound = 0, BodyBound()
        scope[BOUND] = bound

        async def receive_bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > bound.most:
                raise HTTPException(TooLarge.status)
            return message

        with bound_contextvars(request_id=name), tracer.start_as_current_span("http"):
            try:
                await self._app(scope, receive_bounded, send_framed)
            except Exception as fault:
                log.exception("fault", exc_info=fault)
                if begun:
                    raise
                await render(Problem())(scope, receive_bounded, send_framed)
            finally:
                seconds = time.perf_counter() - started
                _record(scope, status, seconds)


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    if 0 < len(given) <= LONGEST_REQUEST_ID and given.isascii() and given.isprintable():
        return given
    return new_id().hex


def _record(scope: Scope, status: int, seconds: float) -> None:
    route: Any = scope.get("route")
    path = getattr(route, "path", "unknown")
    REQUESTS.labels(path, status).inc()
    LATENCY.labels(path).observe(seconds)
    if path not in {"/healthz", "/readyz", "/metrics"}:
        log.info(
            "request",
            method=scope["method"],
            route=path,
            status=status,
            ms=round(seconds * 1000, 1),
        )

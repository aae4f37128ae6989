"""GraphQL over HTTP: how a request comes in, what it stands on, how its answer goes out.

Source: GraphQL over HTTP, working draft: media types and status codes.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx
import strawberry
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.types import ExecutionResult

from gateway.audit.client import AuditClient
from gateway.content.client import ContentClient
from gateway.content.loaders import loaders
from gateway.context import Context
from gateway.interaction.client import InteractionClient
from gateway.public_state import TRIES, PublicStateMoving, PublicStates
from gateway.upstream import Upstream
from shared.http import render, told

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"


@dataclass(frozen=True)
class Services:
    """The services the gateway stands before, as connections to each."""

    content: httpx.AsyncClient
    interaction: httpx.AsyncClient
    audit: httpx.AsyncClient

    async def close(self) -> None:
        """Close every connection."""
        for http in (self.content, self.interaction, self.audit):
            await http.aclose()


class Door(GraphQL[Context, None]):
    """The one address of the gateway, with each request's own clients and loaders."""

    def __init__(self, schema: strawberry.Schema, services: Services) -> None:
        super().__init__(schema, graphql_ide="graphiql")
        self._services = services

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """Return what one request stands on."""
        del response
        states = PublicStates()
        content = ContentClient(Upstream(self._services.content, request.headers, states=states))
        interaction = Upstream(self._services.interaction, request.headers, forwarded(request))
        return Context(
            content=content,
            interaction=InteractionClient(interaction),
            audit=AuditClient(Upstream(self._services.audit, request.headers)),
            loaders=loaders(content),
            states=states,
        )

    async def execute_single(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        sub_response: Response,
        context: Context,
        root_value: None,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        """Carry an operation out, a query again if something was released between its reads."""
        for _ in range(TRIES):
            result = await super().execute_single(
                request, request_adapter, sub_response, context, root_value, request_data
            )
            if context.states.agree():
                return result
            context = await self.get_context(request, sub_response)
        raise PublicStateMoving

    async def run(self, request: Any, *arguments: Any, **named: Any) -> Any:
        """Serve a request; what is not GraphQL at all, or cannot be read, is refused whole."""
        try:
            return await super().run(request, *arguments, **named)
        except HTTPException as refusal:
            return render(told(refusal.status_code))
        except PublicStateMoving as refusal:
            return render(refusal)
        except (
            UnicodeDecodeError,
            RecursionError,
        ):
            return render(told(HTTPStatus.BAD_REQUEST))

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """Choose the media type of the answer before there is one."""
        chosen = await super().get_sub_response(request)
        chosen.media_type = media_type(request.headers.get("accept", ""))
        return chosen

    async def process_result(
        self, request: Request, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        """Leave `data` out of an answer to what could not even be begun."""
        shown = await super().process_result(request, result)
        if result.data is None and all(error.path is None for error in result.errors or ()):
            del shown["data"]
        return shown

    def create_response(
        self,
        response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse],
        sub_response: Response,
    ) -> Response:
        """Send an answer; what could not be begun is 400 to those who know the newer type."""
        chosen = sub_response.media_type or JSON
        failed = chosen == GRAPHQL and "data" not in response_data
        status = HTTPStatus.BAD_REQUEST if failed else HTTPStatus.OK
        return Response(self.encode_json(response_data), status, media_type=chosen)


def forwarded(request: HTTPConnection) -> dict[str, str]:
    """Return the header by which a service that trusts the gateway knows where a reader is."""
    way = request.headers.getlist("x-forwarded-for")
    if request.client:
        way.append(request.client.host)
    return {"X-Forwarded-For": ", ".join(way)} if way else {}


def media_type(accept: str) -> str:
    """Return the media type a reader understands best: the newer one if they name it."""
    named = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    return GRAPHQL if GRAPHQL in named else JSON

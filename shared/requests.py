"""What a route asks of a request: who acts, which version, and how its transaction begins."""

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from shared import idempotency
from shared.address import Network, client_address
from shared.auth import ANYONE, Actor, verify
from shared.db import Clock, Sessions
from shared.keys import Keys
from shared.pagination import LARGEST_PAGE, LONGEST_CURSOR, Asked, Cursors
from shared.problem import Unauthenticated
from shared.telemetry import request_id
from shared.uow import UnitOfWork

T = TypeVar("T")
ETAG = r'^"\d{1,9}"$'


class AlreadyAnswered(Exception):  # not a failure: the answer is known
    """The request was carried out before, with this answer."""

    def __init__(self, answered: idempotency.Answered) -> None:
        super().__init__()
        headers = {**answered.headers, "Idempotency-Replayed": "true"}
        self.response = Response(answered.body, answered.status, headers)


@dataclass(frozen=True)
class House:
    """What the routes of one service stand on; `readings` open sessions that cannot write."""

    sessions: Sessions
    readings: Sessions
    clock: Clock
    source: str
    cursors: Cursors
    issuer: str
    keys: Keys


async def house(request: Request) -> House:
    """Return what this application stands on."""
    found: House = request.app.state.house
    return found


InHouse = Annotated[House, Depends(house)]
bearer = HTTPBearer(auto_error=False, description="An access token from `POST /v1/auth/token`.")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def address_of(request: Request, trusted: Sequence[Network]) -> str:
    """Return the nearest address of a request that is no trusted proxy's."""
    peer = request.client.host if request.client else None
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    return client_address(peer, forwarded, trusted)


async def somebody(stands: InHouse, credentials: Credentials) -> Actor:
    """Return the bearer of the token, or refuse a request that carries none."""
    if credentials is None:
        raise Unauthenticated
    now = stands.clock()
    keys = await stands.keys(now)
    return verify(credentials.credentials, keys, issuer=stands.issuer, now=now)


Somebody = Annotated[Actor, Depends(somebody)]

VERSION = Header(pattern=ETAG, description='The version read, as in `"3"`.', examples=['"3"'])


async def version_to_change(if_match: Annotated[str, VERSION]) -> int:
    """Return the version If-Match names; a write without one is refused."""
    return int(if_match.strip('"'))


async def version_if_named(if_match: Annotated[str | None, VERSION] = None) -> int | None:
    """Return the version If-Match names, if there is one."""
    return None if if_match is None else await version_to_change(if_match)


IfMatch = Annotated[int, Depends(version_to_change)]
IfMatchOrNew = Annotated[int | None, Depends(version_if_named)]
"""For an address that may hold nothing yet: the version to change, or none to write the first."""


@dataclass(frozen=True)
class RequestUnitOfWork(UnitOfWork):
    """A request's transaction, which also keeps its answer if the request carries a key."""

    keyed: idempotency.Request | None = None

    async def answer(
        self,
        view: type[BaseModel],
        of: Any,
        status: int = 200,
        *,
        once: AbstractSet[str] = frozenset(),
    ) -> Response:
        """Write all changes and return `of` as a `view`, with its version as ETag.

        The fields named in `once` are secrets: they are not kept, and a repeated request does
        not show them again.
        """
        await self.session.flush()
        shown = view.model_validate(of, from_attributes=True)
        version = getattr(of, "version", None)
        headers = {"Content-Type": "application/json"}
        if version is not None:
            headers["ETag"] = f'"{version}"'
        if self.keyed is not None:
            self.session.add(
                idempotency.Answered(
                    **self.keyed._asdict(),
                    status=status,
                    headers=headers,
                    body=shown.model_dump_json(exclude=set(once)).encode(),
                    answered_at=self.now,
                )
            )
        return Response(shown.model_dump_json(), status, headers)


Begin = Callable[[], AbstractAsyncContextManager[RequestUnitOfWork]]


Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=idempotency.KEY,
        description="Send the same key again to be answered the same again; kept for a day.",
    ),
]


async def _begin_as(actor: Actor, request: Request, stands: House, key: str | None) -> Begin:
    body = b"" if key is None else await request.body()
    return _beginning(actor, stands, _keyed(actor, request, stands, key, body))


def _keyed(
    actor: Actor, request: Request, stands: House, key: str | None, body: bytes
) -> idempotency.Request | None:
    if key is None:
        return None
    version = request.headers.get("if-match", "")
    # Two keys of one program share its answers only if they share their scope.
    asked = idempotency.fingerprint(
        request.method, request.url.path, f"{version}{_scope(actor)}", body
    )
    # The body may hold a password, and whoever reads the table must not try them out by it.
    return idempotency.Request(actor.id, key, stands.cursors.blind(asked))


def _scope(actor: Actor) -> str:
    narrowed = [
        sorted(map(str, part)) for part in (actor.sites, actor.columns) if part is not None
    ]
    return f" {narrowed}" if narrowed else ""


def _beginning(actor: Actor, stands: House, keyed: idempotency.Request | None) -> Begin:
    @asynccontextmanager
    async def begin() -> AsyncIterator[RequestUnitOfWork]:
        async with stands.sessions.begin() as session:
            uow = RequestUnitOfWork(
                session, actor, stands.clock(), request_id(), stands.source, keyed=keyed
            )
            if keyed and (before := await idempotency.recall(uow, keyed)):
                raise AlreadyAnswered(before)
            yield uow

    return begin


async def _begin_as_anyone(request: Request, stands: InHouse, key: Key = None) -> Begin:
    return await _begin_as(ANYONE, request, stands, key)


async def _begin_as_somebody(
    actor: Somebody, request: Request, stands: InHouse, key: Key = None
) -> Begin:
    return await _begin_as(actor, request, stands, key)


async def _begin_without_key(actor: Somebody, stands: InHouse) -> Begin:
    return _beginning(actor, stands, None)


async def _begin_without_key_as_anyone(stands: InHouse) -> Begin:
    return _beginning(ANYONE, stands, None)


BeginStreamed = Callable[[str], Begin]


async def _begin_streamed(
    actor: Somebody, request: Request, stands: InHouse, key: Key = None
) -> BeginStreamed:
    def told(digest: str) -> Begin:
        return _beginning(actor, stands, _keyed(actor, request, stands, key, digest.encode()))

    return told


BeginAsAnyone = Annotated[Begin, Depends(_begin_as_anyone)]
"""Begins a unit of work for a citizen or visitor: nobody in particular, who may do little."""

BeginAct = Annotated[Begin, Depends(_begin_as_somebody)]
"""Begins a unit of work for a bearer of a token; nobody else gets that far."""

BeginStep = Annotated[Begin, Depends(_begin_without_key)]
"""Begins one of several units of work of a request, which carries no key for all of them."""

BeginStepAsAnyone = Annotated[Begin, Depends(_begin_without_key_as_anyone)]
"""Begins one of several units of work of a citizen's request."""

BeginStream = Annotated[BeginStreamed, Depends(_begin_streamed)]
"""Begins as `BeginAct` once the route, which read the body itself, tells the body's digest."""


async def _reading(stands: InHouse) -> AsyncIterator[AsyncSession]:
    async with stands.readings() as session:
        yield session


Reading = Annotated[AsyncSession, Depends(_reading, scope="function")]
"""A session that cannot write, and sees the one instant of its first question."""


async def _asked(
    stands: InHouse,
    first: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="How many at most.")] = 20,
    after: Annotated[
        str | None, Query(max_length=LONGEST_CURSOR, description="A cursor from an earlier page.")
    ] = None,
) -> Asked:
    return Asked(stands.cursors, first, after)


WhichPage = Annotated[Asked, Depends(_asked)]


def from_parameters(kind: Callable[..., T]) -> Callable[..., Awaitable[T]]:
    """Return how a route makes one of these of its parameters.

    A class itself, or any plain function, would be called in a thread of its own.
    """

    async def make(**parameters: Any) -> T:
        return kind(**parameters)

    make.__signature__ = inspect.signature(kind)  # type: ignore[attr-defined]  # what is read of it
    return make

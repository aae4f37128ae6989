"""The token issuer's public keys, as the other processes know them."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.problem import Problem
from shared.upstream import UpstreamAway, call

FRESH = timedelta(seconds=30)
Keys = Callable[[datetime], Awaitable[KeySet]]


def keys_at(http: httpx.AsyncClient, url: str) -> Keys:
    """Return how to get the keys published at `url`: at most half a minute old, if it answers.

    While the issuer is away its last known keys serve; a service that never saw any refuses.
    """
    known: tuple[datetime, KeySet] | None = None

    async def current(now: datetime) -> KeySet:
        nonlocal known
        if known is None or now - known[0] > FRESH:
            try:
                published = KeySet.import_key_set((await call(http, "GET", url)).json())
            except (Problem, JoseError, ValueError, KeyError, TypeError) as fault:
                if known is None:
                    raise UpstreamAway from fault
                published = known[1]
            known = (now, published)
        return known[1]

    return current

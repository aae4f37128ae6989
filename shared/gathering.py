"""Many who ask for one thing each, answered by one question."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Gathering(Generic[K, V]):
    """Asks for all at once who came while the last question was under way.

    Nobody waits for others to come, and nobody is told what was read before they asked.
    """

    def __init__(self, ask: Callable[[Collection[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._ask = ask
        self._keys: set[K] = set()
        self._next: asyncio.Task[Mapping[K, V]] | None = None
        self._turn = asyncio.Lock()

    async def one(self, key: K) -> V | None:
        """Return what there is for a key, if there is anything."""
        self._keys.add(key)
        if self._next is None:
            self._next = asyncio.create_task(self._all())
        # Who gives up must not take the question away from the others.
        return (await asyncio.shield(self._next)).get(key)

    async def _all(self) -> Mapping[K, V]:
        async with self._turn:
            keys, self._keys, self._next = self._keys, set(), None
            return await self._ask(keys)

import asyncio
from collections.abc import Collection, Mapping

import pytest

from shared.gathering import Gathering


class Asked:
    """Answers with the square, and notes who asked together; each question takes a turn."""

    def __init__(self) -> None:
        self.together: list[set[int]] = []
        self.gate = asyncio.Event()
        self.fault: Exception | None = None

    async def __call__(self, keys: Collection[int]) -> Mapping[int, int]:
        self.together.append(set(keys))
        await self.gate.wait()
        if self.fault:
            raise self.fault
        return {key: key * key for key in keys if key >= 0}


async def turns(number: int = 5) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


async def test_who_asks_while_a_question_is_under_way_is_in_the_next_one() -> None:
    asked = Asked()
    squares = Gathering(asked)
    first = asyncio.create_task(squares.one(1))
    await turns()
    others = [asyncio.create_task(squares.one(key)) for key in (2, 3, 3, 1)]
    await turns()
    assert asked.together == [{1}]
    asked.gate.set()
    assert await asyncio.gather(first, *others) == [1, 4, 9, 9, 1]
    assert asked.together == [{1}, {1, 2, 3}]


async def test_nobody_is_told_what_was_read_before_they_asked() -> None:
    found = {1: "before"}
    reading = asyncio.Event()

    async def ask(_: Collection[int]) -> Mapping[int, str]:
        read = dict(found)
        await reading.wait()
        return read

    texts = Gathering(ask)
    early = asyncio.create_task(texts.one(1))
    await turns()
    found[1] = "after"
    late = asyncio.create_task(texts.one(1))
    await turns()
    reading.set()
    assert await asyncio.gather(early, late) == ["before", "after"]


async def test_what_is_not_there_is_nothing() -> None:
    asked = Asked()
    asked.gate.set()
    assert await Gathering(asked).one(-1) is None


async def test_a_fault_meets_those_who_asked_together_and_nobody_after_them() -> None:
    asked = Asked()
    squares = Gathering(asked)
    asked.fault = OSError("away")
    waiting = [asyncio.create_task(squares.one(key)) for key in (1, 2)]
    asked.gate.set()
    assert [type(one) for one in await asyncio.gather(*waiting, return_exceptions=True)] == [
        OSError,
        OSError,
    ]
    asked.fault = None
    assert await squares.one(3) == 9


async def test_who_gives_up_takes_the_question_from_nobody() -> None:
    asked = Asked()
    squares = Gathering(asked)
    leaving, staying = (asyncio.create_task(squares.one(key)) for key in (1, 2))
    await turns()
    leaving.cancel()
    await turns()
    asked.gate.set()
    assert await staying == 4
    with pytest.raises(asyncio.CancelledError):
        await leaving

import asyncio

import pytest

from shared.cancelling import heed


async def _answered_just_then(answer: "asyncio.Future[str]") -> str:
    """What `wait_for` does of Python 3.11 when its answer and a cancellation come together."""
    try:
        return await asyncio.shield(answer)
    except asyncio.CancelledError:
        return "answer"


async def test_a_loop_whose_cancellation_was_lost_ends_all_the_same() -> None:
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    answers = []

    async def loop() -> None:
        while True:
            heed()
            answers.append(await _answered_just_then(answer))

    looping = asyncio.create_task(loop())
    await asyncio.sleep(0)
    looping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(looping, 1)
    assert answers == ["answer"]


async def test_whoever_is_not_to_end_goes_on() -> None:
    heed()

"""Noticing that one is to end, where a library lost the word of it."""

import asyncio


def heed() -> None:
    """End the task if somebody asked it to; a loop that calls libraries says this each time round.

    Up to Python 3.11 `asyncio.wait_for` forgets a cancellation that comes as its answer does, and
    the loop would go on for ever.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError

"""Programs that are measured, each in a process of its own."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from bench.client import get


@contextmanager
def served(
    command: Sequence[str], env: Mapping[str, str], at: str, path: str, *, core: int | None = None
) -> Iterator[str]:
    """Run a server, on one core alone if it is named, for as long as it is measured."""
    process = subprocess.Popen(  # noqa: S603  # our own
        [sys.executable, "-m", *command], env=env, stdout=subprocess.DEVNULL
    )
    if core is not None:
        os.sched_setaffinity(process.pid, {core})
    try:
        asyncio.run(_up(at, path))
        yield at
    finally:
        process.terminate()
        process.wait()


async def _up(at: str, path: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            await get(at, path)
        except OSError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.1)
        else:
            return

"""Running what opens a stranger's file: in a process of its own, with limits, knowing nothing."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from shared.files.adapters import launcher
from shared.files.limits import MIB, Confinement
from shared.telemetry import log

MOST_TOLD = 64 * 1024


class Outcome(NamedTuple):
    """How a confined program ended, and what it said about it."""

    succeeded: bool
    told: str


async def confine(command: Sequence[str], folder: Path, limits: Confinement) -> Outcome:
    """Run a program in `folder`; none of our environment, and so no secret, is told to it."""
    bounds = (limits.seconds, limits.memory_mib * MIB, limits.file_mib * MIB)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", launcher.__file__),
        *map(str, bounds),
        *command,
        cwd=folder,
        env={
            "PATH": os.defpath,
            "TMPDIR": str(folder),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(limits.seconds):
            told = await _ending(process)
            ended = await process.wait()
    except TimeoutError:
        return Outcome(succeeded=False, told="out of time")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    if ended != 0:
        log.info("confined.failed", program=command[0], status=ended, told=told[-500:])
    return Outcome(ended == 0, told)


async def _ending(process: asyncio.subprocess.Process) -> str:
    """Read all a program says, and keep the last of it."""
    assert process.stderr is not None  # noqa: S101  # it was asked for above
    kept = b""
    while said := await process.stderr.read(MOST_TOLD):
        kept = (kept + said)[-MOST_TOLD:]
    return kept.decode("utf-8", "replace")

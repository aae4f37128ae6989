"""Processes that think about items side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from types import TracebackType
from typing import Any, NamedTuple, Self

from services.content.bulk.preparing import NO_FILES, KnownFiles, Prepared, prepare
from services.content.editorial.commands.checking import Surroundings
from services.content.lexicons.matching import Compiled, Lexicons
from services.content.release.scheduling import told
from shared.problem import Fault, Problem

Numbered = tuple[int, Mapping[str, Any]]
Thought = tuple[int, Prepared | list[Fault]]


class Judging(NamedTuple):
    """What every item is judged by, and who vouches for it."""

    around: Surroundings
    by: str

    def think(self, group: Sequence[Numbered], files: KnownFiles = NO_FILES) -> list[Thought]:
        """Return for each line its item, or what is wrong with it."""
        return [(number, self._one(said, _above(number, files))) for number, said in group]

    def _one(self, said: Mapping[str, Any], files: KnownFiles) -> Prepared | list[Fault]:
        try:
            return prepare(said, self.around, self.by, files)
        except Problem as refused:
            return told(refused)


def _above(number: int, files: KnownFiles) -> KnownFiles:
    return {name: file for name, file in files.items() if file.number < number}


class Desk:
    """Thinks in as many processes as there are workers, or in this one if there are none."""

    def __init__(self, judging: Judging, workers: int) -> None:
        """Hand every process what items are judged by, once."""
        self._judging = judging
        self._pool = None
        if workers:
            self._pool = ProcessPoolExecutor(
                workers,
                mp_context=get_context("spawn"),  # a fork would share the database's connection
                initializer=_settle,
                initargs=(_portable(judging),),
            )

    def think(
        self, group: Sequence[Numbered], files: KnownFiles = NO_FILES
    ) -> asyncio.Future[list[Thought]]:
        """Begin to think about some lines; `files` are those they may name."""
        loop = asyncio.get_running_loop()
        if self._pool is None:
            return loop.run_in_executor(None, self._judging.think, group, files)
        return loop.run_in_executor(self._pool, _think, group, files)

    def __enter__(self) -> Self:
        """Keep the processes."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the processes; what they still think about is of no use any more."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


_settled: list[Judging] = []


def _settle(judging: Judging) -> None:
    _settled[:] = [judging]


def _think(group: Sequence[Numbered], files: KnownFiles) -> list[Thought]:
    return _settled[0].think(group, files)


def _portable(judging: Judging) -> Judging:
    """Return it without compiled automata, which stay in their process."""
    compiled = judging.around.lexicons.compiled
    plain = Lexicons(tuple(Compiled(one.name, one.digest, one.wordlist) for one in compiled))
    around = replace(judging.around, lexicons=plain)
    return Judging(around, judging.by)

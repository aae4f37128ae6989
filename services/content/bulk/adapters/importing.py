"""Reading a file of lines into the database, as fast as two processors allow."""

from asyncio import Future, Lock
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from services.content.assets.adapters.workshop import Workshop
from services.content.bulk import queries
from services.content.bulk.adapters.carrying import Carrier, Outcome
from services.content.bulk.adapters.desk import Desk, Judging, Numbered, Thought
from services.content.bulk.adapters.files import Written, lines
from services.content.bulk.commands.arranging import take_column, take_site
from services.content.bulk.commands.beginning import (
    begin_import,
    finish_import,
    person,
    voucher,
)
from services.content.bulk.commands.taking import Candidate, Run, take_items
from services.content.bulk.line import AnyLine, ColumnLine, SiteLine, named_files, parse, read
from services.content.bulk.models import Import, Imported
from services.content.bulk.preparing import NO_FILES, KnownFiles
from services.content.editorial.commands.checking import surroundings
from services.content.release.scheduling import told
from shared.auth import Actor
from shared.db import Clock, Sessions
from shared.problem import Fault, Invalid, Problem
from shared.process import rarely_collected
from shared.uow import BeginAs, UnitOfWork, beginner

SOURCE = "/content"
GROUP = 100
BATCH = 1_000
AHEAD = 2 * BATCH // GROUP
"""Groups that are thought about while others are written, so that nobody waits."""
FILES = 50
"""How many files the items of a group may name: their texts are handed over with it."""


class Asked(NamedTuple):
    """What to import, on whose word, and where to tell what became of it.

    `source` names where the file comes from: ids are unique within it. Lines that name files
    need a `workshop`.
    """

    file: Path
    vouched_by: str
    registered_by: str | None
    source: str
    errors: Path
    ids: Path
    dry_run: bool = False
    workers: int = 2
    workshop: Workshop | None = None


class Tally(NamedTuple):
    """How many lines came in, were there already, and were refused."""

    taken: int = 0
    skipped: int = 0
    refused: int = 0


NOTHING = Tally()
Progress = Callable[[int, Tally], None]


async def import_file(
    sessions: Sessions, clock: Clock, asked: Asked, progress: Progress = lambda *_: None
) -> Tally:
    """Import a file: every line for itself, items by the batch, and never a part of a batch."""
    async with AsyncExitStack() as open_:
        open_.enter_context(rarely_collected())
        begin = beginner(sessions, clock, SOURCE)
        if asked.dry_run:
            begin = await open_.enter_async_context(_rehearsal(sessions, clock))
        async with sessions() as session:
            now = clock()
            by = await voucher(session, asked.vouched_by, now)
            registrar = await person(session, asked.registered_by or asked.vouched_by, now)
            around = await surroundings(session, now)
            again = await queries.has_items_of(session, asked.source)
        async with begin(by, "import") as uow:
            row = await begin_import(uow, asked.source, registrar)
        run = Run(row.id, row.source, around.lexicons.digest, rehearsal=asked.dry_run)
        desk = open_.enter_context(Desk(Judging(around, by.id), asked.workers))
        errors = open_.enter_context(Written(asked.errors))
        ids = open_.enter_context(Written(asked.ids))
        carrier = Carrier(
            begin,
            by,
            row,
            asked.file.parent,
            asked.workshop,
            at_once=max(1, asked.workers),
            rehearsal=asked.dry_run,
        )
        await open_.enter_async_context(carrier)
        importer = _Importer(
            begin, by, registrar, run, row, desk, carrier, errors, ids, again=again
        )
        await importer.read(asked, progress)
        return importer.tally


@asynccontextmanager
async def _rehearsal(sessions: Sessions, clock: Clock) -> AsyncIterator[BeginAs]:
    """Yield how acts are begun of which nothing stays."""
    one_at_a_time = Lock()
    async with sessions() as session:

        @asynccontextmanager
        async def begin(actor: Actor, request_id: str) -> AsyncIterator[UnitOfWork]:
            async with one_at_a_time, session.begin_nested():
                yield UnitOfWork(session, actor, clock(), request_id, SOURCE)

        yield begin
        await session.rollback()


@dataclass
class _Importer:
    """Keeps the processes busy ahead of what is written.

    `again` says that lines may have come in before; those are not thought about a second time.
    """

    begin: BeginAs
    by: Actor
    registrar: Actor
    run: Run
    row: Import
    desk: Desk
    carrier: Carrier
    errors: Written
    ids: Written
    again: bool = False
    group: list[Numbered] = field(default_factory=list)
    named: int = 0
    thoughts: deque[Future[list[Thought]]] = field(default_factory=deque)
    ready: list[Candidate] = field(default_factory=list)
    arranged: set[tuple[str, str]] = field(default_factory=set)
    tally: Tally = NOTHING

    async def read(self, asked: Asked, progress: Progress) -> None:
        """Take every line in, in order."""
        done = 0
        for number, raw in lines(asked.file):
            done += len(raw) + 1
            try:
                said = parse(raw)
            except Problem as refused:
                self._refuse(number, told(refused))
                continue
            if said["type"] == Imported.ITEM:
                self.group.append((number, said))
                self.named += len(list(named_files(said)))
                if len(self.group) == GROUP or self.named >= FILES:
                    await self._hand_over(asked.workers + AHEAD)
                    progress(done, self.tally)
            elif said["type"] == Imported.FILE:
                async for outcome in self.carrier.carry(number, said):
                    self._record(outcome)
                progress(done, self.tally)
            else:
                await self._drain()
                await self._structure(number, said)
        await self._drain()
        await self._let_files_settle()
        async with self.begin(self.by, self._request) as uow:
            await finish_import(uow, self.run.id, self.tally.taken, self.tally.refused)
        progress(done, self.tally)

    @property
    def _request(self) -> str:
        return f"import:{self.run.id}"

    async def _hand_over(self, ahead: int) -> None:
        """Let the next group be thought about, and write what has been, a few groups behind."""
        group, self.group = self.group, []
        self.named = 0
        if fresh := await self._unknown(group) if self.again else group:
            named = {name for _, said in fresh for name in named_files(said)}
            self.thoughts.append(self.desk.think(fresh, await self._known_files(named)))
        while len(self.thoughts) > ahead:
            await self._settle(await self.thoughts.popleft())

    async def _unknown(self, group: list[Numbered]) -> list[Numbered]:
        """Return the lines that did not come in in an earlier run, and count the others."""
        named = {said["id"] for _, said in group if isinstance(said.get("id"), str)}
        asked = sorted(name for name in named - self.run.taken.keys() if name.isprintable())
        async with self.begin(self.by, self._request) as uow:
            known = await queries.own_ids(uow.session, self.run.source, Imported.ITEM, asked)
        fresh = []
        for number, said in group:
            legacy = said.get("id")
            if isinstance(legacy, str) and legacy in known:
                self._note(Imported.ITEM, legacy, str(known[legacy]))
                self.tally = self.tally._replace(skipped=self.tally.skipped + 1)
            else:
                fresh.append((number, said))
        return fresh

    async def _known_files(self, named: set[str]) -> KnownFiles:
        if not named:
            return NO_FILES
        await self._let_files_settle()
        return await self.carrier.known(named)

    async def _let_files_settle(self) -> None:
        async for outcome in self.carrier.settled():
            self._record(outcome)

    def _record(self, outcome: Outcome) -> None:
        if outcome.own is None:
            self._refuse(outcome.number, outcome.wrong)
            return
        self._note(Imported.FILE, outcome.legacy, str(outcome.own))
        came = "skipped" if outcome.was_there else "taken"
        self.tally = self.tally._replace(**{came: getattr(self.tally, came) + 1})

    async def _settle(self, thoughts: list[Thought]) -> None:
        for number, thought in thoughts:
            if isinstance(thought, list):
                self._refuse(number, thought)
            else:
                self.ready.append(Candidate(number, thought))
        if len(self.ready) >= BATCH:
            await self._write()

    async def _drain(self) -> None:
        if self.group:
            await self._hand_over(0)
        while self.thoughts:
            await self._settle(await self.thoughts.popleft())
        if self.ready:
            await self._write()

    async def _write(self) -> None:
        ready, self.ready = self.ready, []
        async with self.begin(self.by, self._request) as uow:
            batch = await take_items(uow, self.run, ready)
        for number, wrong in batch.refused:
            self._tell(number, wrong)
        for line, taken, _, _ in batch.arrivals:
            self._note(Imported.ITEM, line.id, str(taken.item_id))
        for legacy, own in batch.skipped:
            self._note(Imported.ITEM, legacy, str(own))
        self.tally = Tally(
            self.tally.taken + len(batch.arrivals),
            self.tally.skipped + len(batch.skipped),
            self.tally.refused + len(batch.refused),
        )

    async def _structure(self, number: int, said: Mapping[str, Any]) -> None:
        """Take in a site or column, each in an act of its own."""
        try:
            line = read(said)
            kind = Imported(line.type)
            if (kind, line.id) in self.arranged:
                told_twice = f"编号“{line.id}”在文件中重复出现。"
                raise Invalid([Fault("/id", "duplicate", told_twice)])
            async with self.begin(self.registrar, self._request) as uow:
                known = await queries.own_ids(uow.session, self.run.source, kind, [line.id])
                own = known.get(line.id) or await _arrange(uow, self.row, line)
        except Problem as refused:
            self._refuse(number, told(refused))
            return
        self.arranged.add((kind, line.id))
        if line.id in known:
            self.tally = self.tally._replace(skipped=self.tally.skipped + 1)
        else:
            self.tally = self.tally._replace(taken=self.tally.taken + 1)
        self._note(kind, line.id, str(own))

    def _note(self, kind: Imported, legacy: str, own: str) -> None:
        self.ids.add(type=kind, id=legacy, is_now=own)

    def _refuse(self, number: int, wrong: list[Fault]) -> None:
        self._tell(number, wrong)
        self.tally = self.tally._replace(refused=self.tally.refused + 1)

    def _tell(self, number: int, wrong: list[Fault]) -> None:
        for fault in wrong:
            self.errors.add(line=number, **fault._asdict())


async def _arrange(uow: UnitOfWork, row: Import, line: AnyLine) -> UUID:
    if isinstance(line, SiteLine):
        return await take_site(uow, row, line)
    if isinstance(line, ColumnLine):
        return await take_column(uow, row, line)
    raise TypeError(line.type)

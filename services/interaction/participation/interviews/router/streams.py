"""The live transcript as a stream: read from the database, whichever process it was written in."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from services.interaction.participation.interviews import queries
from services.interaction.participation.interviews.conduct import OVER
from services.interaction.participation.interviews.figures import StreamFigures
from services.interaction.participation.interviews.queries import Head
from shared.contracts.interviews import StreamClosed, TranscriptEntry
from shared.db import Sessions
from shared.gathering import Gathering
from shared.problem import NotFound, Unavailable

router = APIRouter(prefix="/v1/public", tags=["interviews"])
MINUTE = 60.0


class TooManyReaders(Unavailable):
    """As many read along in this process as it bears."""

    advice = "当前观看人数过多，请稍后再试，或改用实录列表。"


class Streams:
    """Follows transcripts for all who read along here.

    All of them together ask one question about how far interviews are, however many they are.
    """

    def __init__(self, readings: Sessions, figures: StreamFigures) -> None:
        self._readings, self._figures = readings, figures
        self._heads: Gathering[UUID, Head] = Gathering(self._ask)
        self.open = 0

    @asynccontextmanager
    async def admitted(self, interview_id: UUID) -> AsyncIterator[None]:
        """Let one more read along, if there is such an interview and room for another."""
        if self.open >= self._figures.connections:
            refused = TooManyReaders()
            refused.headers = {"Retry-After": str(self._figures.retry_seconds)}
            raise refused
        self.open += 1
        try:
            if await self._heads.one(interview_id) is None:
                raise NotFound("没有这场访谈。")
            yield
        finally:
            self.open -= 1

    async def follow(
        self, interview_id: UUID, after: int
    ) -> AsyncIterator[TranscriptEntry | StreamClosed]:
        """Yield what is said after an entry, and when that ends how far the interview is.

        It ends once the interview is over, or nothing was said for long.
        """
        quiet, figures = 0.0, self._figures
        while head := await self._heads.one(interview_id):
            if head.last > after:
                for entry in await self._entries(interview_id, after):
                    yield entry
                    after = entry.sequence
                quiet = 0.0
            elif head.state in OVER or quiet >= figures.idle_minutes * MINUTE:
                yield StreamClosed(state=head.state)
                return
            else:
                await asyncio.sleep(figures.poll_seconds)
                quiet += figures.poll_seconds

    async def _entries(self, interview_id: UUID, after: int) -> list[TranscriptEntry]:
        async with self._readings() as session:
            return await queries.entries_after(session, interview_id, after, self._figures.entries)

    async def _ask(self, ids: Collection[UUID]) -> Mapping[UUID, Head]:
        async with self._readings() as session:
            return await queries.heads(session, ids)


async def admitted(request: Request, interview_id: UUID) -> AsyncIterator[Streams]:
    """Hold a place for a reader as long as their stream lasts."""
    streams: Streams = request.app.state.streams
    async with streams.admitted(interview_id):
        yield streams


Admitted = Annotated[Streams, Depends(admitted)]
LastSeen = Annotated[
    int,
    Header(
        alias="Last-Event-ID",
        ge=0,
        le=2**31 - 1,
        description="The sequence of the last entry seen; the stream goes on after it.",
    ),
]


@router.get("/interviews/{interview_id}/transcript", response_class=EventSourceResponse)
async def stream_transcript(
    interview_id: UUID, streams: Admitted, last_event_id: LastSeen = 0
) -> AsyncIterator[ServerSentEvent]:
    """Send what is said as it is said, each entry under its sequence (Server-Sent Events).

    `entry` holds an entry; one that replaces another stands in its place. `closed` tells how far
    the interview is: unless it is over, whoever comes back resumes where they were.
    """
    async for told in streams.follow(interview_id, last_event_id):
        if isinstance(told, StreamClosed):
            yield ServerSentEvent(event="closed", data=told)
        else:
            yield ServerSentEvent(event="entry", id=str(told.sequence), data=told)

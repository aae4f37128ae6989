import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from services.interaction.citizens.sealing import Keyring
from services.interaction.participation.interviews.figures import stream_figures
from services.interaction.participation.interviews.router.streams import (
    Streams,
    TooManyReaders,
)
from shared.contracts.interviews import InterviewState, StreamClosed, TranscriptEntry
from shared.contracts.registry import OrganizationKind
from shared.db import open_readings, open_sessions
from shared.problem import NotFound
from shared.uow import beginner
from tests.services.interaction.conftest import (
    CITY,
    OFFICE,
    ROADS,
    SITE,
    Clock,
    hear,
    organization,
    site,
)
from tests.services.interaction.participation.interviews.conftest import GUEST, Studio
from tests.support.houses import house_on, routed
from tests.support.interaction import interaction_over

QUICK = stream_figures().model_copy(update={"poll_seconds": 0.01, "idle_minutes": 1})


async def test_a_stream_tells_every_entry_under_its_sequence_and_then_closes(
    studio: Studio,
) -> None:
    held = await studio.live()
    question, _ = await studio.approved(held)
    await studio.say(held, "欢迎。")
    await studio.say(held, "四月底。", question_id=question["id"], **GUEST)
    await studio.say(held, "四月中。", replaces=2, **GUEST)
    await studio.act(held, "end")
    *told, last = await studio.stream(held)
    assert [(event["event"], event["id"]) for event in told] == [
        ("entry", "1"),
        ("entry", "2"),
        ("entry", "3"),
    ]
    assert last == {"event": "closed", "data": {"state": "ended"}}
    _, replaced, correction = (event["data"] for event in told)
    assert (replaced["text"], replaced["replaced_by"]) == (None, 3)
    assert (correction["text"], correction["replaces"]) == ("四月中。", 2)
    listed = (await studio.public(held, "/entries"))["items"]
    assert [event["data"] for event in told] == listed


async def test_whoever_comes_back_resumes_after_the_last_entry_they_saw(studio: Studio) -> None:
    held = await studio.live()
    for number in range(1, 6):
        await studio.say(held, f"第{number}句。")
    await studio.act(held, "end")
    events = await studio.stream(held, last=3)
    assert [event.get("id") for event in events] == ["4", "5", None]
    assert [event["event"] for event in await studio.stream(held, last=5)] == ["closed"]
    assert [event["event"] for event in await studio.stream(held, last=2**31 - 1)] == ["closed"]


@pytest.mark.parametrize("last", ["-1", "abc", str(2**31)])
async def test_what_was_never_a_sequence_is_refused(studio: Studio, last: str) -> None:
    held = await studio.live()
    path = f"/public/interviews/{held['id']}/transcript"
    refused = await studio.send(None, "GET", path, Last_Event_ID=last)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/invalid")


async def test_the_list_goes_page_by_page_where_no_stream_can_be_read(studio: Studio) -> None:
    held = await studio.live()
    for number in range(1, 4):
        await studio.say(held, f"第{number}句。")
    page = await studio.public(held, "/entries?first=2")
    assert [entry["sequence"] for entry in page["items"]] == [1, 2]
    rest = await studio.public(held, f"/entries?first=2&after={page['next']}")
    assert [entry["sequence"] for entry in rest["items"]] == [3]


async def test_what_is_prepared_has_no_stream_no_list_and_no_questions(studio: Studio) -> None:
    held = await studio.prepared()
    for of in ("", "/transcript", "/entries", "/questions"):
        path = f"/public/interviews/{held['id']}{of}"
        assert (await studio.send(None, "GET", path)).status_code == 404


@pytest_asyncio.fixture
async def live(
    engine: AsyncEngine, keyring: Keyring, clock: Clock
) -> AsyncIterator[tuple[Studio, Any]]:
    """An interview that is live on a database where each request commits for itself."""
    sessions = open_sessions(engine)
    office = organization(OFFICE, OrganizationKind.OFFICE)
    roads = organization(ROADS, OrganizationKind.DEPARTMENT)
    registry = (organization(CITY), office, roads, site(SITE, OFFICE))
    await hear(beginner(sessions, clock, "/interaction"), *registry)
    house = replace(
        house_on(sessions, "/interaction"), readings=open_readings(engine), clock=clock
    )
    app = routed(interaction_over(house, keyring))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://interaction") as client:
        studio = Studio(client, sessions, clock)
        yield studio, await studio.live()


async def follow(streams: Streams, held: Any, after: int = 0) -> list[TranscriptEntry]:
    *entries, closed = [told async for told in streams.follow(UUID(held["id"]), after)]
    assert isinstance(closed, StreamClosed)
    return [entry for entry in entries if isinstance(entry, TranscriptEntry)]


async def test_every_process_tells_what_was_written_in_any_of_them_in_order_and_once(
    live: tuple[Studio, Any], engine: AsyncEngine
) -> None:
    studio, held = live
    processes = [Streams(open_readings(engine), QUICK) for _ in range(2)]
    async with asyncio.TaskGroup() as group:
        readers = [
            group.create_task(follow(streams, held)) for streams in processes for _ in range(3)
        ]
        await asyncio.gather(*(studio.say(held, f"同时{number}。") for number in range(4)))
        await studio.say(held, "最后。")
        await studio.act(held, "end")
    for reader in readers:
        assert [entry.sequence for entry in reader.result()] == [1, 2, 3, 4, 5]
        assert reader.result()[-1].text == "最后。"


async def test_many_who_read_along_ask_one_question_together(
    live: tuple[Studio, Any], engine: AsyncEngine
) -> None:
    studio, held = live
    asked = 0

    class Counted(Streams):
        async def _ask(self, ids: Any) -> Any:
            nonlocal asked
            asked += 1
            return await super()._ask(ids)

    figures = QUICK.model_copy(update={"poll_seconds": 0.2})
    streams = Counted(open_readings(engine), figures)
    readers = [asyncio.create_task(follow(streams, held)) for _ in range(200)]
    await asyncio.sleep(1)
    assert 0 < asked < 50, "not one for each of two hundred"
    await studio.act(held, "end")
    await asyncio.gather(*readers)


async def test_a_silent_stream_ends_by_itself(
    live: tuple[Studio, Any], engine: AsyncEngine
) -> None:
    _, held = live
    figures = QUICK.model_copy(update={"idle_minutes": 0.001})
    streams = Streams(open_readings(engine), figures)
    async with asyncio.timeout(10):
        told = [each async for each in streams.follow(UUID(held["id"]), 0)]
    assert told == [StreamClosed(state=InterviewState.LIVE)], "who comes back goes on"


async def test_only_so_many_read_along_and_a_place_is_given_back(
    live: tuple[Studio, Any], engine: AsyncEngine
) -> None:
    _, held = live
    streams = Streams(open_readings(engine), QUICK.model_copy(update={"connections": 1}))
    with pytest.raises(NotFound):
        async with streams.admitted(uuid4()):
            pass
    async with streams.admitted(UUID(held["id"])):
        with pytest.raises(TooManyReaders) as refused:
            async with streams.admitted(UUID(held["id"])):
                pass
    assert refused.value.headers == {"Retry-After": "5"}
    assert streams.open == 0

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from deploy.local.servers import Server
from deploy.reconciliation import BATCH, Report, reconcile
from shared.db import Sessions, open_sessions, utc_now
from shared.inbox import InboxMessage, set_aside
from shared.outbox import OutboxMessage
from shared.process import connect
from shared.relay import STREAM
from shared.uow import beginner
from tests.shared.test_interruptions import carried_out, url_of, working
from tests.support import bus, databases

LATER = timedelta(minutes=2)


@pytest_asyncio.fixture
async def desk(database_urls: dict[str, str]) -> AsyncIterator[AsyncEngine]:
    """The database of a second service: it announces, and the tests' service listens."""
    engine = create_async_engine(database_urls["desk"])
    yield engine
    await databases.empty(engine)
    await engine.dispose()


@pytest.fixture
def urls(database_urls: dict[str, str]) -> dict[str, str]:
    return {"tests": database_urls["shared"], "desk": database_urls["desk"]}


async def compare(
    urls: dict[str, str], *, resend: bool = False, after: timedelta = LATER
) -> Report:
    return await reconcile(urls, [bus.consumer()], utc_now() + after, resend=resend)


async def lose(sessions: Sessions, nats: str, events: int) -> None:
    """Lose everything the bus keeps, and some of what the consumer took in and did."""
    client = await connect(nats)
    await client.jetstream().purge_stream(STREAM)
    await client.close()
    async with sessions.begin() as session:
        lost = select(bus.Effect.event_id).order_by(bus.Effect.position).limit(events)
        names = (await session.scalars(lost)).all()
        await session.execute(delete(InboxMessage).where(InboxMessage.event_id.in_(names)))
        await session.execute(delete(bus.Effect).where(bus.Effect.event_id.in_(names)))


async def test_what_was_lost_on_the_way_is_found_and_carried_out_once(
    engine: AsyncEngine,
    committing: Sessions,
    desk: AsyncEngine,
    nats_server: Server,
    urls: dict[str, str],
) -> None:
    events = await bus.stamp(committing, range(10))
    async with working(url_of(engine), nats_server.url):
        await carried_out(committing, events)
    await bus.stamp(open_sessions(desk), range(10, 12))
    async with (
        working(url_of(desk), nats_server.url, "desk"),
        working(url_of(engine), nats_server.url),
    ):
        await carried_out(committing, events + 10)
    assert (await compare(urls)).gaps == ()
    await lose(committing, nats_server.url, 20)

    report = await compare(urls, resend=True)
    assert (report.compared, len(report.gaps), report.resent) == (60, 20, 20)
    async with working(url_of(engine), nats_server.url):
        await carried_out(committing, 60)
    assert (await compare(urls)).gaps == ()
    found = await bus.numbers_by_subject(committing)
    assert {paper: sorted(numbers) for paper, numbers in found.items()} == bus.in_order(range(12))


async def test_what_was_set_aside_is_reported_and_carried_out_when_sent_again(
    engine: AsyncEngine, committing: Sessions, nats_server: Server, urls: dict[str, str]
) -> None:
    await bus.stamp(committing, range(1), papers=1)
    async with committing.begin() as session:
        message = (await session.scalars(select(OutboxMessage))).one()
        message.delivered_at = utc_now()
    begin = beginner(committing, utc_now, "/tests")
    await set_aside(bus.consumer(), begin, message.envelope(), "ArithmeticError('poison')")

    [found, total] = (await compare(urls, resend=True)).lines()
    assert found.startswith(f"tests <- tests: tests.paper.stamped {message.id} of ")
    assert found.endswith("set aside: ArithmeticError('poison')")
    assert total == "1 events compared, 1 gaps, 1 sent again."
    async with working(url_of(engine), nats_server.url):
        await carried_out(committing, 1)
    assert (await compare(urls)).gaps == ()


async def test_looking_changes_nothing(committing: Sessions, urls: dict[str, str]) -> None:
    await bus.stamp(committing, range(1), papers=1)
    async with committing.begin() as session:
        message = (await session.scalars(select(OutboxMessage))).one()
        message.delivered_at = utc_now()
    report = await compare(urls)
    assert next(iter(report.lines())).endswith("never arrived")
    assert (len(report.gaps), report.resent) == (1, 0)
    async with committing() as session:
        assert (await session.scalars(select(OutboxMessage))).one().delivered_at is not None


async def test_what_may_still_be_underway_is_no_gap(
    committing: Sessions, urls: dict[str, str]
) -> None:
    await bus.stamp(committing, range(1), papers=1)
    assert (await compare(urls, after=timedelta(0))).gaps == ()


async def test_what_the_relay_has_yet_to_send_is_not_made_due_a_second_time(
    committing: Sessions, urls: dict[str, str]
) -> None:
    await bus.stamp(committing, range(1), papers=1)
    report = await compare(urls, resend=True)
    assert (len(report.gaps), report.resent) == (1, 0)
    async with committing() as session:
        assert (await session.scalars(select(OutboxMessage))).one().attempts == 0


async def test_more_events_than_one_batch_are_compared(
    committing: Sessions, urls: dict[str, str]
) -> None:
    async with beginner(committing, utc_now, "/tests")(bus.CLERK, "request") as uow:
        for number in range(BATCH + 1):
            uow.announce(bus.Stamped(paper="paper-0", number=number))
    report = await compare(urls)
    assert report.compared == len(report.gaps) == BATCH + 1

"""What delivers messages, as a process of its own, and a receiver that notes their order.

`python -m tests.support.courier DATABASE SECONDS` works until it is killed; its clock is so many
seconds ahead, for which those who come after a killed one need not wait for its leases.
"""

import asyncio
import contextlib
import json
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from subprocess import Popen

from sqlalchemy import func, insert, select

from services.content.syndication.partners.models import Delivery, Subscription
from services.content.syndication.partners.schedule import tasks
from shared.db import Sessions, open_engine, open_sessions, utc_now
from shared.destination import Allowed, networks
from shared.ids import new_id
from shared.outbound import Outside
from shared.schedule import keep
from shared.telemetry import configure
from shared.uow import beginner

KEY = "subscription key of the tests, long enough"
HEAD_END = b"\r\n\r\n"


@dataclass
class Receiver:
    """A loopback server that takes every message and notes its number under path and item."""

    port: int = 0
    taken: int = 0
    numbers: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(HEAD_END)).decode().lower()
            length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
            data = json.loads(await reader.readexactly(length))
            self.numbers[head.split(" ")[1], data["item"]].append(data["number"])
            self.taken += 1
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
            await writer.drain()
        writer.close()


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    async with server:
        yield receiver


async def make_out(
    sessions: Sessions, port: int, *, subscribers: int, items: int, messages: int
) -> int:
    """Make out messages about items to subscribers; return how many."""
    async with sessions.begin() as session:
        to = [
            Subscription(partner="340300", url=f"http://127.0.0.1:{port}/{at}", site_codes=[])
            for at in range(subscribers)
        ]
        session.add_all(to)
        await session.flush()
        made = [
            {
                "id": new_id(),
                "subscription_id": each.id,
                "event_id": new_id(),
                "type": "tests.numbered",
                "subject": f"item-{item}",
                "payload": json.dumps({"item": f"item-{item}", "number": number}),
                "due_at": utc_now(),
            }
            for number in range(messages)
            for each in to
            for item in range(items)
        ]
        await session.execute(insert(Delivery), made)
    return len(made)


async def received(sessions: Sessions) -> int:
    """Count the receipts."""
    async with sessions() as session:
        question = select(func.count(Delivery.id)).where(Delivery.delivered_at.is_not(None))
        return await session.scalar(question) or 0


async def work(database: str, seconds: int) -> None:
    """Deliver until cancelled."""

    def clock() -> datetime:
        return utc_now() + timedelta(seconds=seconds)

    sessions = open_sessions(open_engine(database))
    outside = Outside(Allowed(networks(["127.0.0.0/8"])))
    (deliver,) = tasks(sessions, beginner(sessions, clock, "/content"), KEY, outside)
    await keep(deliver, clock)


@contextmanager
def process(database: str, seconds: int = 0) -> Iterator[Popen[bytes]]:
    """Run what delivers as a process of its own."""
    command = [sys.executable, "-m", "tests.support.courier", database, str(seconds)]
    child = Popen(command)  # noqa: S603  # our own program
    try:
        yield child
    finally:
        child.kill()
        child.wait()


if __name__ == "__main__":
    configure("tests", "ERROR")
    asyncio.run(work(sys.argv[1], int(sys.argv[2])))

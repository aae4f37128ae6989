"""A database of its own for the bench, with a site that is open and a leader who vouches."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from asyncpg import CannotConnectNowError, Connection, connect

from deploy.local.servers import start_postgres
from services.content.registry.models import Column, Organization, Site
from services.content.staff.models import Person, Post
from shared.contracts.registry import ColumnKind, Level, OrganizationKind, SiteState
from shared.contracts.staff import PostKind
from shared.db import open_engine, open_sessions, utc_now
from shared.migration import upgrade

SITE, PATH, LEADER = "3403000006", "340300", "leader"
COLUMNS = ("news", "notices", "policies", "data", "guides")


@contextmanager
def database() -> Iterator[str]:
    """Yield the address of a content database on a server that is gone afterwards."""
    with TemporaryDirectory(prefix="zhengbu-bench-") as home:
        Path(home).chmod(0o711)
        server = start_postgres(Path(home) / "postgres")
        try:
            yield f"{server.url}/bench"
        finally:
            server.stop()


async def create(url: str) -> None:
    """Create the database; its tables come by migration."""
    server, _, name = url.replace("+asyncpg", "").rpartition("/")
    connection = await _connected(f"{server}/postgres")
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()


async def _connected(address: str) -> Connection:
    while True:
        try:
            return await connect(address)
        except CannotConnectNowError:
            await asyncio.sleep(0.1)


def migrate(url: str) -> None:
    """Bring its tables up to date."""
    upgrade("content", url)


async def found(url: str) -> None:
    """Found a city with one open site, its columns and its leader."""
    engine = open_engine(url)
    async with open_sessions(engine).begin() as session:
        session.add(
            Organization(
                code=PATH,
                name="蚌埠市人民政府",
                kind=OrganizationKind.GOVERNMENT,
                level=Level.CITY,
                path=PATH,
            )
        )
        await session.flush()
        session.add(
            Site(
                code=SITE,
                name="蚌埠市人民政府网",
                domain="www.bengbu.gov.cn",
                level=Level.CITY,
                region=PATH,
                supervising=PATH,
                sponsoring=PATH,
                operating=PATH,
                state=SiteState.OPEN,
                opened_at=utc_now(),
            )
        )
        leader = Person(login=LEADER, name="负责人", organization=PATH, password_hash="")
        session.add(leader)
        await session.flush()
        session.add(Post(person_id=leader.id, kind=PostKind.LEADER, organization=PATH))
        for name in COLUMNS:
            session.add(Column(site_code=SITE, name=name, kind=ColumnKind(name), keywords=[]))
    await engine.dispose()


def structure() -> list[dict[str, str]]:
    """Return the lines of the site and its columns, which are there already."""
    site = {"type": "site", "id": "site", "code": SITE, "name": "蚌埠市人民政府网"}
    site |= {"domain": "www.bengbu.gov.cn", "level": "city", "region": PATH}
    site |= dict.fromkeys(("supervising", "sponsoring", "operating"), PATH)
    return [
        site,
        *(
            {"type": "column", "id": name, "site": "site", "name": name, "kind": name}
            for name in COLUMNS
        ),
    ]

import asyncio
from typing import Any, NamedTuple
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.auth import Actor, Permission
from shared.authority import reached


class Ground(DeclarativeBase):
    """Ground of one table that no database has to keep."""


class Place(Ground):
    __tablename__ = "places"

    path: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(primary_key=True)
    column: Mapped[UUID] = mapped_column(primary_key=True)
    sites: Mapped[list[str]] = mapped_column(JSONB)


codes = st.sampled_from(["34", "3403", "340300", "340300-zfb", "3403%", "34_", "\\"])
paths = st.lists(codes, min_size=1, max_size=4).map(".".join)
grants = st.dictionaries(
    st.sampled_from([Permission.EDIT, Permission.REVIEW]), st.lists(paths, max_size=3).map(tuple)
)


codes_of_sites = st.sampled_from(["3403000006", "3403210001"])
ids_of_columns = st.sampled_from([UUID(int=1), UUID(int=2)])
actors = st.builds(
    Actor,
    st.just("client:1"),
    st.just("34"),
    grants,
    sites=st.none() | st.frozensets(codes_of_sites),
    columns=st.none() | st.frozensets(ids_of_columns),
)


class Row(NamedTuple):
    path: str
    site: str
    column: UUID
    sites: list[str]


rows = st.builds(
    Row, paths, codes_of_sites, ids_of_columns, st.lists(codes_of_sites, max_size=2, unique=True)
)


async def test_authority_in_sql_is_authority_in_python(connection: AsyncConnection) -> None:
    await connection.run_sync(Ground.metadata.create_all)
    running = asyncio.get_running_loop()
    ways: dict[str, dict[str, Any]] = {
        "unnamed": {},
        "site": {"site": Place.site},
        "column": {"column": Place.column},
        "both": {"site": Place.site, "column": Place.column},
    }

    async def chosen(actor: Actor, table: list[Row]) -> dict[str, set[tuple[object, ...]]]:
        await connection.execute(delete(Place))
        await connection.execute(insert(Place), [row._asdict() for row in table])
        found = {}
        for way, named in ways.items():
            question = select(Place.path, Place.site, Place.column).where(
                reached(actor, Permission.EDIT, Place.path, **named)
            )
            found[way] = {tuple(row) for row in await connection.execute(question)}
        return found

    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(actors, st.lists(rows, min_size=1, max_size=12, unique_by=lambda row: row[:3]))
    def agree(actor: Actor, table: list[Row]) -> None:
        found = asyncio.run_coroutine_threadsafe(chosen(actor, table), running).result()
        for way, named in ways.items():
            assert found[way] == {
                row[:3]
                for row in table
                if actor.may(
                    Permission.EDIT,
                    row.path,
                    site_code=row.site if "site" in named else None,
                    column_id=row.column if "column" in named else None,
                )
            }

    await asyncio.to_thread(agree)


async def test_what_is_about_several_sites_is_reached_when_all_lie_in_scope(
    connection: AsyncConnection,
) -> None:
    await connection.run_sync(Ground.metadata.create_all)
    several: list[list[str]] = [[], ["a"], ["b"], ["a", "b"], ["a", "c"]]
    table = [
        {"path": "34", "site": str(at), "column": UUID(int=1), "sites": sites}
        for at, sites in enumerate(several)
    ]
    await connection.execute(insert(Place), table)

    async def seen(sites: frozenset[str] | None) -> list[list[str]]:
        actor = Actor("client:1", "34", {Permission.EDIT: ("34",)}, sites=sites)
        held = reached(actor, Permission.EDIT, Place.path, sites=Place.sites)
        question = select(Place.sites).where(held).order_by(Place.site)
        return list(await connection.scalars(question))

    assert await seen(None) == several
    assert await seen(frozenset({"a"})) == [["a"]]
    assert await seen(frozenset({"a", "b"})) == [["a"], ["b"], ["a", "b"]]
    assert await seen(frozenset()) == []

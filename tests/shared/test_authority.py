import asyncio

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.auth import Actor, Permission
from shared.authority import reached


class Ground(DeclarativeBase):
    """Ground of one table that no database has to keep."""


class Place(Ground):
    __tablename__ = "places"

    path: Mapped[str] = mapped_column(primary_key=True)


codes = st.sampled_from(["34", "3403", "340300", "340300-zfb", "3403%", "34_", "\\"])
paths = st.lists(codes, min_size=1, max_size=4).map(".".join)
grants = st.dictionaries(
    st.sampled_from([Permission.EDIT, Permission.REVIEW]), st.lists(paths, max_size=3).map(tuple)
)


async def test_authority_in_sql_is_authority_in_python(connection: AsyncConnection) -> None:
    await connection.run_sync(Ground.metadata.create_all)
    running = asyncio.get_running_loop()

    async def chosen(actor: Actor, tree: list[str]) -> set[str]:
        await connection.execute(delete(Place))
        await connection.execute(insert(Place), [{"path": path} for path in tree])
        question = select(Place.path).where(reached(actor, Permission.EDIT, Place.path))
        return set(await connection.scalars(question))

    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(grants, st.lists(paths, min_size=1, max_size=12, unique=True))
    def agree(grants: dict[Permission, tuple[str, ...]], tree: list[str]) -> None:
        actor = Actor("person:1", "34", grants)
        found = asyncio.run_coroutine_threadsafe(chosen(actor, tree), running).result()
        assert found == {path for path in tree if actor.may(Permission.EDIT, path)}

    await asyncio.to_thread(agree)

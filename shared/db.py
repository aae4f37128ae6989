"""The database: how tables are declared and sessions opened."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from functools import cache, partial
from typing import Any, TypeVar

from pydantic_core import to_json
from sqlalchemy import (
    BindParameter,
    DateTime,
    Insert,
    MetaData,
    Table,
    bindparam,
    event,
    insert,
    inspect,
)
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import AdaptedConnection
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm.attributes import manager_of_class

AWAY = ("08", "53", "57P", "58")
"""SQLSTATEs that tell of the server, not of the statement: connection, resources, operator."""

Clock = Callable[[], datetime]
Sessions = async_sessionmaker[AsyncSession]
R = TypeVar("R", bound=DeclarativeBase)

SETTINGS = {
    "application_name": "zhengbu",
    "timezone": "UTC",
    # Whether to walk by date or by words depends on the words that are asked for.
    "plan_cache_mode": "force_custom_plan",
}

CONSTRAINT_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _values(kind: type[Enum]) -> list[str]:
    return [member.value for member in kind]


# Enumerations are kept as plain text: a new member then needs no change of the database.
COLUMN_TYPES: dict[Any, Any] = {
    Enum: EnumColumn(Enum, native_enum=False, length=40, values_callable=_values),
    datetime: DateTime(timezone=True),
    dict[str, Any]: JSONB,
    list[dict[str, Any]]: JSONB,
    list[str]: JSONB,
}


class Ground(DeclarativeBase):
    """Base of the tables every service has: outbox, inbox, idempotency keys."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)
    type_annotation_map = COLUMN_TYPES


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def open_engine(url: str) -> AsyncEngine:
    """Return an engine that notices a restarted server before it hands out a dead connection."""
    engine = create_async_engine(
        url,
        hide_parameters=True,  # an error's text must not quote what citizens wrote
        pool_size=16,
        max_overflow=0,
        connect_args={"server_settings": SETTINGS},
    )
    event.listen(engine.sync_engine, "checkout", _replace_dead)
    return engine


def _replace_dead(connection: AdaptedConnection, *_: Any) -> None:
    """Refuse a connection whose server has hung up, without the three trips of asking it."""
    if connection.driver_connection.is_closed():
        raise InvalidatePoolError


def open_sessions(engine: AsyncEngine) -> Sessions:
    """Return how sessions are opened over `engine`; rows stay readable after commit."""
    return async_sessionmaker(engine, expire_on_commit=False)


def open_readings(engine: AsyncEngine) -> Sessions:
    """Return how sessions that cannot write are opened over `engine`; each sees one instant.

    An answer that takes two questions must not hold the halves of two states.
    """
    return open_sessions(
        engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
    )


def unwatched(table: type[R], /, **fields: Any) -> R:
    """Return a row for `copy_in`: made in a fraction of the time, as nothing notes what is set."""
    row = manager_of_class(table).new_instance()
    vars(row).update(fields)
    return row


def table_of(kind: type[DeclarativeBase]) -> Table:
    """Return the table of a class, for what is asked and written without its objects."""
    table = kind.__table__
    assert isinstance(table, Table)  # noqa: S101  # a class of ours stands on one
    return table


async def write_new(session: AsyncSession, *rows: DeclarativeBase) -> None:
    """Write new rows of any tables in one statement; they may refer to each other.

    It costs a fraction of adding them to the session, and none becomes part of it. A version must
    be given.
    """
    told: dict[str, Any] = {}
    shape: list[tuple[type[DeclarativeBase], Sequence[str]]] = []
    for number, row in enumerate(rows):
        values = _values_of(row)
        shape.append((type(row), tuple(values)))
        told |= {f"{column}_{number}": value for column, value in values.items()}
    await session.execute(_writing(tuple(shape)), told)


@cache
def _writing(shape: Sequence[tuple[type[DeclarativeBase], Sequence[str]]]) -> Insert:
    parts = [
        insert(table_of(kind))
        .values({name: _bound(kind, name, number) for name in columns})
        .inline()
        for number, (kind, columns) in enumerate(shape)
    ]
    return parts[-1].add_cte(*(part.cte(f"row_{at}") for at, part in enumerate(parts[:-1])))


def _bound(kind: type[DeclarativeBase], column: str, number: int) -> BindParameter[Any]:
    return bindparam(f"{column}_{number}", type_=table_of(kind).c[column].type)


def _values_of(row: DeclarativeBase) -> dict[str, Any]:
    given, values = vars(row), {}
    for field, column, default in _columns(type(row)):
        if field in given:
            values[column] = given[field]
        elif default is not None:
            values[column] = default()
    return values


@cache
def _columns(
    kind: type[DeclarativeBase],
) -> Sequence[tuple[str, str, Callable[[], Any] | None]]:
    """Return what a class calls each of its columns, and how one comes about that is not given."""
    return [
        (field.key, field.columns[0].name, _default(field.columns[0]))
        for field in inspect(kind).column_attrs
    ]


def _default(column: Any) -> Callable[[], Any] | None:
    made = getattr(column.default, "arg", None)
    if made is None:
        return None
    return partial(made, None) if callable(made) else lambda: made


async def copy_in(
    session: AsyncSession, kind: type[DeclarativeBase], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Write new rows of one table as fast as COPY does; defaults do not hold, every field counts.

    A row names its fields as the table's class does; of an object `vars` names them. No row
    becomes part of the session.
    """
    mapper = inspect(kind)
    columns = [column for column in mapper.local_table.columns if column.computed is None]
    fields = [
        (mapper.get_property_by_column(column).key, isinstance(column.type, JSONB))
        for column in columns
    ]

    def record(row: Mapping[str, Any]) -> Sequence[Any]:
        return [_in_json(row.get(name)) if json else row.get(name) for name, json in fields]

    records = [record(row) for row in rows]
    if not records:
        return
    connection = await (await session.connection()).get_raw_connection()
    await connection.driver_connection.copy_records_to_table(  # type: ignore[union-attr]  # asyncpg's
        mapper.local_table.name,  # type: ignore[attr-defined]  # a table, not a join
        records=records,
        columns=[column.name for column in columns],
    )


def _in_json(value: Any) -> str | None:
    return None if value is None else to_json(value).decode()


def is_away(failure: Exception) -> bool:
    """Say whether a failure tells that the database is away, rather than of what was asked."""
    if isinstance(failure, OSError | PoolTimeout):
        return True
    if isinstance(failure, DBAPIError) and failure.connection_invalidated:
        return True
    told = failure.orig if isinstance(failure, DBAPIError) else failure
    return str(getattr(told, "sqlstate", "")).startswith(AWAY)

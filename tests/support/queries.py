"""Counting what a test makes the database do."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

CountQueries = Callable[[int], AbstractContextManager[None]]
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK")


def count_queries_on(connection: Connection | Engine) -> CountQueries:
    """Return a context that fails unless exactly the expected number of statements ran."""

    @contextmanager
    def counting(expected: int) -> Iterator[None]:
        seen: list[str] = []

        def record(_: Any, __: Any, statement: str, *___: Any) -> None:
            if not statement.startswith(BOOKKEEPING):
                seen.append(statement)

        event.listen(connection, "before_cursor_execute", record)
        try:
            yield
        finally:
            event.remove(connection, "before_cursor_execute", record)
        assert len(seen) == expected, f"{len(seen)} queries:\n" + "\n".join(seen)

    return counting

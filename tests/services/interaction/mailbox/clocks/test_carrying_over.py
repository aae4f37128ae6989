import asyncio

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from shared.migration import configuration
from tests.support.databases import fresh_database

LETTER = """
INSERT INTO letters (id, number, code_digest, site_code, sponsoring, kind, state, may_publish,
    rounds, received_on, due_days, due_on, due_provisional, calendar_version, due_explanation,
    answered_on, organization, version)
  VALUES ('{id}', '{number}', '', '3403000006', '34.office', 'complaint', '{state}', false, 0,
    '2026-03-02', 15, '2026-03-23', false, 'v', '[]', {answered_on}, '34.roads', 1);
INSERT INTO letter_clocks (id, due_at) VALUES ('{id}', {due_at})
"""
RUNNING, OVERDUE, ANSWERED = (f"00000000-0000-7000-8000-00000000000{n}" for n in (1, 2, 3))
SITE = """
INSERT INTO sites (id, code, name, sponsoring)
  VALUES (gen_random_uuid(), '3403000006', '网站', '34.office')
"""
CLOCKS = """
SELECT letter_id::text, step, days, due_on::text, met_on::text, said, due_at IS NOT NULL
  FROM letter_clocks ORDER BY letter_id
"""
CARDS = "SELECT letter_id::text, organization, colour, state FROM letter_cards"
FORMER = "SELECT id::text, due_at IS NOT NULL FROM letter_clocks ORDER BY id"


@pytest.fixture
def url(worker_id: str) -> str:
    return fresh_database(f"zhengbu_test_{worker_id}_carrying_over")


@pytest.fixture
def history(url: str) -> Config:
    return configuration("interaction", url)


def _run(url: str, statements: str) -> list[tuple[object, ...]]:
    """Run statements one by one; return the rows of the last one."""

    async def run() -> list[tuple[object, ...]]:
        engine = create_async_engine(url)
        rows: list[tuple[object, ...]] = []
        async with engine.begin() as connection:
            for statement in statements.split(";"):
                result = await connection.execute(text(statement))
                rows = [tuple(row) for row in result] if result.returns_rows else []
        await engine.dispose()
        return rows

    return asyncio.run(run())


def _letter(of: str, state: str, answered_on: str, due_at: str) -> str:
    written = {"id": of, "number": of, "state": state}
    return LETTER.format(**written, answered_on=answered_on, due_at=due_at)


def test_clocks_are_carried_over_with_what_was_said_of_them(url: str, history: Config) -> None:
    command.upgrade(history, "27acc9ee5c38")
    _run(url, SITE)
    _run(url, _letter(RUNNING, "dispatched", "NULL", "now()"))
    _run(url, _letter(OVERDUE, "dispatched", "NULL", "NULL"))
    _run(url, _letter(ANSWERED, "answered", "'2026-03-09'", "NULL"))
    command.upgrade(history, "c10c4a7e51b2")
    assert _run(url, CLOCKS) == [
        (RUNNING, "answer", 15, "2026-03-23", None, [], True),
        (OVERDUE, "answer", 15, "2026-03-23", None, ["yellow-0"], True),
        (ANSWERED, "answer", 15, "2026-03-23", "2026-03-09", [], False),
    ]
    assert _run(url, CARDS) == [(OVERDUE, "34.roads", "yellow", "given")]
    assert _run(url, "SELECT supervising FROM sites") == [("34",)]
    command.downgrade(history, "27acc9ee5c38")
    assert _run(url, FORMER) == [(RUNNING, True), (OVERDUE, False), (ANSWERED, False)]

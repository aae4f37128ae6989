import asyncio
from typing import Any

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from shared.migration import configuration
from tests.support.databases import fresh_database

BEFORE, AFTER = "3a1c07d95e20", "febda2544d30"
LETTER = """
INSERT INTO letters (id, number, code_digest, site_code, sponsoring, kind, state, may_publish,
    organization, organization_name, rounds, received_on, due_days, due_on, due_provisional,
    calendar_version, due_explanation, answered_on, late, version)
  VALUES ('00000000-0000-0000-0000-000000000001', 'n', '', '3403000006', '34', 'help', 'answered',
    false, '34.roads', '城管局', 2, '2026-03-02', 15, '2026-03-23', false, 'v', '[]', '2026-03-09',
    false, 1);
INSERT INTO letter_answers (id, letter_id, round, sealed, answer_hash, author, written_at, verdict)
  VALUES (gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 1, 'returned', 'h1',
    'person:clerk', '2026-03-08T01:00:00Z', 'return');
INSERT INTO letter_answers
    (id, letter_id, round, sealed, answer_hash, author, written_at, verdict, decided_at)
  VALUES (gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 2, 'given', 'h2',
    'person:clerk', '2026-03-09T01:00:00Z', 'approve', '2026-03-09T02:00:00Z')
"""
ANSWERS = "SELECT organization, supplement, writers, policies, sketch FROM letter_answers"
REPLIES = "SELECT sealed, organization_name FROM letter_replies"


@pytest.fixture
def url(worker_id: str) -> str:
    return fresh_database(f"zhengbu_test_{worker_id}_answers_migration")


def _run(url: str, statements: str) -> list[tuple[Any, ...]]:
    async def run() -> list[tuple[Any, ...]]:
        engine = create_async_engine(url)
        rows: list[tuple[Any, ...]] = []
        async with engine.begin() as connection:
            for statement in statements.split(";"):
                result = await connection.execute(text(statement))
                rows = [tuple(row) for row in result] if result.returns_rows else []
        await engine.dispose()
        return rows

    return asyncio.run(run())


def test_writers_keep_the_answers_they_were_given_before_and_those_alone(url: str) -> None:
    history = configuration("interaction", url)
    command.upgrade(history, BEFORE)
    _run(url, LETTER)
    command.upgrade(history, AFTER)
    assert _run(url, ANSWERS) == [("34.roads", False, ["person:clerk"], [], [])] * 2
    assert _run(url, REPLIES) == [(b"given", "城管局")]
    command.downgrade(history, BEFORE)
    command.upgrade(history, "head")
    assert _run(url, REPLIES) == [(b"given", "城管局")]

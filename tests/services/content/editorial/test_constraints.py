"""What the database itself refuses, whoever writes to it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.db import Sessions
from shared.ids import new_id
from tests.factories.content import EDITOR, LEADER, Group

APPROVE = """
INSERT INTO approvals (id, item_id, content_hash, step, reviewer, decided_at)
  VALUES (:id, :item, 'another text', 'leader', :person, now())
"""
FORGERIES = {
    "an author's approval": APPROVE,
    "both approvals by one": "UPDATE approvals SET reviewer = :leader WHERE item_id = :item",
    "an author who reviews": "INSERT INTO parts VALUES (:item, :person, 'reviewer')",
    "a reviewer who wrote": "UPDATE parts SET kind = 'writer' WHERE item_id = :item",
    "another author": "UPDATE revisions SET author = :leader WHERE item_id = :item",
    "another text": "UPDATE revisions SET body = 'forged' WHERE item_id = :item",
    "a text never written": "DELETE FROM revisions WHERE item_id = :item",
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_no_statement_forges_who_wrote_and_who_reviewed(
    group: Group, sessions: Sessions, forgery: str
) -> None:
    item = await group.cleared()
    known = {"id": new_id(), "item": item["id"], "person": EDITOR.id, "leader": LEADER.id}
    async with sessions() as session:
        with pytest.raises(DBAPIError):
            await session.execute(text(FORGERIES[forgery]), known)
        await session.rollback()

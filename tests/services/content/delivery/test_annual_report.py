from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import update

from services.content.delivery.annual_report import counters
from services.content.topics.models import Topic
from services.content.topics.queries import YearOfTopics
from shared.contracts.content import ItemKind
from shared.contracts.item_text import InterpretationForm
from shared.contracts.registry import Column, ColumnKind
from shared.db import Sessions
from tests.factories.content import ADMIN, SITE, Group
from tests.factories.public import copies


class Some(NamedTuple):
    column_id: UUID
    kind: ItemKind
    form: InterpretationForm | None
    items: int


def _column(number: int, kind: ColumnKind) -> Column:
    return Column(id=UUID(int=number), site_code=SITE, name=kind, kind=kind, version=1)


def test_rows_count_the_columns_and_forms_they_name() -> None:
    news, policies, explained = (UUID(int=number) for number in (1, 2, 3))
    told = counters(
        SITE,
        2026,
        first_released=30,
        standing=[
            Some(news, ItemKind.NEWS, None, 10),
            Some(policies, ItemKind.POLICY, None, 5),
            Some(explained, ItemKind.INTERPRETATION, InterpretationForm.CHART, 3),
            Some(explained, ItemKind.INTERPRETATION, InterpretationForm.EXPERT, 2),
            Some(explained, ItemKind.INTERPRETATION, None, 1),
            Some(UUID(int=9), ItemKind.RESPONSE, None, 4),  # its column is gone
        ],
        columns=[
            _column(1, ColumnKind.NEWS),
            _column(2, ColumnKind.POLICIES),
            _column(3, ColumnKind.INTERPRETATIONS),
        ],
        topics=YearOfTopics(kept=3, opened=1),
        visits=7,
    )
    assert {row.code: row.count for row in told.rows} == {
        "published": 25,
        "overview_updates": 0,
        "news_updates": 10,
        "catalogue_updates": 5,
        "interpretations": 6,
        "interpretation_materials": 1,
        "interpretation_products": 3,
        "media_comments": 2,
        "responses": 4,
        "topics_kept": 3,
        "topics_opened": 1,
    }
    assert (told.first_released, told.standing, told.withdrawn) == (30, 25, 5)
    assert [column.count for column in told.columns] == [10, 5, 6]


async def test_a_site_s_year_is_counted_in_beijing(group: Group, sessions: Sessions) -> None:
    item = await group.released()
    await group.released(kind="news")
    await group.withdraw(await group.released(kind="news"))
    # Copies keep the instant of their change: only what stands live tells their year.
    await copies(sessions, item["id"], 1, apart=timedelta(days=90))
    await group.client.post(f"/v1/public/items/{item['id']}/visits")
    read = await group.send(ADMIN, "GET", f"/v1/sites/{SITE}/annual-counters?year=2026")
    told = read.json()
    assert (told["standing"], told["visits"]) == (2, 1)
    assert told["kinds"] == [{"kind": "news", "count": 1}, {"kind": "policy", "count": 1}]
    counted = {column["name"]: column["count"] for column in told["columns"]}
    assert counted == {"news": 1, "policies": 1, "interpretations": 0}
    empty = await group.send(ADMIN, "GET", f"/v1/sites/{SITE}/annual-counters?year=2024")
    assert (empty.json()["first_released"], empty.json()["standing"]) == (0, 0)


async def test_what_was_withdrawn_is_only_a_number(group: Group) -> None:
    await group.released()
    await group.withdraw(await group.released())
    read = await group.send(ADMIN, "GET", f"/v1/sites/{SITE}/annual-counters?year=2026")
    told = read.json()
    assert (told["first_released"], told["standing"], told["withdrawn"]) == (2, 1, 1)


async def test_topics_count_in_every_year_in_which_they_were_open(
    group: Group, sessions: Sessions
) -> None:
    moments = [("2024-05-01", "2025-12-31T15:59:59Z"), ("2025-05-01", None), ("2026-02-01", None)]
    for opened, closed in moments:
        topic_id = UUID(await group.topic())
        fields = {"registered_at": datetime.fromisoformat(f"{opened}T00:00:00Z")}
        if closed:
            fields["closed_at"] = datetime.fromisoformat(closed)
        async with sessions.begin() as session:
            changed = update(Topic).where(Topic.id == topic_id)
            await session.execute(changed.values(**fields))
    told = []
    for year in (2023, 2024, 2025, 2026):
        path = f"/v1/sites/{SITE}/annual-counters?year={year}"
        rows = (await group.send(ADMIN, "GET", path)).json()["rows"]
        counted = {row["code"]: row["count"] for row in rows}
        told.append((counted["topics_kept"], counted["topics_opened"]))
    assert told == [(0, 0), (1, 1), (2, 1), (2, 1)]

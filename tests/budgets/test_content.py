"""What each public read may cost: statements, however many rows there are.

A new public route takes a row here; a list may cost three statements, a detail two.
"""

from typing import NamedTuple

import pytest
from fastapi import FastAPI

from shared.db import Sessions
from tests.factories.content import SITE, Group
from tests.factories.public import copies
from tests.support.queries import CountQueries

LIST, DETAIL = 3, 2


class Budget(NamedTuple):
    """A route, an address of it, and how many statements it takes: always the same."""

    route: str
    query: str
    statements: int
    limit: int


BUDGETS = (
    Budget("/v1/public/items", "first=100", 1, LIST),
    Budget("/v1/public/items", "first=100&kind=policy&year=2026&subject=综合政务", 1, LIST),
    Budget("/v1/public/columns/{column_id}/items", "first=100", 2, LIST),
    Budget("/v1/public/search", "first=100&q=通知", 2, LIST),
    Budget("/v1/public/search", "first=100&q=“政府网站” 工作&order=relevance", 2, LIST),
    Budget("/v1/public/changes", "first=100", 1, LIST),
    Budget("/v1/public/sites", "", 1, LIST),
    Budget("/v1/public/columns", "id={column_id}", 1, LIST),
    Budget("/v1/public/sites/{code}/columns", "", 1, LIST),
    Budget("/v1/public/sites/{site_code}/catalogue", "first=100", 2, LIST),
    Budget("/v1/public/sites/{site_code}/catalogue/counts", "", 2, LIST),
    Budget("/v1/public/sites/{code}/feed.{form}", "", 2, LIST),
    Budget("/v1/public/columns/{column_id}/feed.{form}", "", 3, LIST),
    Budget("/v1/public/sites/{code}/sitemap.xml", "", 2, LIST),
    Budget("/v1/public/sites/{code}/sitemaps/{part}.xml", "", 1, LIST),
    Budget("/v1/public/column-kinds", "", 0, LIST),
    Budget("/v1/public/policies/in-force", "first=100", 1, LIST),
    Budget("/v1/public/topics", "", 1, LIST),
    Budget("/v1/public/topics/{topic_id}/timeline", "first=100", 1, LIST),
    Budget("/v1/public/topics/{topic_id}", "", 1, DETAIL),
    Budget("/v1/public/items/{item_id}", "", 1, DETAIL),
    Budget("/v1/public/items/{item_id}/labels", "", 2, DETAIL),
    Budget("/v1/public/items/{item_id}/share", "", 2, DETAIL),
    Budget("/v1/public/items/{item_id}/manifest", "", 1, DETAIL),
    Budget("/v1/public/items/{item_id}/qr.svg", "", 1, DETAIL),
    Budget("/v1/public/items/{item_id}/visits", "", 2, DETAIL),
    Budget("/v1/public/columns/{column_id}", "", 1, DETAIL),
    Budget("/v1/public/columns/{column_id}/labels", "", 1, DETAIL),
    Budget("/v1/public/sites/{code}", "", 2, DETAIL),
    Budget("/v1/public/sites/{code}/labels", "", 1, DETAIL),
)


def test_every_public_read_has_a_budget(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    read = {path for path in paths if path.startswith("/v1/public/") and "get" in paths[path]}
    read -= {"/v1/public/assets/{asset_id}/{name}"}  # streams a file: tests of assets
    assert read == {budget.route for budget in BUDGETS}


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: f"{budget.route}?{budget.query}")
def test_no_budget_is_above_its_limit(budget: Budget) -> None:
    assert budget.statements <= budget.limit


async def test_a_read_costs_the_same_however_much_there_is(
    group: Group, sessions: Sessions, count_queries: CountQueries
) -> None:
    topic_id = await group.topic()
    item = await group.released(subject="综合政务/政务公开", topic_id=topic_id)
    parts = {
        "topic_id": topic_id,
        "item_id": item["id"],
        "column_id": item["column_id"],
        "code": SITE,
    }
    parts |= {"site_code": SITE, "form": "atom", "part": "2026-03-1"}
    there = 1
    for rows in (1, 20, 100):
        await copies(sessions, item["id"], rows - there)
        there = rows
        for budget in BUDGETS:
            address = f"{budget.route}?{budget.query}".format(**parts)
            with count_queries(budget.statements):
                answer = await group.client.get(address)
            assert answer.status_code == 200, (address, answer.text)
            if "first=100" in budget.query:
                body = answer.json()
                told = body.get("items", body.get("changes"))
                assert len(told) == rows, address

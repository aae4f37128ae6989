from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from services.content.release.models import Live, Validity
from services.content.release.queries import validity as queries
from services.content.release.validity import Mark, in_force
from shared.contracts.content import ItemKind
from shared.contracts.standing import ValidityState
from shared.db import Sessions
from shared.pagination import Asked, Cursors
from tests.factories.content import COUNTY_SITE, LEADER, SITE, Group
from tests.support.people import NOW
from tests.support.queries import CountQueries

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 6).map(lambda days: FIRST + timedelta(days=days))
CURSORS = Cursors("cursor key of the tests")
COPIED = set(Live.__mapper__.columns.keys()) - {"tokens"}


class Policy(NamedTuple):
    start: date
    expires_on: date | None
    marks: Sequence[Mark]


POLICIES = st.lists(
    st.builds(
        Policy,
        DAYS,
        st.none() | DAYS,
        st.lists(st.builds(Mark, DAYS, st.sampled_from(ValidityState)), max_size=4),
    ),
    max_size=8,
)


async def _in_force(group: Group, query: str = "") -> list[str]:
    """Return the ids of the policies in force, turning every page."""
    found, after = [], ""
    while True:
        page = await group.client.get(f"/v1/public/policies/in-force?first=1{query}{after}")
        assert page.status_code == 200, page.text
        found += [policy["id"] for policy in page.json()["items"]]
        if page.json()["next"] is None:
            return found
        after = f"&after={page.json()['next']}"


async def test_a_policy_is_in_force_from_the_best_known_first_day(group: Group) -> None:
    stated = await group.released(in_force_on="2026-04-01", written_on="2026-02-01")
    written = await group.released(written_on="2026-02-01")
    public = await group.released()
    await group.released(kind="news")
    for on, expected in (
        ("2026-01-31", []),
        ("2026-02-01", [written]),
        ("2026-03-02", [public, written]),
        ("2026-04-01", [stated, public, written]),
    ):
        assert await _in_force(group, f"&on={on}") == [item["id"] for item in expected]
    assert await _in_force(group) == [public["id"], written["id"]]
    assert await _in_force(group, f"&site_code={SITE}") == [public["id"], written["id"]]
    assert await _in_force(group, f"&site_code={COUNTY_SITE}") == []


async def test_what_was_repealed_or_withdrawn_is_not_in_force(group: Group) -> None:
    repealed, withdrawn = await group.released(), await group.released()
    new = {"state": "repealed", "since": "2026-03-10", "reason": "清理"}
    path = f"/v1/items/{repealed['id']}/validity"
    assert (await group.send(LEADER, "POST", path, new)).status_code == 201
    assert await _in_force(group, "&on=2026-03-09") == [withdrawn["id"], repealed["id"]]
    assert await _in_force(group, "&on=2026-03-10") == [withdrawn["id"]]
    await group.withdraw(withdrawn)
    assert await _in_force(group, "&on=2026-03-09") == [repealed["id"]]


async def test_a_page_costs_one_query(group: Group, count_queries: CountQueries) -> None:
    await group.released(expires_on="2026-12-31")
    with count_queries(1):
        page = await group.client.get("/v1/public/policies/in-force")
    assert page.json()["items"][0]["expires_on"] == "2026-12-31"


async def _lay_down(sessions: Sessions, policies: Sequence[Policy]) -> list[UUID]:
    """Put these policies and their marks beside the one item there is, in place of all others."""
    ids = [uuid4() for _ in policies]
    async with sessions.begin() as session:
        await session.execute(delete(Validity))
        await session.execute(delete(Live).where(Live.kind == ItemKind.POLICY))
        (item,) = await session.scalars(select(Live))
        like = {name: getattr(item, name) for name in COPIED}
        steps = count(1)
        for item_id, policy in zip(ids, policies, strict=True):
            of = {"item_id": item_id, "kind": ItemKind.POLICY, "effective_from": policy.start}
            session.add(Live(**like | of | {"expires_on": policy.expires_on}))
            for mark in policy.marks:
                kept = {"reason": "x", "recorded_by": "x", "recorded_at": NOW, "seq": next(steps)}
                session.add(Validity(item_id=item_id, **mark._asdict(), **kept))
    return ids


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(policies=POLICIES)
async def test_the_query_answers_as_the_rule_says(
    group: Group, sessions: Sessions, policies: list[Policy]
) -> None:
    async with sessions() as session:
        known = await session.scalar(select(func.count(Live.item_id)))
    if not known:
        await group.released(kind="news")
    ids = await _lay_down(sessions, policies)
    async with sessions() as session:
        for on in (FIRST + timedelta(days=days) for days in range(-1, 9)):
            page = await queries.in_force(session, on, None, Asked(CURSORS, 100))
            assert {policy.id for policy in page.items} == {
                item_id
                for item_id, policy in zip(ids, policies, strict=True)
                if in_force(on, policy.start, policy.expires_on, policy.marks)
            }

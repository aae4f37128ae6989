import asyncio
from typing import Any

import pytest

from tests.factories.content import Group
from tests.services.content.registry.supervision.test_applying import OTHER_ADMIN, filed


async def test_of_two_who_decide_at_once_one_is_too_late(real_group: Group) -> None:
    application = await filed(real_group)
    answers = await asyncio.gather(
        real_group.decide(application),
        real_group.decide(application, "refuse", OTHER_ADMIN, reason="不同意"),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_two_moves_approved_at_once_make_no_circle(real_group: Group) -> None:
    news, policies = real_group.columns["news"], real_group.columns["policies"]
    one = await filed(real_group, "move_column", column_id=news, parent_id=policies)
    other = await filed(real_group, "move_column", column_id=policies, parent_id=news)
    answers = await asyncio.gather(real_group.decide(one), real_group.decide(other))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def merging(group: Group, old: str, target: str) -> Any:
    from_id, into_id = group.columns[old], group.columns[target]
    return await filed(group, "merge_columns", from_id=from_id, into_id=into_id)


@pytest.mark.parametrize("turned", [False, True])
async def test_two_mergers_approved_at_once_lead_on_in_one_step(
    real_group: Group,
    turned: bool,  # noqa: FBT001  # a table
) -> None:
    both = [
        await merging(real_group, "news", "policies"),
        await merging(real_group, "policies", "interpretations"),
    ]
    asked = both[::-1] if turned else both
    answers = await asyncio.gather(*(real_group.decide(each) for each in asked))
    assert [answer.status_code for answer in answers] == [200, 200]
    target = real_group.columns["interpretations"]
    for old in ("news", "policies"):
        path = f"/v1/public/columns/{real_group.columns[old]}"
        moved = await real_group.client.get(path)
        assert moved.headers["Location"] == f"/v1/public/columns/{target}"


async def test_two_columns_merged_into_each_other_at_once_do_not_both_vanish(
    real_group: Group,
) -> None:
    one = await merging(real_group, "news", "policies")
    other = await merging(real_group, "policies", "news")
    answers = await asyncio.gather(real_group.decide(one), real_group.decide(other))
    assert sorted(answer.status_code for answer in answers) == [200, 422]

from typing import Any

from tests.factories.content import Group
from tests.services.content.conftest import Unchanged


def _link(item: Any) -> dict[str, str | None]:
    form = item["interpretation_form"]
    return {"id": item["id"], "title": item["title"], "form": form}


async def _interpretation(group: Group, policy: Any, **fields: Any) -> Any:
    return await group.cleared(
        kind="interpretation", title="政策解读", interprets=policy["id"], **fields
    )


async def test_a_policy_to_be_interpreted_does_not_go_out_alone(
    group: Group, unchanged: Unchanged
) -> None:
    policy = await group.cleared(to_be_interpreted=True)
    async with unchanged():
        refused = await group.release(policy)
    assert [fault["code"] for fault in refused.json()["faults"]] == ["interpretation_missing"]


async def test_an_interpretation_does_not_go_out_before_its_policy(
    group: Group, unchanged: Unchanged
) -> None:
    policy = await group.cleared()
    interpretation = await _interpretation(group, policy)
    async with unchanged():
        refused = await group.release(interpretation)
    assert [fault["code"] for fault in refused.json()["faults"]] == ["policy_missing"]


async def test_both_go_out_at_one_instant_and_lead_to_each_other(group: Group) -> None:
    policy = await group.cleared(to_be_interpreted=True)
    interpretation = await _interpretation(group, policy)
    done = await group.release(policy, interpretation)
    assert done.status_code == 201, done.text
    shown = await group.public(policy), await group.public(interpretation)
    assert {item["release_seq"] for item in shown} == {done.json()["seq"]}
    assert shown[0]["interpretations"] == [_link(interpretation)]
    assert shown[1]["interprets"] == _link(policy)


async def test_an_interpretation_that_follows_is_linked_from_its_policy(group: Group) -> None:
    policy = await group.released()
    interpretation = await _interpretation(group, policy, interpretation_form="chart")
    done = await group.release(interpretation)
    shown = await group.public(policy)
    assert shown["interpretations"] == [_link(interpretation)]
    assert shown["release_seq"] == done.json()["seq"]


async def test_a_draft_interpretation_is_not_linked(group: Group) -> None:
    policy = await group.released()
    await _interpretation(group, policy)
    assert (await group.public(policy))["interpretations"] == []


async def test_what_leads_to_a_withdrawn_item_leads_there_no_more(group: Group) -> None:
    policy = await group.released()
    interpretation = await _interpretation(group, policy)
    await group.release(interpretation)
    await group.withdraw(interpretation)
    assert (await group.public(policy))["interpretations"] == []


async def test_an_interpretation_leaves_with_its_policy_and_finds_it_again_when_both_come_back(
    group: Group,
) -> None:
    policy = await group.released()
    interpretation = await _interpretation(group, policy)
    await group.release(interpretation)
    await group.withdraw(policy)
    gone = await group.client.get(f"/v1/public/items/{interpretation['id']}")
    assert gone.status_code == 410
    policy = await group.cleared_again(policy)
    assert (await group.release(policy)).status_code == 201
    assert (await group.public(policy))["interpretations"] == []
    assert (await group.release(interpretation)).status_code == 201
    assert (await group.public(interpretation))["interprets"] == _link(policy)
    assert (await group.public(policy))["interpretations"] == [_link(interpretation)]


async def test_a_new_title_is_seen_from_everywhere_that_leads_to_it(group: Group) -> None:
    policy = await group.released(title="旧题")
    interpretation = await _interpretation(group, policy)
    await group.release(interpretation)
    revised = await group.revised(policy, correction_note="更正标题。", title="新题")
    assert (await group.release(revised)).status_code == 201
    assert (await group.public(interpretation))["interprets"]["title"] == "新题"
    renamed = await group.revised(interpretation, correction_note="更正标题。", title="新的解读")
    assert (await group.release(renamed)).status_code == 201
    assert (await group.public(policy))["interpretations"] == [_link(renamed)]


async def test_an_interpretation_that_moves_on_leaves_its_old_policy(group: Group) -> None:
    old, new = await group.released(title="甲"), await group.released(title="乙")
    interpretation = await _interpretation(group, old)
    await group.release(interpretation)
    moved = await group.revised(interpretation, correction_note="更正标题。", interprets=new["id"])
    assert (await group.release(moved)).status_code == 201
    assert (await group.public(old))["interpretations"] == []
    assert (await group.public(new))["interpretations"] == [_link(moved)]

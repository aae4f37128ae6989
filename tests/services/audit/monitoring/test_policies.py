from datetime import timedelta

from shared.business_day import business_date, end_of
from shared.contracts.content import ItemKind
from shared.ids import new_id
from tests.factories import audit as told
from tests.services.audit.conftest import Office


async def release_policy(office: Office) -> None:
    await office.hear(told.release(office.clock.now, kind=ItemKind.POLICY, to_be_interpreted=True))


async def interpret(office: Office) -> None:
    interpretation = told.release(
        office.clock.now, new_id(), ItemKind.INTERPRETATION, interprets=told.ITEM
    )
    await office.hear(interpretation)


async def test_an_interpretation_of_the_same_day_leaves_nothing_to_find(office: Office) -> None:
    await release_policy(office)
    await office.tick()
    office.clock.pass_by(hours=2)
    await interpret(office)
    await office.tick()
    office.clock.pass_by(days=3)
    await office.tick()
    assert await office.findings() == []


async def test_a_policy_alone_is_found_the_next_day_until_it_is_interpreted(
    office: Office,
) -> None:
    await release_policy(office)
    await office.tick()
    assert await office.findings() == []
    office.clock.pass_by(hours=15)  # midnight in Bengbu
    await office.tick()
    [finding] = await office.findings(open=True)
    assert (finding["kind"], finding["evidence"]) == ("policy_uninterpreted", [2])
    office.clock.pass_by(hours=1)
    await interpret(office)
    await office.tick()
    [finding] = await office.findings()
    assert (finding["closed_at"] is None, finding["unfounded"]) == (False, False)


async def test_an_interpretation_that_may_follow_is_found_missing_after_its_last_day(
    office: Office,
) -> None:
    last = business_date(office.clock.now) + timedelta(days=3)
    policy = told.release(
        office.clock.now,
        kind=ItemKind.POLICY,
        to_be_interpreted=True,
        interpretation_due_on=last,
    )
    await office.hear(policy)
    await office.tick()
    office.clock.now = end_of(last) - timedelta(seconds=1)
    await office.tick()
    assert await office.findings() == []
    office.clock.now = end_of(last)
    await office.tick()
    [finding] = await office.findings(open=True)
    assert finding["kind"] == "policy_uninterpreted"
    assert str(last) in finding["summary"]


async def test_withdrawing_the_policy_ends_the_matter(office: Office) -> None:
    await release_policy(office)
    office.clock.pass_by(days=1)
    await office.tick()
    office.clock.pass_by(hours=1)
    await office.hear(told.withdrawal())
    await office.tick()
    assert await office.findings(open=True) == []

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from services.audit.trail.models import Entry
from shared.contracts.declining import DeclineRuling
from shared.contracts.directives import DeclineRuled, ObligationState
from shared.ids import new_id
from tests.factories import audit as told
from tests.factories.audit import OTHER_SITE, SITE
from tests.services.audit.conftest import Office

A_MOMENT = timedelta(seconds=1)


async def kinds(office: Office, *, open: bool) -> list[str]:
    return [finding["kind"] for finding in await office.findings(open=open)]


async def test_a_deadline_that_passes_is_found_with_or_without_being_told(
    office: Office,
) -> None:
    await office.hear(told.release(office.clock.now), told.directive(SITE, OTHER_SITE))
    office.clock.now = told.DEADLINE
    await office.tick()
    assert await kinds(office, open=True) == []
    office.clock.now = told.DEADLINE + A_MOMENT
    await office.tick()
    await office.hear(told.missed())
    [finding] = await office.findings()
    assert finding["kind"] == "repost_late"
    assert finding["summary"] == "未在截止时间前转载《关于公布目录的通知》。"
    assert finding["evidence"] == [3]


async def test_missing_the_deadline_is_found_at_once(office: Office) -> None:
    office.clock.now = told.DEADLINE + A_MOMENT
    await office.hear(told.missed())
    assert await kinds(office, open=True) == ["repost_late"]


async def test_reposting_in_time_leaves_nothing_to_find(office: Office) -> None:
    await office.hear(told.directive(), told.settled(ObligationState.ACCEPTED))
    office.clock.now = told.DEADLINE + A_MOMENT
    await office.tick()
    assert await kinds(office, open=True) == []


async def test_an_answer_heard_before_its_directive_is_not_forgotten(office: Office) -> None:
    await office.hear(told.settled(ObligationState.ACCEPTED), told.directive())
    office.clock.now = told.DEADLINE + A_MOMENT
    await office.tick()
    assert await kinds(office, open=True) == []


@pytest.mark.parametrize("seen_before", [True, False])
async def test_a_late_repost_is_one_finding_that_is_closed(
    office: Office, *, seen_before: bool
) -> None:
    await office.hear(told.directive())
    office.clock.now = told.DEADLINE + timedelta(hours=1)
    if seen_before:
        await office.tick()
        office.clock.pass_by(hours=1)
    await office.hear(told.settled(ObligationState.ACCEPTED, late=True))
    [finding] = await office.findings()
    assert (finding["kind"], finding["unfounded"]) == ("repost_late", False)
    assert finding["closed_at"] is not None


async def test_declining_is_found_at_once(office: Office) -> None:
    await office.hear(told.directive(), told.settled(ObligationState.DECLINED))
    assert await kinds(office, open=True) == ["repost_declined"]


async def test_a_withdrawn_directive_closes_what_it_caused(office: Office) -> None:
    await office.hear(told.directive(), told.settled(ObligationState.DECLINED))
    office.clock.pass_by(hours=1)
    await office.hear(told.directive_withdrawn())
    [finding] = await office.findings()
    assert (finding["closed_at"] is None, finding["unfounded"]) == (False, False)
    office.clock.now = told.DEADLINE + A_MOMENT
    await office.tick()
    assert len(await office.findings()) == 1


@pytest.mark.parametrize("state", [ObligationState.LIVE_VERIFIED, ObligationState.LIVE_CLAIMED])
async def test_a_page_that_shows_the_text_or_none_is_kept_in_the_trail_and_no_finding(
    office: Office, state: ObligationState
) -> None:
    await office.hear(told.directive(), told.claimed(), told.settled(ObligationState.ACCEPTED))
    await office.hear(told.judged(state))
    office.clock.now = told.DEADLINE + A_MOMENT
    await office.tick()
    assert await kinds(office, open=True) == []
    async with office.sessions() as session:
        types = list(await session.scalars(select(Entry.type).order_by(Entry.sequence)))
    assert [types[-3], types[-1]] == ["content.obligation.claimed", "content.obligation.judged"]


async def _diverge(office: Office) -> None:
    await office.hear(told.directive(), told.settled(ObligationState.ACCEPTED))
    office.clock.pass_by(hours=1)
    await office.hear(told.judged(ObligationState.DIVERGED, matched=0.932))


async def test_a_page_that_shows_another_text_is_found_with_the_evidence(office: Office) -> None:
    await _diverge(office)
    [finding] = await office.findings(open=True)
    assert (finding["kind"], finding["evidence"]) == ("repost_diverged", [2, 3, 4])
    assert finding["summary"] == (
        "转载的指定的信息与原文不一致：https://www.bengbu.gov.cn/1，与原文相同的部分占 93.20%"
        f"（核验记录 {told.ITEM}）。"
    )


async def test_only_a_page_that_shows_the_text_again_is_mended(office: Office) -> None:
    await _diverge(office)
    await office.hear(told.judged(ObligationState.LIVE_CLAIMED))
    assert await kinds(office, open=True) == ["repost_diverged"]
    office.clock.pass_by(hours=1)
    await office.hear(told.judged(ObligationState.LIVE_VERIFIED))
    [finding] = await office.findings()
    assert (finding["closed_at"] is None, finding["unfounded"]) == (False, False)
    office.clock.pass_by(hours=1)
    await office.hear(told.judged(ObligationState.DIVERGED))
    assert await kinds(office, open=True) == ["repost_diverged"]
    assert len(await office.findings()) == 2


async def test_a_withdrawn_directive_closes_what_diverged(office: Office) -> None:
    await _diverge(office)
    office.clock.pass_by(hours=1)
    await office.hear(told.directive_withdrawn())
    assert await kinds(office, open=True) == []


async def test_a_site_told_later_is_late_by_its_own_deadline(office: Office) -> None:
    later = "3403210009"
    await office.hear(told.site(later), told.directive(), told.extended(later))
    office.clock.now = told.DEADLINE + A_MOMENT
    await office.tick()
    assert [each["site_code"] for each in await office.findings()] == [SITE]
    office.clock.pass_by(days=1)
    await office.tick()
    assert {each["site_code"] for each in await office.findings()} == {SITE, later}


async def test_reminders_and_escalations_are_in_the_trail_and_change_no_finding(
    office: Office,
) -> None:
    office.clock.now = told.DEADLINE - A_MOMENT
    await office.hear(told.directive(), told.due_soon())
    assert await kinds(office, open=True) == []
    office.clock.now = told.DEADLINE + A_MOMENT
    await office.hear(told.missed(), told.escalated())
    assert await kinds(office, open=True) == ["repost_late"]


def _ruled(ruling: DeclineRuling, deadline: datetime = told.DEADLINE) -> DeclineRuled:
    state = ObligationState.DECLINED
    if ruling is DeclineRuling.REJECT:
        state = ObligationState.DELIVERED
    return DeclineRuled(
        obligation_id=new_id(),
        directive_id=told.DIRECTIVE,
        item_id=told.ITEM,
        site_code=SITE,
        ruling=ruling,
        state=state,
        deadline=deadline,
    )


async def test_who_was_let_off_has_declined_to_no_fault(office: Office) -> None:
    await office.hear(told.directive(), told.settled(ObligationState.DECLINED))
    office.clock.pass_by(hours=1)
    await office.hear(_ruled(DeclineRuling.ACCEPT))
    assert await kinds(office, open=True) == []
    office.clock.now = told.DEADLINE + A_MOMENT
    await office.tick()
    assert await kinds(office, open=True) == []


async def test_who_has_to_repost_all_the_same_is_late_by_the_new_deadline(
    office: Office,
) -> None:
    later = told.DEADLINE + timedelta(days=2)
    await office.hear(told.directive(), told.settled(ObligationState.DECLINED))
    await office.hear(_ruled(DeclineRuling.REJECT, later))
    office.clock.now = told.DEADLINE + A_MOMENT
    await office.tick()
    assert await kinds(office, open=True) == []
    office.clock.now = later + A_MOMENT
    await office.tick()
    assert await kinds(office, open=True) == ["repost_late"]

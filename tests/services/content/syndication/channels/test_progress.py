from datetime import UTC, datetime, timedelta

import pytest

from services.content.syndication.channels.platform import Means, Told, figures
from services.content.syndication.channels.progress import Next, Standing, after, next_step
from services.content.syndication.partners.retry import figures as retrying
from shared.contracts.channels import ChannelKind, PostState, Step, Unwanted

WECHAT, WEIBO = ChannelKind.WECHAT, ChannelKind.WEIBO
WAITING, SUBMITTED, PUBLISHED = PostState.WAITING, PostState.SUBMITTED, PostState.PUBLISHED
FAILED, STANDING, CANCELLED = PostState.FAILED, PostState.STANDING, PostState.CANCELLED
WITHDRAWN = Unwanted.WITHDRAWN
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
LAST = retrying().most_attempts
SHOWN = timedelta(seconds=figures().lost_seconds)
AT_ONCE = timedelta()


def answered(step: Step, means: Means, post: Standing) -> Next:
    return after(step, Told(means, "1", "平台的话"), post, now=NOW, chance=0.5)


@pytest.mark.parametrize(
    ("kind", "post", "step"),
    [
        (WECHAT, Standing(WAITING), Step.DRAFT),
        (WEIBO, Standing(WAITING), Step.SHARE),
        (WECHAT, Standing(WAITING, draft_id="d"), Step.SUBMIT),
        (WECHAT, Standing(WAITING, draft_id="d", drafted_otherwise=True), Step.DROP_DRAFT),
        (WECHAT, Standing(WAITING, WITHDRAWN, draft_id="d"), Step.DROP_DRAFT),
        (WECHAT, Standing(WAITING, unsure=True, draft_id="d"), Step.LOOK_UP),
        (WEIBO, Standing(WAITING, WITHDRAWN, unsure=True), Step.LOOK_UP),
        (WEIBO, Standing(WAITING, WITHDRAWN), None),
        (WECHAT, Standing(SUBMITTED), Step.POLL),
        (WECHAT, Standing(SUBMITTED, WITHDRAWN, draft_id="d"), Step.POLL),
        (WEIBO, Standing(PUBLISHED, WITHDRAWN), Step.DELETE),
    ],
)
def test_what_is_done_next_follows_from_how_a_post_stands(
    kind: ChannelKind, post: Standing, step: Step | None
) -> None:
    assert next_step(kind, post) is step


@pytest.mark.parametrize(
    ("step", "means", "post", "state", "wait", "unsure"),
    [
        (Step.DRAFT, Means.DONE, Standing(WAITING), WAITING, AT_ONCE, False),
        (Step.DRAFT, Means.REFUSED, Standing(WAITING), FAILED, None, False),
        (Step.DRAFT, Means.REFUSED, Standing(WAITING, WITHDRAWN), CANCELLED, None, False),
        (Step.SUBMIT, Means.GONE, Standing(WAITING, draft_id="d"), WAITING, SHOWN, True),
        (Step.SUBMIT, Means.LOST, Standing(WAITING), WAITING, SHOWN, True),
        (Step.SUBMIT, Means.REFUSED, Standing(WAITING), FAILED, None, False),
        (Step.SHARE, Means.DONE, Standing(WAITING), PUBLISHED, None, False),
        (Step.SHARE, Means.DONE, Standing(WAITING, WITHDRAWN), PUBLISHED, AT_ONCE, False),
        (Step.SHARE, Means.ACCEPTED, Standing(WAITING), WAITING, SHOWN, True),
        (Step.SHARE, Means.LOST, Standing(WAITING), WAITING, SHOWN, True),
        (Step.SHARE, Means.LOST, Standing(WAITING, tries=LAST), FAILED, None, True),
        (Step.SHARE, Means.BUSY, Standing(WAITING, tries=LAST), FAILED, None, False),
        (Step.SHARE, Means.REPEATED, Standing(WAITING), FAILED, None, False),
        (Step.SHARE, Means.REPEATED, Standing(WAITING, looks=1), WAITING, SHOWN, True),
        (Step.SHARE, Means.REPEATED, Standing(WAITING, looks=3), FAILED, None, True),
        (Step.SHARE, Means.GONE, Standing(WAITING), FAILED, None, False),
        (Step.LOOK_UP, Means.DONE, Standing(WAITING, unsure=True), PUBLISHED, None, False),
        (Step.LOOK_UP, Means.ABSENT, Standing(WAITING, unsure=True), WAITING, AT_ONCE, False),
        (Step.LOOK_UP, Means.ABSENT, Standing(WAITING, WITHDRAWN), CANCELLED, None, False),
        (Step.LOOK_UP, Means.PENDING, Standing(WAITING, looks=1), WAITING, SHOWN, True),
        (Step.LOOK_UP, Means.PENDING, Standing(WAITING, looks=3), FAILED, None, True),
        (Step.LOOK_UP, Means.REFUSED, Standing(WAITING, looks=1), WAITING, SHOWN, True),
        (Step.LOOK_UP, Means.FORBIDDEN, Standing(WAITING, looks=3), FAILED, None, True),
        (Step.LOOK_UP, Means.PENDING, Standing(WAITING, WITHDRAWN, looks=3), STANDING, None, True),
        (Step.POLL, Means.DONE, Standing(SUBMITTED), PUBLISHED, None, False),
        (Step.POLL, Means.REFUSED, Standing(SUBMITTED), FAILED, None, False),
        (Step.POLL, Means.GONE, Standing(SUBMITTED), PostState.DELETED, None, False),
        (Step.POLL, Means.LOST, Standing(SUBMITTED, tries=LAST), FAILED, None, True),
        (Step.DELETE, Means.DONE, Standing(PUBLISHED, WITHDRAWN), PostState.DELETED, None, False),
        (Step.DELETE, Means.GONE, Standing(PUBLISHED, WITHDRAWN), PostState.DELETED, None, False),
        (Step.DELETE, Means.REFUSED, Standing(PUBLISHED, WITHDRAWN), STANDING, None, False),
        (Step.DELETE, Means.FORBIDDEN, Standing(PUBLISHED, WITHDRAWN), STANDING, None, False),
        (Step.DELETE, Means.LOST, Standing(PUBLISHED, tries=LAST), STANDING, None, False),
        (Step.DROP_DRAFT, Means.DONE, Standing(WAITING, draft_id="d"), WAITING, AT_ONCE, False),
        (Step.DROP_DRAFT, Means.GONE, Standing(WAITING, WITHDRAWN), CANCELLED, None, False),
        (Step.DROP_DRAFT, Means.REFUSED, Standing(WAITING, WITHDRAWN), STANDING, None, False),
        (Step.DELETE, Means.BLOCKED, Standing(PUBLISHED, WITHDRAWN), PUBLISHED, AT_ONCE, False),
        (Step.SHARE, Means.BLOCKED, Standing(WAITING, unsure=True), WAITING, AT_ONCE, True),
        (Step.SHARE, Means.FORBIDDEN, Standing(WAITING), WAITING, AT_ONCE, False),
    ],
)
def test_what_an_answer_makes_of_a_post(
    step: Step,
    means: Means,
    post: Standing,
    state: PostState,
    wait: timedelta | None,
    unsure: bool,  # noqa: FBT001  # a table
) -> None:
    found = answered(step, means, post)
    assert (found.state, found.wait, found.unsure) == (state, wait, unsure)


def test_a_platform_that_is_away_is_asked_again_at_growing_distances() -> None:
    waits = [
        answered(Step.DRAFT, Means.LOST, Standing(WAITING, tries=tries)).wait
        for tries in range(1, LAST)
    ]
    assert waits == [timedelta(seconds=each) for each in retrying().pauses_seconds]
    gone = answered(Step.DRAFT, Means.GONE, Standing(WAITING, tries=2))
    assert (gone.state, gone.wait) == (WAITING, waits[1])


def test_a_quota_that_is_used_up_comes_back_at_midnight_in_beijing() -> None:
    found = answered(Step.SUBMIT, Means.DAILY, Standing(WAITING))
    assert (found.state, found.wait) == (WAITING, timedelta(hours=15))


def test_whether_a_post_is_public_is_asked_less_and_less_often_and_at_last_no_more() -> None:
    def asked_after(seconds: float) -> Next:
        sent_for = timedelta(seconds=seconds)
        return answered(Step.POLL, Means.PENDING, Standing(SUBMITTED, sent_for=sent_for))

    waits = [asked_after(seconds).wait for seconds in (5, 20, 80, 7200)]
    assert waits == [timedelta(seconds=each) for each in (5, 60, 300, 1800)]
    given_up = asked_after(48 * 3600)
    assert (given_up.state, given_up.wait, given_up.unsure) == (FAILED, None, True)


def test_what_failed_without_an_answer_says_so_in_words() -> None:
    unsure = answered(Step.SHARE, Means.LOST, Standing(WAITING, tries=LAST))
    assert unsure.words
    assert "没有说明" in unsure.words
    away = answered(Step.DRAFT, Means.BUSY, Standing(WAITING, tries=LAST))
    assert away.words == "平台的话"

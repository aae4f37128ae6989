"""What is done next for a post, and what an answer makes of it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from services.content.syndication.channels.platform import Means, Told, figures
from services.content.syndication.partners.retry import figures as retrying
from services.content.syndication.partners.retry import pause
from shared.business_day import BEIJING
from shared.contracts.channels import ChannelKind, PostState, Step, Unwanted

SENDING = frozenset({Step.SUBMIT, Step.SHARE})
"""After one of them a post may be public."""
REMOVING = frozenset({Step.DELETE, Step.DROP_DRAFT})
OPEN = frozenset({PostState.WAITING, PostState.SUBMITTED, PostState.PUBLISHED})
"""A post in one of these states is, or may yet be, seen."""
AWAY = frozenset({Means.BUSY, Means.LOST})
"""What tells of the platform at the moment, not of the post."""
NOT_THERE = frozenset({Means.DONE, Means.GONE})
"""What a deletion is answered when nothing is left of what was to be deleted."""
AT_ONCE = timedelta()
UNCONFIRMED = "平台没有说明是否已发布，请到平台核对；也可重试，由系统先查找再推送。"
UNANSWERED = "平台没有应答"


class Standing(NamedTuple):
    """How a post stands before a step: how often that was tried, for how long the post is sent."""

    state: PostState
    unwanted: Unwanted | None = None
    unsure: bool = False
    draft_id: str | None = None
    drafted_otherwise: bool = False
    looks: int = 0
    tries: int = 1
    sent_for: timedelta = AT_ONCE


class Next(NamedTuple):
    """How a post stands after a step; without `wait` nothing more is done."""

    state: PostState
    wait: timedelta | None = None
    unsure: bool = False
    words: str | None = None


def next_step(kind: ChannelKind, post: Standing) -> Step | None:
    """Return what is to be done for a post; none if it can be cancelled here and now."""
    if post.unsure:
        return Step.LOOK_UP
    if post.state is not PostState.WAITING:
        return Step.POLL if post.state is PostState.SUBMITTED else Step.DELETE
    if post.draft_id is not None:
        return Step.DROP_DRAFT if post.unwanted or post.drafted_otherwise else Step.SUBMIT
    if post.unwanted:
        return None
    return Step.DRAFT if kind is ChannelKind.WECHAT else Step.SHARE


def after(step: Step, told: Told, post: Standing, *, now: datetime, chance: float) -> Next:
    """Return what the answer to a step makes of a post; `chance` in [0, 1) spreads retries."""
    if blocks(step, told.means):
        return Next(post.state, AT_ONCE, post.unsure)
    if told.means is Means.DAILY:
        return Next(post.state, tomorrow(now) - now, post.unsure)
    if told.means in AWAY or (step is Step.DRAFT and told.means is Means.GONE):
        return _later(step, told, post, chance)
    return _STEPS[step](told, post)


def blocks(step: Step, means: Means) -> bool:
    """Say whether an answer is about the account, so that nothing more can be done with it.

    An account that may not delete or look up may still post.
    """
    forbidden = means is Means.FORBIDDEN and step in {Step.DRAFT, *SENDING}
    return means is Means.BLOCKED or forbidden


def tomorrow(now: datetime) -> datetime:
    """Return the next midnight in Beijing, when platforms count anew."""
    today = now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1)


def until_shown() -> timedelta:
    """Return how long a platform may take to show what it took in."""
    return timedelta(seconds=figures().lost_seconds)


def _later(step: Step, told: Told, post: Standing, chance: float) -> Next:
    """Return a post that is tried again, looked for first if it may have gone out."""
    unsure = post.unsure or (told.means is Means.LOST and step in SENDING)
    if post.tries >= retrying().most_attempts:
        if unsure or step is Step.POLL:
            return _unconfirmed(post)
        state = PostState.STANDING if step in REMOVING else PostState.FAILED
        return Next(state, words=told.words or UNANSWERED)
    wait = pause(post.tries, chance)
    if unsure and not post.unsure:
        wait = max(wait, until_shown())
    return Next(post.state, wait, unsure)


def _drafted(told: Told, post: Standing) -> Next:
    return Next(post.state, AT_ONCE) if told.means is Means.DONE else _failed(post)


def _submitted(told: Told, post: Standing) -> Next:
    if told.means is Means.GONE:  # the draft was published, or thrown away on the platform
        return Next(post.state, until_shown(), unsure=True)
    if told.means is not Means.DONE:
        return _failed(post)
    return Next(PostState.SUBMITTED, _poll_pause(AT_ONCE))


def _shared(told: Told, post: Standing) -> Next:
    if told.means is Means.ACCEPTED:
        return Next(post.state, until_shown(), unsure=True)
    if told.means is Means.REPEATED and post.looks:
        return _looked_for(post)  # only what may have gone out already is ours to look for
    return _published(post) if told.means is Means.DONE else _failed(post)


def _looked_up(told: Told, post: Standing) -> Next:
    if told.means is Means.DONE:
        return _published(post)
    if told.means is not Means.ABSENT:
        return _looked_for(post)
    if post.unwanted and post.draft_id is None:
        return Next(PostState.CANCELLED)
    return Next(PostState.WAITING, AT_ONCE)


def _polled(told: Told, post: Standing) -> Next:
    if told.means is Means.PENDING:
        if post.sent_for >= timedelta(hours=figures().poll_hours):
            return _unconfirmed(post)
        return Next(PostState.SUBMITTED, _poll_pause(post.sent_for))
    if told.means is Means.GONE:
        return Next(PostState.DELETED)
    return _published(post) if told.means is Means.DONE else _failed(post)


def _removed(told: Told, post: Standing) -> Next:
    if told.means not in NOT_THERE:
        return Next(PostState.STANDING)
    if post.state is PostState.PUBLISHED:
        return Next(PostState.DELETED)
    return Next(PostState.CANCELLED) if post.unwanted else Next(post.state, AT_ONCE)


def _looked_for(post: Standing) -> Next:
    """Return a post that is looked for once more, unless that was done often enough."""
    if post.looks >= figures().lost_looks:
        return _unconfirmed(post)
    return Next(post.state, until_shown(), unsure=True)


def _unconfirmed(post: Standing) -> Next:
    """Return a post that may be public; tried once more, it is looked for first."""
    state = PostState.STANDING if post.unwanted else PostState.FAILED
    return Next(state, unsure=True, words=UNCONFIRMED)


def _published(post: Standing) -> Next:
    return Next(PostState.PUBLISHED, AT_ONCE if post.unwanted else None)


def _failed(post: Standing) -> Next:
    """Return that a post did not come to be; one that is not wanted any more is cancelled."""
    return Next(PostState.CANCELLED if post.unwanted else PostState.FAILED)


def _poll_pause(sent_for: timedelta) -> timedelta:
    """Return how long to wait before it is asked once more whether a post is public."""
    pauses = figures().poll_seconds
    longer = (each for each in pauses if each >= sent_for.total_seconds())
    return timedelta(seconds=next(longer, pauses[-1]))


_STEPS = {
    Step.DRAFT: _drafted,
    Step.SUBMIT: _submitted,
    Step.SHARE: _shared,
    Step.LOOK_UP: _looked_up,
    Step.POLL: _polled,
    Step.DELETE: _removed,
    Step.DROP_DRAFT: _removed,
}

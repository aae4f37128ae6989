"""What each post lets its holder do, and for how long one may be lent."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from shared.auth import Permission
from shared.contracts.staff import ClientKind, PostKind
from shared.problem import Conflict


class NotDelegable(Conflict):
    """An administrator's post is never lent, nor one whose holder is barred.

    Whoever held it for a while could give out authority that lasts.
    """

    advice = "管理员岗位不能代理；已停用人员的岗位也不能代理。请另设管理员，或直接任命他人。"


POSTS: Mapping[PostKind | ClientKind, frozenset[Permission]] = {
    PostKind.ADMINISTRATOR: frozenset({Permission.ADMINISTER, Permission.APPROVE_CHANGE}),
    PostKind.SUPERVISOR: frozenset(
        {Permission.ISSUE_DIRECTIVE, Permission.READ_DRAFTS, Permission.APPROVE_CHANGE}
    ),
    PostKind.EDITOR: frozenset(
        {Permission.READ_DRAFTS, Permission.EDIT, Permission.RELEASE, Permission.REPOST}
    ),
    PostKind.LEADER: frozenset(
        {
            Permission.READ_DRAFTS,
            Permission.REVIEW,
            Permission.WITHDRAW,
            Permission.REVIEW_ANSWER,
        }
    ),
    PostKind.SECRECY_OFFICER: frozenset({Permission.READ_DRAFTS, Permission.REVIEW_SECRECY}),
    PostKind.REVIEWER: frozenset({Permission.READ_DRAFTS, Permission.REVIEW_LEVEL}),
    PostKind.CORRESPONDENT: frozenset({Permission.CONTRIBUTE}),
    PostKind.LIAISON: frozenset({Permission.CONTRIBUTE}),
    PostKind.CLERK: frozenset({Permission.DISPATCH}),
    PostKind.HANDLER: frozenset({Permission.ANSWER}),
    PostKind.ASSESSOR: frozenset({Permission.ASSESS}),
    ClientKind.PARTNER: frozenset({Permission.SUBSCRIBE}),
    # What a program writes is reviewed by people, so no review is among its verbs.
    ClientKind.PROGRAM: frozenset(
        {
            Permission.READ_DRAFTS,
            Permission.EDIT,
            Permission.RELEASE,
            Permission.REPOST,
            Permission.CONTRIBUTE,
            Permission.SUBSCRIBE,
        }
    ),
}


class Held(NamedTuple):
    """A post somebody holds at an organization; until when, if it is only lent to them."""

    kind: PostKind
    organization: str
    until: datetime | None = None


def grants(posts: Iterable[Held]) -> Mapping[Permission, tuple[str, ...]]:
    """Return where each permission reaches, given the posts held and at which paths."""
    reach: dict[Permission, set[str]] = {}
    for post in posts:
        for permission in POSTS[post.kind]:
            reach.setdefault(permission, set()).add(post.organization)
    return {permission: tuple(sorted(paths)) for permission, paths in sorted(reach.items())}


def ends(posts: Iterable[Held]) -> datetime | None:
    """Return the moment from which these posts bring less than now, if one is known."""
    return min((post.until for post in posts if post.until is not None), default=None)


def verbs_of(
    kind: ClientKind, verbs: Collection[str], organization: str
) -> Mapping[Permission, tuple[str, ...]]:
    """Return what a key with these verbs brings its program, never more than its kind may."""
    return {
        permission: (organization,) for permission in sorted(POSTS[kind]) if permission in verbs
    }


def check_delegable(kind: PostKind, *, holder_active: bool) -> None:
    """Refuse to lend a post that is not to be lent."""
    if kind is PostKind.ADMINISTRATOR or not holder_active:
        raise NotDelegable

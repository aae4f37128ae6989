"""What each post lets its holder do."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from shared.auth import Permission


class PostKind(StrEnum):
    """A post a person holds at an organization.

    Source: 蚌政办秘〔2017〕97号 三(一), 三(四), 二(四), 五(一).
    """

    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    LEADER = "leader"
    SECRECY_OFFICER = "secrecy_officer"
    CLERK = "clerk"
    HANDLER = "handler"
    ASSESSOR = "assessor"


class ClientKind(StrEnum):
    """A program that acts with credentials of its own."""

    PARTNER = "partner"


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
    PostKind.CLERK: frozenset({Permission.DISPATCH}),
    PostKind.HANDLER: frozenset({Permission.ANSWER}),
    PostKind.ASSESSOR: frozenset({Permission.ASSESS}),
    ClientKind.PARTNER: frozenset({Permission.SUBSCRIBE}),
}


def grants(
    posts: Iterable[tuple[PostKind | ClientKind, str]],
) -> Mapping[Permission, tuple[str, ...]]:
    """Return where each permission reaches, given the posts held and at which paths."""
    reach: dict[Permission, set[str]] = {}
    for kind, path in posts:
        for permission in POSTS[kind]:
            reach.setdefault(permission, set()).add(path)
    return {permission: tuple(sorted(paths)) for permission, paths in sorted(reach.items())}

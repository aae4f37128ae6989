from datetime import UTC, datetime

import pytest

from services.content.staff.authority import (
    POSTS,
    Held,
    NotDelegable,
    check_delegable,
    ends,
    grants,
    verbs_of,
)
from shared.auth import Permission
from shared.contracts.staff import ClientKind, PostKind

SOON, LATER = (datetime(2026, 3, day, tzinfo=UTC) for day in (3, 9))


def test_every_post_and_kind_of_program_has_its_permissions() -> None:
    assert set(POSTS) == {*PostKind, *ClientKind}
    assert all(POSTS.values())


def test_writing_and_the_two_reviews_are_three_posts() -> None:
    for permission in (Permission.EDIT, Permission.REVIEW, Permission.REVIEW_SECRECY):
        assert len([post for post in PostKind if permission in POSTS[post]]) == 1


def test_posts_held_at_several_places_reach_each_of_them() -> None:
    posts = [(PostKind.LEADER, "b"), (PostKind.EDITOR, "a"), (PostKind.LEADER, "c")]
    held = grants(Held(kind, path) for kind, path in posts)
    assert held[Permission.READ_DRAFTS] == ("a", "b", "c")
    assert held[Permission.REVIEW] == ("b", "c")
    assert held[Permission.EDIT] == ("a",)
    assert Permission.ADMINISTER not in held


def test_a_partner_may_only_subscribe() -> None:
    assert POSTS[ClientKind.PARTNER] == {Permission.SUBSCRIBE}


def test_no_program_reviews_withdraws_or_administers() -> None:
    people_only = {
        Permission.ADMINISTER,
        Permission.REVIEW,
        Permission.REVIEW_SECRECY,
        Permission.REVIEW_LEVEL,
        Permission.WITHDRAW,
    }
    for kind in ClientKind:
        assert not POSTS[kind] & people_only


def test_a_key_brings_its_verbs_and_never_more_than_its_kind_may() -> None:
    held = verbs_of(ClientKind.PROGRAM, ["edit", "administer"], "a.b")
    assert held == {Permission.EDIT: ("a.b",)}
    assert verbs_of(ClientKind.PARTNER, ["edit"], "a") == {}


def test_authority_ends_with_the_first_post_that_is_only_lent() -> None:
    own = Held(PostKind.EDITOR, "a")
    assert ends([own]) is None
    lent = [Held(PostKind.LEADER, "a", LATER), own, Held(PostKind.CLERK, "a", SOON)]
    assert ends(lent) == SOON


@pytest.mark.parametrize("kind", PostKind)
def test_every_post_may_be_lent_but_the_administrators(kind: PostKind) -> None:
    if kind is not PostKind.ADMINISTRATOR:
        check_delegable(kind, holder_active=True)
    for refused, active in ((kind, False), (PostKind.ADMINISTRATOR, True)):
        with pytest.raises(NotDelegable):
            check_delegable(refused, holder_active=active)

from services.content.staff.authority import POSTS, ClientKind, PostKind, grants
from shared.auth import Permission


def test_every_post_and_kind_of_program_has_its_permissions() -> None:
    assert set(POSTS) == {*PostKind, *ClientKind}
    assert all(POSTS.values())


def test_writing_and_the_two_reviews_are_three_posts() -> None:
    for permission in (Permission.EDIT, Permission.REVIEW, Permission.REVIEW_SECRECY):
        assert len([post for post, may in POSTS.items() if permission in may]) == 1


def test_posts_held_at_several_places_reach_each_of_them() -> None:
    held = grants([(PostKind.LEADER, "b"), (PostKind.EDITOR, "a"), (PostKind.LEADER, "c")])
    assert held[Permission.READ_DRAFTS] == ("a", "b", "c")
    assert held[Permission.REVIEW] == ("b", "c")
    assert held[Permission.EDIT] == ("a",)
    assert Permission.ADMINISTER not in held


def test_a_partner_may_only_subscribe() -> None:
    assert POSTS[ClientKind.PARTNER] == {Permission.SUBSCRIBE}

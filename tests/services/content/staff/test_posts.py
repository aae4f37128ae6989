from shared.auth import Permission
from tests.factories.content import ADMIN, COUNTY, OFFICE, STRANGER, SUPERVISOR, Group
from tests.services.content.conftest import Announced, Unchanged
from tests.services.content.staff.office import (
    COUNTY_CODE,
    admit,
    fill,
    listed,
    log_in,
    permissions,
    refreshing,
    send,
    token,
)
from tests.support.people import person
from tests.support.queries import CountQueries

COUNTY_ADMIN = person(Permission.ADMINISTER, at=COUNTY, name="county-admin")
REQUIRED = ["clerk", "correspondent", "editor", "leader", "liaison", "secrecy_officer"]


async def test_correspondents_and_liaisons_contribute_and_reviewers_review_levels(
    group: Group,
) -> None:
    await admit(group, "someone", "correspondent", "liaison", "reviewer")
    assert await permissions(group, await log_in(group, "someone")) == {
        "contribute": [OFFICE],
        "read_drafts": [OFFICE],
        "review_level": [OFFICE],
    }


async def test_the_register_of_posts_says_who_holds_them(
    group: Group, count_queries: CountQueries
) -> None:
    await admit(group, "city", "editor", "correspondent")
    await admit(group, "county", "correspondent", at=COUNTY_CODE, of=COUNTY_CODE)
    with count_queries(2):
        (found,) = await listed(
            group, ADMIN, "/v1/posts?kind=correspondent&organization=340300-zfb"
        )
    assert (found["login"], found["name"], found["organization"]) == (
        "city",
        "city的姓名",
        OFFICE,
    )
    assert len(await listed(group, ADMIN, "/v1/posts?kind=correspondent")) == 2
    assert [post["login"] for post in await listed(group, COUNTY_ADMIN, "/v1/posts")] == ["county"]
    own = (await send(group, await log_in(group, "city"), "GET", "/v1/posts")).json()["items"]
    assert {post["kind"] for post in own} == {"editor", "correspondent"}


async def test_a_vacated_post_brings_nothing_from_the_next_token_on(
    group: Group, announced: Announced
) -> None:
    await admit(group, "someone")
    post = await fill(group, "someone", "assessor")
    tokens = await log_in(group, "someone")
    before = len(await announced())
    done = await group.send(ADMIN, "DELETE", f"/v1/posts/{post['id']}")
    assert (done.status_code, done.json()) == (200, post)
    fresh = (await token(group, refreshing(tokens))).json()
    assert await permissions(group, fresh) == {}
    assert (await announced())[before:] == ["content.post.vacated"]
    await fill(group, "someone", "assessor")


async def test_a_post_elsewhere_is_none_of_an_administrators_business(
    group: Group, unchanged: Unchanged
) -> None:
    await admit(group, "someone")
    post = await fill(group, "someone", "editor")
    async with unchanged():
        for actor in (COUNTY_ADMIN, STRANGER):
            refused = await group.send(actor, "DELETE", f"/v1/posts/{post['id']}")
            assert refused.status_code == 404, refused.text


async def test_required_posts_that_nobody_active_holds_are_vacant(
    group: Group, count_queries: CountQueries
) -> None:
    someone = await admit(group, "someone", *REQUIRED[1:])
    with count_queries(1):
        city, county = await listed(group, ADMIN, "/v1/vacancies")
    assert (city["organization"], city["kind"], city["posts"]) == (OFFICE, "office", ["clerk"])
    assert county["posts"] == REQUIRED
    assert [
        each["organization"] for each in await listed(group, COUNTY_ADMIN, "/v1/vacancies")
    ] == [county["organization"]]
    assert len(await listed(group, SUPERVISOR, "/v1/vacancies")) == 2
    assert await listed(group, STRANGER, "/v1/vacancies") == [county]
    await group.send(ADMIN, "POST", f"/v1/people/{someone['id']}/deactivation", version=1)
    city, _ = await listed(group, ADMIN, "/v1/vacancies")
    assert city["posts"] == REQUIRED


async def test_an_organization_with_every_required_post_filled_is_not_listed(
    group: Group,
) -> None:
    await admit(group, "someone", *REQUIRED)
    (county,) = await listed(group, ADMIN, "/v1/vacancies")
    assert county["organization"] != OFFICE
    page = await group.send(ADMIN, "GET", "/v1/vacancies?first=1")
    assert page.json()["next"] is None


async def test_a_required_post_falls_vacant_when_its_last_holder_leaves_it(
    group: Group, announced: Announced
) -> None:
    await admit(group, "first")
    await admit(group, "second")
    posts = [await fill(group, login, "editor") for login in ("first", "second")]
    before = len(await announced())
    for post in posts:
        await group.send(ADMIN, "DELETE", f"/v1/posts/{post['id']}")
    assert (await announced())[before:] == [
        "content.post.vacated",
        "content.post.vacated",
        "content.post.fell_vacant",
    ]

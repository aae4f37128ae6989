"""HTTP of posts: who holds them, who was lent them, and which nobody holds."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.content.registry import queries as registry
from services.content.staff.commands import delegating, filling
from services.content.staff.queries import posts as queries
from services.content.staff.router.authorities import BeginAtPresent
from shared.contracts.admitting import NewDelegation, NewPost
from shared.contracts.page import Page
from shared.contracts.staff import Delegation, PostKind, PostView, Vacancy
from shared.contracts.text import OrganizationCode
from shared.requests import Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["staff"])


@router.post("/posts", status_code=201, response_model=PostView)
async def fill_post(new: NewPost, begin: BeginAtPresent) -> Response:
    """Put a person in a post at an organization."""
    async with begin() as uow:
        return await uow.answer(PostView, await filling.fill_post(uow, new), 201)


@router.get("/posts")
async def list_posts(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    organization: OrganizationCode | None = None,
    kind: PostKind | None = None,
) -> Page[PostView]:
    """Return the bearer's posts and those they administer, newest first."""
    path = await registry.path_of(session, organization)
    return await queries.posts(session, actor, path, kind, page)


@router.delete("/posts/{post_id}", response_model=PostView)
async def vacate_post(post_id: UUID, begin: BeginAtPresent) -> Response:
    """Let a person leave a post; access tokens live on up to 15 minutes."""
    async with begin() as uow:
        return await uow.answer(PostView, await filling.vacate_post(uow, post_id))


@router.get("/vacancies")
async def list_vacancies(actor: Somebody, session: Reading, page: WhichPage) -> Page[Vacancy]:
    """Return the organizations with a site, as far as reached, that lack a required post."""
    return await queries.vacancies(session, actor, page)


@router.post("/delegations", status_code=201, response_model=Delegation)
async def delegate_post(new: NewDelegation, begin: BeginAtPresent) -> Response:
    """Lend a post for a time, as its holder or as an administrator of its organization."""
    async with begin() as uow:
        return await uow.answer(Delegation, await delegating.delegate_post(uow, new), 201)


@router.get("/delegations")
async def list_delegations(actor: Somebody, session: Reading, page: WhichPage) -> Page[Delegation]:
    """Return the delegations the bearer gave, got or administers, newest first."""
    return await queries.delegations(session, actor, page)


@router.delete("/delegations/{delegation_id}", response_model=Delegation)
async def end_delegation(delegation_id: UUID, begin: BeginAtPresent) -> Response:
    """Take a post back or lay it down before its time."""
    async with begin() as uow:
        return await uow.answer(Delegation, await delegating.end_delegation(uow, delegation_id))

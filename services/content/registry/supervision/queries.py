"""Questions about applications, outages and working rules."""

from datetime import date
from uuid import UUID

from sqlalchemy import String, column, exists, func, or_, select, true, values
from sqlalchemy.ext.asyncio import AsyncSession

from services.content.registry.lifecycle import RUNNING
from services.content.registry.models import Organization, Site
from services.content.registry.queries import known_sites
from services.content.registry.supervision.models import Application, Outage, Procedure
from services.content.registry.supervision.procedure import required_kinds
from shared.auth import Actor, Permission
from shared.authority import reached
from shared.contracts import applying, supervision
from shared.contracts.page import Page
from shared.pagination import Asked, Listing
from shared.problem import NotFound

REQUIRED = values(column("kind", String), column("label", String), name="required").data(
    required_kinds()
)

APPLICATIONS = Listing("applications", applying.Application, [(Application.id, UUID)])
OUTAGES = Listing("outages", supervision.Outage, [(Outage.id, UUID)])
PROCEDURES = Listing("procedures", supervision.Procedure, [(Procedure.id, UUID)])
MISSING = Listing(
    "missing-procedures",
    supervision.MissingProcedure,
    [(Organization.path, str), (REQUIRED.c.kind, str)],
    newest_first=False,
)


async def applications(
    session: AsyncSession,
    actor: Actor,
    state: applying.ApplicationState | None,
    site_code: str | None,
    asked: Asked,
) -> Page[applying.Application]:
    """Return one page of the applications for sites an actor's posts reach, the latest first."""
    question = select(Application).where(Application.site_code.in_(known_sites(actor)))
    if state is not None:
        question = question.where(Application.state == state)
    if site_code is not None:
        question = question.where(Application.site_code == site_code)
    return await APPLICATIONS.turn(session, question, asked)


async def application(session: AsyncSession, actor: Actor, application_id: UUID) -> Application:
    """Return an application for a site the actor's posts reach, or refuse."""
    question = select(Application).where(
        Application.id == application_id, Application.site_code.in_(known_sites(actor))
    )
    found = await session.scalar(question)
    if found is None:
        raise NotFound("没有这项申请。")
    return found


async def outages(
    session: AsyncSession,
    actor: Actor,
    site_code: str | None,
    asked: Asked,
    *,
    lasting: bool | None,
) -> Page[supervision.Outage]:
    """Return one page of the outages of sites an actor's posts reach, the latest first."""
    question = select(Outage).where(Outage.site_code.in_(known_sites(actor)))
    if site_code is not None:
        question = question.where(Outage.site_code == site_code)
    if lasting is not None:
        question = question.where(Outage.ended_at.is_(None) == lasting)
    return await OUTAGES.turn(session, question, asked)


async def outage(session: AsyncSession, actor: Actor, outage_id: UUID) -> Outage:
    """Return an outage of a site the actor's posts reach, locked, or refuse."""
    question = select(Outage).where(
        Outage.id == outage_id, Outage.site_code.in_(known_sites(actor))
    )
    found = await session.scalar(question.with_for_update(of=Outage))
    if found is None:
        raise NotFound("没有这项停机报告。")
    return found


async def procedures(
    session: AsyncSession, organization: str | None, kind: str | None, asked: Asked
) -> Page[supervision.Procedure]:
    """Return one page of the working rules in all editions, the latest first."""
    question = select(Procedure)
    if organization is not None:
        path = select(Organization.path).where(Organization.code == organization)
        question = question.where(Procedure.organization.in_(path))
    if kind is not None:
        question = question.where(Procedure.kind == kind)
    return await PROCEDURES.turn(session, question, asked)


async def procedure(session: AsyncSession, procedure_id: UUID) -> Procedure:
    """Return a working rule, locked, or refuse."""
    found = await session.get(Procedure, procedure_id, with_for_update=True)
    if found is None:
        raise NotFound("没有这项管理规范。")
    return found


async def missing_procedures(
    session: AsyncSession, actor: Actor, on: date, asked: Asked
) -> Page[supervision.MissingProcedure]:
    """Return one page of the required rules that sponsors of running sites have not in force."""
    row = func.jsonb_build_object(
        *("organization", Organization.code, "name", Organization.name),
        *("kind", REQUIRED.c.kind, "label", REQUIRED.c.label),
    )
    in_force = exists().where(
        Procedure.organization == Organization.path,
        Procedure.kind == REQUIRED.c.kind,
        Procedure.in_force_from <= on,
    )
    question = (
        select(row)
        .join_from(Organization, REQUIRED, true())
        .where(
            Organization.path.in_(select(Site.sponsoring).where(Site.state.in_(RUNNING))),
            or_(
                reached(actor, Permission.ADMINISTER, Organization.path),
                reached(actor, Permission.APPROVE_CHANGE, Organization.path),
                reached(actor, Permission.APPROVE_CHANGE, Organization.supervised_by),
            ),
            ~in_force,
        )
    )
    return await MISSING.turn(session, question, asked)

"""Register an organization's working rules, edition after edition."""

from uuid import UUID

from services.content.registry import queries as registry
from services.content.registry.commands.recording import record
from services.content.registry.supervision import queries
from services.content.registry.supervision.models import Procedure
from services.content.registry.supervision.procedure import check_replacement
from services.content.registry.supervision.schemas import NewProcedure
from shared.auth import Permission
from shared.contracts.supervision import ProcedureAdopted, ProcedureEdition
from shared.ids import new_id
from shared.problem import Conflict
from shared.uow import UnitOfWork, expect


class HasProcedure(Conflict):
    """The organization has a working rule of this kind; a new one is its next edition."""

    advice = "该单位已登记此类规范，请登记新版本。"


async def adopt_procedure(uow: UnitOfWork, new: NewProcedure) -> Procedure:
    """Register an organization's first working rule of a kind."""
    organization = await registry.organization(uow.session, new.organization)
    uow.actor.require(Permission.ADMINISTER, organization.path)
    issued = ProcedureEdition(**new.model_dump(include=set(ProcedureEdition.model_fields)))
    return await _adopt(uow, organization.path, new.kind, issued)


async def replace_procedure(
    uow: UnitOfWork, procedure_id: UUID, issued: ProcedureEdition, *, version: int
) -> Procedure:
    """Register a new edition of a working rule; the older one stays on record."""
    older = await queries.procedure(uow.session, procedure_id)
    uow.actor.require(Permission.ADMINISTER, older.organization)
    expect(version, older.version)
    check_replacement(older.replaced_by, older.in_force_from, issued.in_force_from)
    newer = await _adopt(uow, older.organization, older.kind, issued, older)
    older.replaced_by = newer.id
    return newer


async def _adopt(
    uow: UnitOfWork,
    organization: str,
    kind: str,
    issued: ProcedureEdition,
    older: Procedure | None = None,
) -> Procedure:
    procedure = Procedure(
        id=new_id(),
        organization=organization,
        kind=kind,
        edition=older.edition + 1 if older else 1,
        **issued.model_dump(),
    )
    uow.session.add(procedure)
    await record(uow, HasProcedure)
    uow.announce(
        ProcedureAdopted(
            procedure_id=procedure.id,
            organization=organization,
            kind=kind,
            title=procedure.title,
            edition=procedure.edition,
            in_force_from=procedure.in_force_from,
            replaces=older.id if older else None,
        )
    )
    return procedure

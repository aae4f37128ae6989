"""What only the supervision API accepts."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from services.content.registry.supervision.procedure import known_kind
from shared.contracts.text import Line, OrganizationCode, Reason, Strict
from shared.moments import Day, Moment

ProcedureKind = Annotated[str, StringConstraints(max_length=40), AfterValidator(known_kind)]


class NewOutage(Strict):
    """Since when a site cannot be reached, until when that may last, and why."""

    began_at: Moment
    expected_until: Moment
    cause: Reason


class ProcedureEdition(Strict):
    """A working rule as it was issued."""

    title: Line
    document_number: Line | None = None
    in_force_from: Day


class NewProcedure(ProcedureEdition):
    """An organization's first working rule of its kind."""

    organization: OrganizationCode
    kind: ProcedureKind

"""What only the supervision API accepts."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from services.content.registry.supervision.procedure import known_kind
from shared.contracts import supervision

ProcedureKind = Annotated[str, StringConstraints(max_length=40), AfterValidator(known_kind)]


class NewProcedure(supervision.NewProcedure):
    """An organization's first working rule of a kind that is on the list."""

    kind: ProcedureKind

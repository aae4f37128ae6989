"""Which kinds of working rules there are, and which ones must be."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from uuid import UUID

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic_core import PydanticCustomError

from shared.problem import Conflict, Unprocessable


class ProcedureKind(BaseModel):
    """A kind of working rule; an organization that sponsors a site must have a required one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    required: bool


class NotTheLatest(Conflict):
    """A newer edition has taken the place of this one."""

    advice = "该规范已有新版本，请在最新版本上更新。"


class InForceEarlier(Unprocessable):
    """A new edition comes into force no earlier than the one before."""

    advice = "新版本的施行日期不得早于上一版本。"


@cache
def procedure_kinds() -> Mapping[str, ProcedureKind]:
    """Return the kinds as listed; sources stand beside them."""
    listed = yaml.safe_load(files(__package__).joinpath("procedures.yaml").read_text("utf-8"))
    return TypeAdapter(dict[str, ProcedureKind]).validate_python(listed)


def known_kind(kind: str) -> str:
    """Return the kind if it is on the list, for a request's validation."""
    if kind not in procedure_kinds():
        told = "、".join(procedure_kinds())
        raise PydanticCustomError("unknown_procedure", "Not one of {kinds}.", {"kinds": told})
    return kind


def required_kinds() -> Sequence[tuple[str, str]]:
    """Return each kind that whoever sponsors a site must have, with its label."""
    return [(kind, said.label) for kind, said in procedure_kinds().items() if said.required]


def check_replacement(replaced_by: UUID | None, before: date, after: date) -> None:
    """Refuse to replace an edition that was replaced, or by one in force before it."""
    if replaced_by is not None:
        raise NotTheLatest(replaced_by=str(replaced_by))
    if after < before:
        raise InForceEarlier(not_before=before.isoformat())

"""The one predicate *may*, as SQL."""

from typing import Any

from sqlalchemy import false, or_
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement

from shared.auth import Actor, Permission


def reached(
    actor: Actor, permission: Permission, path: InstrumentedAttribute[Any]
) -> ColumnElement[bool]:
    """Return the condition that `actor.may(permission, path)`, for lists, counts and filters."""
    return or_(
        false(),
        *(
            or_(path == reach, path.startswith(f"{reach}.", autoescape=True))
            for reach in actor.grants.get(permission, ())
        ),
    )

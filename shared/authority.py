"""The one predicate *may*, as SQL."""

from typing import Any

from sqlalchemy import ARRAY, SQLColumnExpression, String, and_, cast, false, func, or_
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.elements import ColumnElement

from shared.auth import Actor, Permission

Attribute = SQLColumnExpression[Any]


def reached(
    actor: Actor,
    permission: Permission,
    path: Attribute,
    *,
    site: Attribute | None = None,
    column: Attribute | None = None,
    sites: Attribute | None = None,
) -> ColumnElement[bool]:
    """Return the condition that `actor.may(permission, path)`, for lists, counts and filters.

    `site` and `column` hold where a row stands, `sites` the list of all sites it is about: a
    scope shuts out rows that do not say, and rows that lie in part outside it.
    """
    granted = or_(
        false(),
        *(
            or_(path == reach, path.startswith(f"{reach}.", autoescape=True))
            for reach in actor.grants.get(permission, ())
        ),
    )
    return and_(granted, *_in_scope(actor, site, column, sites))


def reached_upward(actor: Actor, permission: Permission, paths: Attribute) -> ColumnElement[bool]:
    """Return the condition that `actor` may do this to one of several units.

    `paths` is an array of their paths and of all above them.
    """
    reach = cast(sorted(actor.grants.get(permission, ())), ARRAY(String))
    return and_(paths.bool_op("&&")(reach), *_in_scope(actor, None, None, None))


def _in_scope(
    actor: Actor, site: Attribute | None, column: Attribute | None, sites: Attribute | None
) -> list[ColumnElement[bool]]:
    held: list[ColumnElement[bool]] = []
    if actor.sites is not None:
        scope = sorted(actor.sites)
        if site is not None:
            held.append(site.in_(scope))
        elif sites is not None:
            inside = sites.bool_op("<@")(cast(scope, JSONB))
            held += [func.jsonb_array_length(sites) > 0, inside]
        else:
            held.append(false())
    if actor.columns is not None:
        held.append(false() if column is None else column.in_(sorted(actor.columns)))
    return held

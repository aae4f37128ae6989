"""Who acts, and what they may do where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from shared.problem import Forbidden, Unauthenticated

AUDIENCE = "zhengbu"
ALGORITHM = "Ed25519"


class Permission(StrEnum):
    """What a post lets its holder do, within the organizations it reaches."""

    ADMINISTER = "administer"
    APPROVE_CHANGE = "approve_change"
    READ_DRAFTS = "read_drafts"
    EDIT = "edit"
    REVIEW = "review"
    REVIEW_SECRECY = "review_secrecy"
    RELEASE = "release"
    WITHDRAW = "withdraw"
    ISSUE_DIRECTIVE = "issue_directive"
    REPOST = "repost"
    SUBSCRIBE = "subscribe"
    DISPATCH = "dispatch"
    ANSWER = "answer"
    REVIEW_ANSWER = "review_answer"
    ASSESS = "assess"
    CONTRIBUTE = "contribute"
    REVIEW_LEVEL = "review_level"


class InvalidToken(Unauthenticated):
    """The access token is forged, expired or meant for someone else."""

    advice = "登录凭证无效或已过期，请重新登录。"


class OutsideAuthority(Forbidden):
    """The actor's posts do not reach this organization."""

    advice = "此事项不在您的管理权限范围内。"


def within(path: str, reach: str) -> bool:
    """Say whether the organization at `path` is the one at `reach` or stands below it."""
    return path == reach or path.startswith(f"{reach}.")


def upward(path: str) -> list[str]:
    """Return the paths from the organization at `path` up to the root."""
    codes = path.split(".")
    return [".".join(codes[:length]) for length in range(len(codes), 0, -1)]


@dataclass(frozen=True)
class Actor:
    """A person, program or process that acts; `grants` maps each permission to organization paths.

    An organization path joins the codes from the root down: `340000.340300.340321`.
    `sites` and `columns` are the scope of a program's key, and narrow every grant; `session` is
    the login a person's token came from.
    """

    id: str
    organization: str = ""
    grants: Mapping[Permission, tuple[str, ...]] = field(default_factory=dict)
    sites: frozenset[str] | None = None
    columns: frozenset[UUID] | None = None
    session: str = ""

    def may(
        self,
        permission: Permission,
        path: str,
        *,
        site_code: str | None = None,
        column_id: UUID | None = None,
    ) -> bool:
        """Say whether the actor may do this to what the organization at `path` owns.

        One with a scope may do nothing unless the place is named and lies inside it.
        """
        in_scope = (self.sites is None or site_code in self.sites) and (
            self.columns is None or column_id in self.columns
        )
        return in_scope and any(within(path, reach) for reach in self.grants.get(permission, ()))

    def require(
        self,
        permission: Permission,
        path: str,
        *,
        site_code: str | None = None,
        column_id: UUID | None = None,
    ) -> None:
        """Refuse with `OutsideAuthority` what the actor may not do."""
        if not self.may(permission, path, site_code=site_code, column_id=column_id):
            raise OutsideAuthority(permission=permission)


ANYONE = Actor("anyone")
"""A citizen or visitor who has shown no credential."""


def system(name: str) -> Actor:
    """Return the actor a worker is: named in the trail, granted nothing."""
    return Actor(f"system:{name}")


def verify(token: str, keys: KeySet, *, issuer: str, now: datetime) -> Actor:
    """Return whom an access token speaks for, or raise `InvalidToken`."""
    try:
        claims: dict[str, Any] = jwt.decode(token, keys, algorithms=[ALGORITHM]).claims
        registry = jwt.JWTClaimsRegistry(
            now=lambda: int(now.timestamp()),
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": AUDIENCE},
            exp={"essential": True},
            sub={"essential": True},
        )
        registry.validate(claims)
        return _actor(claims)
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise InvalidToken from fault


def _actor(claims: Mapping[str, Any]) -> Actor:
    sites, columns = claims.get("sites"), claims.get("columns")
    return Actor(
        claims["sub"],
        claims["org"],
        {Permission(name): tuple(paths) for name, paths in claims["grants"].items()},
        sites=None if sites is None else frozenset(map(str, sites)),
        columns=None if columns is None else frozenset(map(UUID, columns)),
        session=str(claims.get("sid", "")),
    )

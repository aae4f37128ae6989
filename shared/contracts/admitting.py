"""What administrators and staff send: people, their posts, and programs with keys."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from shared.auth import Permission
from shared.contracts.staff import ClientKind, PostKind
from shared.contracts.text import Line, OrganizationCode, Reason, SiteCode, Strict, typeable
from shared.moments import Moment

Login = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,62}$", examples=["wang.fang"])]
Password = Annotated[str, Field(min_length=12, max_length=200)]
Typed = Annotated[
    str,
    Field(max_length=200, json_schema_extra={"pattern": r"^[^\x00-\x1f\x7f]*$"}),
    AfterValidator(typeable),
]


class NewPerson(Strict):
    """Someone who joins an organization."""

    login: Login
    name: Line
    organization: OrganizationCode
    password: Password


class NewPassword(Strict):
    """A password an administrator sets for somebody."""

    password: Password


class OwnPassword(Strict):
    """A new password in place of the old one."""

    old: Annotated[Typed, Field(min_length=1)]
    new: Password


class Identity(Strict):
    """Whom an outside issuer knows a person as."""

    issuer: Line
    subject: Line


class NewPost(Strict):
    """A post to be filled."""

    login: Login
    kind: PostKind
    organization: OrganizationCode


class NewDelegation(Strict):
    """A post to be lent to a colleague for a time."""

    post: UUID
    to: Login
    starts_at: Annotated[Moment, Field(alias="from")]
    ends_at: Annotated[Moment, Field(alias="until")]
    reason: Reason


class Scope(Strict):
    """What a key is good for; what is left out is not narrowed."""

    sites: Annotated[list[SiteCode], Field(min_length=1, max_length=100)] | None = None
    columns: Annotated[list[UUID], Field(min_length=1, max_length=100)] | None = None
    verbs: Annotated[list[Permission], Field(min_length=1, max_length=50)] | None = None


class NewKey(Scope):
    """A further key of a program."""

    name: Line
    expires_at: Moment


class NewClient(Scope):
    """A program that will act with keys of its own, and the scope of its first key."""

    name: Line
    kind: ClientKind = ClientKind.PARTNER
    organization: OrganizationCode
    expires_at: Moment | None = None


class ClientView(BaseModel):
    """A program and its first key; the secret is shown this once."""

    id: UUID
    name: str
    kind: ClientKind
    organization: str
    key_id: UUID
    secret: str | None = Field(
        default=None, description="Not shown to a repeated request with the same Idempotency-Key."
    )

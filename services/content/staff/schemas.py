"""What the staff API accepts and answers."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from shared.auth import Permission
from shared.contracts.registry import Level
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


class Founding(Strict):
    """The first organization and the first administrator."""

    code: OrganizationCode
    name: Line
    level: Level
    login: Login
    administrator: Line
    password: Password


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
    secret: str


class TokenRequest(BaseModel):
    """An OAuth 2 token request (RFC 6749 §4.3, §4.4, §6; RFC 7523); the unknown is ignored."""

    grant_type: Literal[
        "password",
        "refresh_token",
        "client_credentials",
        "urn:ietf:params:oauth:grant-type:jwt-bearer",
    ]
    username: Typed = ""
    password: Typed = ""
    refresh_token: Typed = ""
    client_id: Typed = ""
    client_secret: Typed = ""
    assertion: Annotated[str, Field(max_length=16_000, pattern=r"^[\w.-]*$")] = ""


class Tokens(BaseModel):
    """An OAuth 2 token answer (RFC 6749 §5.1)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  # the scheme's name
    expires_in: int
    refresh_token: str | None = None

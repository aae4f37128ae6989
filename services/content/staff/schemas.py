"""What the staff API accepts and answers."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from services.content.staff.authority import ClientKind, PostKind
from shared.contracts.registry import Level
from shared.contracts.text import Line, OrganizationCode, Strict, typeable

Login = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,62}$", examples=["wang.fang"])]
Password = Annotated[str, Field(min_length=12, max_length=200)]


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


class NewPost(Strict):
    """A post to be filled."""

    login: Login
    kind: PostKind
    organization: OrganizationCode


class NewClient(Strict):
    """A program that will act with credentials of its own."""

    name: Line
    kind: ClientKind = ClientKind.PARTNER
    organization: OrganizationCode


class PersonView(BaseModel):
    """A person, as colleagues see them."""

    id: UUID
    login: str
    name: str
    organization: str
    active: bool
    version: int


class PostView(BaseModel):
    """A filled post."""

    id: UUID
    person_id: UUID
    kind: PostKind
    organization: str


class ClientView(BaseModel):
    """A program's credentials; the secret is shown this once."""

    id: UUID
    name: str
    organization: str
    secret: str


Typed = Annotated[
    str,
    Field(max_length=200, json_schema_extra={"pattern": r"^[^\x00-\x1f\x7f]*$"}),
    AfterValidator(typeable),
]


class TokenRequest(BaseModel):
    """An OAuth 2 token request (RFC 6749 §4.3, §4.4, §6); what it does not know it ignores."""

    grant_type: Literal["password", "refresh_token", "client_credentials"]
    username: Typed = ""
    password: Typed = ""
    refresh_token: Typed = ""
    client_id: Typed = ""
    client_secret: Typed = ""


class Tokens(BaseModel):
    """An OAuth 2 token answer (RFC 6749 §5.1)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105  # the scheme's name
    expires_in: int
    refresh_token: str | None = None

"""What only the staff API accepts and answers: a group's founding, and tokens."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from shared.contracts.admitting import Login, Password, Typed
from shared.contracts.registry import Level
from shared.contracts.text import Line, OrganizationCode, Strict


class Founding(Strict):
    """The first organization and the first administrator."""

    code: OrganizationCode
    name: Line
    level: Level
    login: Login
    administrator: Line
    password: Password


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

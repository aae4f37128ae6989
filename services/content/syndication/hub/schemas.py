"""What the hub takes: a form, as W3C WebSub names its fields."""

from typing import Annotated

from pydantic import AfterValidator, AnyHttpUrl, BaseModel, ConfigDict, Field, UrlConstraints
from pydantic_core import PydanticCustomError

from services.content.syndication.hub.figures import figures
from shared.contracts.hub import HubMode
from shared.contracts.text import Line


def _short(secret: str) -> str:
    most = figures().longest_secret
    if len(secret.encode()) > most:
        raise PydanticCustomError("too_many_bytes", "At most {most} bytes.", {"most": most})
    return secret


class HubForm(BaseModel):
    """What a callback asks; fields that the hub does not know are ignored, as WebSub demands."""

    model_config = ConfigDict(extra="ignore")

    mode: HubMode = Field(alias="hub.mode")
    topic: Annotated[Line, Field(max_length=500)] = Field(
        alias="hub.topic", description="An Atom feed of ours, by its own address (`self`)."
    )
    callback: Annotated[AnyHttpUrl, UrlConstraints(max_length=1000)] = Field(alias="hub.callback")
    lease_seconds: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = Field(
        default=None, alias="hub.lease_seconds"
    )
    secret: Annotated[str, Field(min_length=1), AfterValidator(_short)] | None = Field(
        default=None, alias="hub.secret", description="Signs what is sent; kept under seal."
    )

"""A problem document as clients read it."""

from pydantic import BaseModel, ConfigDict, Field


class FaultView(BaseModel):
    """One thing to put right."""

    pointer: str = Field(description="JSON pointer, parameter or header.", examples=["/title"])
    code: str = Field(examples=["string_too_long"])
    detail: str = Field(description="For the person, in Chinese.", examples=["最多200个字。"])


class ProblemDocument(BaseModel):
    """Why a request was refused (RFC 9457); further members depend on the type."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["/problems/stale-version"])
    title: str = Field(description="For the developer, in English.")
    status: int = Field(examples=[412])
    detail: str = Field(description="For the person in front of the screen, in Chinese.")
    request_id: str = Field(default="", description="Name it when you ask for help.")
    faults: list[FaultView] | None = None

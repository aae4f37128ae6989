"""What a citizen writes: the part of a letter that is only ever kept sealed."""

from pydantic import BaseModel, ConfigDict


class Writing(BaseModel):
    """A letter's title and text, and who wrote it."""

    model_config = ConfigDict(frozen=True)

    title: str
    text: str
    name: str | None
    phone: str | None
    email: str | None

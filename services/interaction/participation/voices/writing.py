"""What a participant writes: the part that is only ever kept sealed."""

from pydantic import BaseModel, ConfigDict


class Writing(BaseModel):
    """What somebody says, and who they are if they said so."""

    model_config = ConfigDict(frozen=True)

    text: str
    name: str | None
    phone: str | None
    email: str | None

"""What a citizen keeps of whatever they handed in, to follow it by."""

from pydantic import BaseModel, Field


class Receipt(BaseModel):
    """Number and query code, which together tell what became of it."""

    number: str
    query_code: str = Field(description="Shown this once; whoever has it can read the answer.")

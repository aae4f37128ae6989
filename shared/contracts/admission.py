"""What a stranger's program shows before a form is taken in: a proof of work, as ALTCHA makes it.

The names are ALTCHA's own, for the signature is over them.
"""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Form(StrEnum):
    """What a proof of work is good for; one made for another form is refused."""

    LETTER = "letter"
    LETTER_STATUS = "letter_status"


class ChallengeData(BaseModel):
    """What else is signed with a challenge."""

    form: Form


class ChallengeParameters(BaseModel):
    """The work that is asked for: the counter whose derived key begins with the prefix."""

    model_config = ConfigDict(alias_generator=to_camel, serialize_by_alias=True)

    algorithm: str
    cost: int
    key_length: int
    key_prefix: str
    key_signature: str
    nonce: str
    salt: str
    expires_at: int = Field(description="Seconds since 1970; a proof is good until then.")
    data: ChallengeData


class Challenge(BaseModel):
    """A challenge as the ALTCHA widget reads it; whoever solves it shows both together."""

    parameters: ChallengeParameters
    signature: str

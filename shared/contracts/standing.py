"""How an item stands in public: corrected, in force or not, withdrawn as what."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel


class WithdrawalKind(StrEnum):
    """As what an item was taken back."""

    MISTAKEN = "mistaken"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    SECURITY = "security"


class ValidityState(StrEnum):
    """Whether a document is in force: 有效, 修改, 废止 or 失效.

    Source: the field 有效性 of the State Council's library of policy documents.
    """

    EFFECTIVE = "effective"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"


class Correction(BaseModel):
    """What was put right in a public text, and when."""

    at: datetime
    note: str

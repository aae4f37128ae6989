"""What the API of files accepts."""

from typing import Annotated

from pydantic import Field

from shared.contracts.text import Line, SiteCode, Strict
from shared.files.kind import largest


class NewUpload(Strict):
    """A file that will come in pieces: what it is called, how large it is, and its digest."""

    site_code: SiteCode
    name: Line
    size: Annotated[int, Field(ge=1, le=largest(), description="In bytes.")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", examples=["9f" * 32])]

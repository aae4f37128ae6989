"""How a query code is shown."""

from typing import Annotated

from fastapi import Header

QueryCode = Annotated[
    str,
    Header(
        alias="X-Query-Code",
        max_length=40,
        description="As on the receipt; case, spaces and dashes do not matter.",
    ),
]

"""How public answers are sent: as little as the reader needs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from services.content.delivery.caching import (
    Freshness,
    etag_of,
    etag_pressed,
    is_known,
    is_pressed,
    is_unmodified,
    press,
)
from shared.requests import house

JSON = "application/json"
XML = "application/xml"
CHINESE = "zh-CN"
HELD: dict[int | str, dict[str, Any]] = {304: {"description": "The reader holds it already."}}
MERGED: dict[int | str, dict[str, Any]] = {
    308: {"description": "The column was merged into another one."}
}
A_SECOND = timedelta(seconds=1)
"""Dates of HTTP are no finer; what changed within it may change again under the same date."""


@dataclass(frozen=True)
class Reader:
    """What whoever asks already holds, and what they can read."""

    asked_at: datetime
    if_none_match: str | None
    if_modified_since: str | None
    accept_encoding: str | None

    def send(
        self,
        body: bytes,
        media_type: str = JSON,
        freshness: Freshness = Freshness.ASKED_AGAIN,
        *,
        etag: str | None = None,
        modified_at: datetime | None = None,
        language: str = CHINESE,
    ) -> Response:
        """Answer with these bytes, or with 304 if the reader holds them."""
        etag = etag or etag_of(body)
        if modified_at is not None and self.asked_at - modified_at < A_SECOND:
            modified_at = None
        small = is_pressed(body, self.accept_encoding)
        headers = {
            "ETag": etag_pressed(etag) if small else etag,
            "Cache-Control": freshness,
            "Vary": "Accept-Encoding",
        }
        if modified_at is not None:
            headers["Last-Modified"] = format_datetime(modified_at.astimezone(UTC), usegmt=True)
        if self._holds(etag, modified_at):
            return Response(status_code=304, headers=headers)
        headers["Content-Language"] = language
        if small:
            headers["Content-Encoding"] = "gzip"
        return Response(press(body) if small else body, headers=headers, media_type=media_type)

    def send_view(self, view: BaseModel, freshness: Freshness = Freshness.ASKED_AGAIN) -> Response:
        """Answer with this view as JSON."""
        return self.send(view.model_dump_json().encode(), JSON, freshness)

    def _holds(self, etag: str, modified_at: datetime | None) -> bool:
        if self.if_none_match is not None:
            return is_known(self.if_none_match, etag)
        return is_unmodified(self.if_modified_since, modified_at)


async def reader_of(request: Request) -> Reader:
    """Return who asks.

    The headers are read here: as parameters they would take a sixth of the whole answer's time.
    """
    held = ",".join(request.headers.getlist("if-none-match"))  # a list may come in several lines
    return Reader(
        (await house(request)).clock(),
        held or request.headers.get("if-none-match"),
        request.headers.get("if-modified-since"),
        request.headers.get("accept-encoding"),
    )


ByReader = Annotated[Reader, Depends(reader_of)]


async def _public_address(request: Request) -> str:
    found: str = request.app.state.public_address
    return found


PublicAddress = Annotated[str, Depends(_public_address)]
"""Where the world reaches this API, whatever name a proxy asked by."""

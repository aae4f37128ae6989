"""The one road by which a sealed file is given out, whoever asks."""

from typing import Any

from fastapi import Response

from services.interaction.citizens.sealing import WritingKey
from services.interaction.mailbox.attachments import place, queries, renditions
from services.interaction.mailbox.attachments.adapters import Vault, sent
from services.interaction.mailbox.attachments.models import Attachment
from services.interaction.mailbox.attachments.naming import public_name
from services.interaction.mailbox.attachments.sealing import unwrap_for_letter
from shared.contracts.attachments import AttachmentForm
from shared.problem import NotFound

BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The bytes."}
}


async def given(
    row: Attachment, form: AttachmentForm, letter: WritingKey, vault: Vault
) -> Response:
    """Answer with a file that was judged, in one of its forms."""
    if form is AttachmentForm.PUBLIC:
        return await _rendition(row, letter, vault)
    file = row.redacted if form is AttachmentForm.REDACTED else row
    if file is None:
        raise NotFound(queries.NONE)
    what = renditions.for_readers(file.judged)
    key = unwrap_for_letter(file.wrapped_key, file.id, letter)
    data = await vault.get(key, what, place.of(file.id, what))
    if file.kind is None:
        raise renditions.NotJudged
    return sent(queries.name(file, key), file.kind, data)


async def _rendition(row: Attachment, letter: WritingKey, vault: Vault) -> Response:
    decided = row.decision
    if decided is None or decided.rendition_id is None or decided.sealed_key is None:
        raise NotFound("没有可公开的副本。")
    key = unwrap_for_letter(decided.sealed_key, decided.rendition_id, letter)
    data = await vault.get(key, place.PUBLIC, place.rendition(key.file))
    kind = decided.kind
    if kind is None:
        raise renditions.NotJudged
    return sent(public_name(row.position or 0, kind), kind, data)

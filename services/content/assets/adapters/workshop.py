"""The work on a file that is here: what it is, and the forms in which it may be shown."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from services.content.assets import place, streaming
from services.content.assets.adapters import conversion
from services.content.assets.models import Rendition
from shared.contracts.assets import AssetKind, Family, RefusalReason, Use
from shared.files.adapters import opening
from shared.files.adapters.inspecting import inspect
from shared.files.adapters.storage import Files
from shared.files.kind import rules
from shared.files.scanning import Scan


class FfmpegMissing(Exception):
    """There is nothing here to make streams with."""


class Form(NamedTuple):
    """A form in which a file may be shown, as it lies here; that may be the file itself."""

    file: Path
    name: str
    use: Use
    mime: str
    width: int | None = None
    height: int | None = None


class Made(NamedTuple):
    """What was made of a file and found in it, or why it cannot be shown."""

    forms: Sequence[Form] = ()
    facts: Mapping[str, Any] = {}
    refused: RefusalReason | None = None


@dataclass(frozen=True)
class Workshop:
    """What the work on files needs: the store, a virus scanner if there is one, and ffmpeg."""

    files: Files
    clamd: str | None = None
    ffmpeg: str | None = None

    async def look(self, source: Path, name: str, folder: Path) -> tuple[Scan, str]:
        """Return what a file is and what is dangerous in it, and who says so."""
        return await inspect(source, name, folder, self.clamd)

    async def make(self, source: Path, kind: AssetKind, folder: Path) -> Made:
        """Write the forms in which a file may be shown into `folder`, and read its text."""
        family = rules()[kind].family
        if family is Family.IMAGE:
            drawn = await opening.draw(source, kind, folder)
            forms = [Form(folder / form["name"], **form) for form in drawn]
            return Made(forms, refused=None if forms else RefusalReason.UNREADABLE)
        if family is not Family.DOCUMENT:
            return await self._streams(source, kind, folder)
        text = await opening.read(source, kind, folder)
        # Under a name that tells nothing of it.
        itself = Form(source, f"file.{kind.value}", Use.FILE, rules()[kind].mime)
        return Made([itself], {"text": text.text, "text_complete": text.complete})

    async def _streams(self, source: Path, kind: AssetKind, folder: Path) -> Made:
        if self.ffmpeg is None:
            raise FfmpegMissing
        done = await conversion.convert(self.ffmpeg, source, kind, folder)
        if done.media is None or done.refused is not None:
            return Made(refused=done.refused or RefusalReason.UNREADABLE)
        facts = done.media._asdict()
        del facts["sound"]
        return Made(_streams_in(folder), facts)

    async def store(self, asset_id: UUID, source: Path, forms: Sequence[Form]) -> None:
        """Store the forms of a file beside it."""
        for form in forms:
            if form.file != source:
                await self.files.put(place.rendition(asset_id, form.name), form.file)


def _streams_in(folder: Path) -> Sequence[Form]:
    shapes = streaming.shapes((folder / streaming.MASTER).read_text("utf-8"))
    return [
        Form(
            made,
            made.name,
            streaming.use_of(made.name),
            streaming.mime_of(made.name),
            *shapes.get(made.name, ()),
        )
        for made in sorted(folder.iterdir())
    ]


async def renditions(asset_id: UUID, source: Path, forms: Sequence[Form]) -> Sequence[Rendition]:
    """Return the rows of a file's forms, each with its size and digest."""
    return [
        Rendition(
            **{name: value for name, value in form._asdict().items() if name != "file"},
            size=form.file.stat().st_size,
            sha256=await asyncio.to_thread(_digest, form.file),
            place=_place(asset_id, source, form),
        )
        for form in forms
    ]


def _place(asset_id: UUID, source: Path, form: Form) -> str:
    if form.file == source:
        return place.original(asset_id)
    return place.rendition(asset_id, form.name)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()

"""Bulk work at a terminal: bars that move, and what is said at the end."""

import asyncio
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from services.content.assets.adapters.conversion import program
from services.content.assets.adapters.workshop import Workshop
from services.content.bulk.adapters.exporting import Exported, export_site
from services.content.bulk.adapters.importing import Asked, Tally, import_file
from services.content.bulk.adapters.importing import Progress as Moves
from services.content.settings import WorkshopSettings
from shared.db import open_engine, open_readings, open_sessions, utc_now
from shared.files.adapters.storage import open_files
from shared.problem import Problem
from shared.settings import FilesSettings

TOLD = "已导入 {tally.taken}，此前已有 {tally.skipped}，拒绝 {tally.refused}"


def equipment(settings: WorkshopSettings | None) -> Workshop | None:
    """Return what the worker too looks into files with; nothing if nobody said where they lie."""
    if settings is None:
        return None
    return Workshop(open_files(settings), settings.clamd, program(settings.ffmpeg))


def take_in(database: str, asked: Asked) -> int:
    """Import a file and show how far it is; return what the command exits with."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        bar = shown.add_task("", total=asked.file.stat().st_size)

        def progress(done: int, tally: Tally) -> None:
            shown.update(bar, completed=done, description=TOLD.format(tally=tally))

        try:
            tally = asyncio.run(_import(database, asked, progress))
        except Problem as refused:
            typer.echo(refused.detail, err=True)
            return 2
    typer.echo(TOLD.format(tally=tally) + ("（试运行，未写入）" if asked.dry_run else ""))
    if tally.refused:
        typer.echo(f"拒绝原因见 {asked.errors}", err=True)
    return 1 if tally.refused else 0


async def _import(database: str, asked: Asked, progress: Moves) -> Tally:
    engine = open_engine(database)
    try:
        return await import_file(open_sessions(engine), utc_now, asked, progress)
    finally:
        await engine.dispose()


def take_out(database: str, site_code: str, folder: Path, settings: FilesSettings | None) -> None:
    """Export a site and say how much it was."""
    files = open_files(settings) if settings else None

    async def export() -> Exported:
        engine = open_engine(database)
        try:
            return await export_site(open_readings(engine), site_code, folder, files)
        finally:
            await engine.dispose()

    try:
        exported = asyncio.run(export())
    except Problem as refused:
        typer.echo(refused.detail, err=True)
        raise typer.Exit(2) from None
    typer.echo(f"已导出 {exported.items} 篇、{exported.files} 个文件到 {folder}")

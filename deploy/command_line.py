"""The command `zhengbu`."""

import asyncio
import json
import os
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from deploy import bulk, documents, letter_keys, processes, reconciliation, verification
from services.audit import worker as audit
from services.audit.trail.export import verify_files
from services.content import worker as content
from services.content.bulk.adapters.importing import Asked
from services.content.settings import WorkshopSettings
from services.interaction import worker as interaction
from services.interaction.settings import LetterKeySettings
from shared.db import utc_now
from shared.migration import upgrade

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int | None, typer.Option(help="Port; the process's own without it.")]
LOCAL = Path(".local")


class ServiceName(StrEnum):
    """A service that has a database and a worker."""

    CONTENT = "content"
    INTERACTION = "interaction"
    AUDIT = "audit"


class ApiName(StrEnum):
    """A process that answers requests."""

    CONTENT = "content"
    INTERACTION = "interaction"
    AUDIT = "audit"
    GATEWAY = "gateway"


@app.command()
def serve(name: ApiName, host: Host = "127.0.0.1", port: Port = None) -> None:
    """Answer requests as one service or as the gateway."""
    process = processes.named(name)
    processes.serve(process, host, port or process.port)


@app.command()
def work(name: ServiceName, host: Host = "127.0.0.1", port: Port = None) -> None:
    """Relay, consume and keep the clock of one service."""
    process = processes.named(f"{name}-worker")
    processes.serve(process, host, port or process.port)


@app.command()
def migrate(name: ServiceName) -> None:
    """Bring one service's database up to date."""
    upgrade(name, _database(name))


@app.command()
def reconcile(
    *, resend: Annotated[bool, typer.Option(help="Send again what a consumer never got.")] = False
) -> None:
    """Compare what services announced with what each took in; exit 1 if something is missing."""
    urls = {name: _database(name) for name in processes.SERVICES}
    consumers = [content.CONSUMER, interaction.CONSUMER, audit.CONSUMER]
    report = asyncio.run(reconciliation.reconcile(urls, consumers, utc_now(), resend=resend))
    for line in report.lines():
        typer.echo(line)
    raise typer.Exit(1 if report.gaps and not resend else 0)


@app.command()
def rewrap_letter_keys() -> None:
    """Seal all letters' keys by the present letter key; then the former ones may be forgotten."""
    keyring = LetterKeySettings().keyring
    done = asyncio.run(letter_keys.rewrap(_database("interaction"), keyring))
    typer.echo(f"rewrapped: {done}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Lines of JSON.")],
    vouched_by: Annotated[str, typer.Option(help="Login of the leader who vouches for it.")],
    registered_by: Annotated[
        str | None,
        typer.Option(help="Login of who registers sites and columns; the voucher without it."),
    ] = None,
    source: Annotated[
        str, typer.Option(help="Where the file comes from: its ids are unique in there.")
    ] = "legacy",
    errors: Annotated[Path | None, typer.Option(help="Where to tell what was refused.")] = None,
    ids: Annotated[
        Path | None, typer.Option(help="Where to tell what is called what now.")
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option(help="Do everything but write.")] = False,
    workers: Annotated[int, typer.Option(min=0, help="Processes that check; 0 for none.")] = 2,
) -> None:
    """Bring what was public elsewhere into the content database; exit 1 if lines were refused."""
    asked = Asked(
        file,
        vouched_by,
        registered_by,
        source,
        errors or file.with_name(f"{file.name}.errors.jsonl"),
        ids or file.with_name(f"{file.name}.ids.jsonl"),
        dry_run,
        workers,
        bulk.equipment(_files()),
    )
    raise typer.Exit(bulk.take_in(_database("content"), asked))


@app.command()
def export(
    site_code: Annotated[str, typer.Argument(help="The site's code.")],
    to: Annotated[Path, typer.Option(file_okay=False, help="A folder, made if need be.")],
) -> None:
    """Write all a site has public into a folder: lines that `import` reads, and files."""
    bulk.take_out(_database("content"), site_code, to, _files())


def _database(service: str) -> str:
    """Return a service's database: the one in the environment, or the local stack's."""
    setting = f"ZHENGBU_{service.upper()}_DATABASE_URL"
    if setting in os.environ:
        return os.environ[setting]
    noted = _noted()
    if "databases" not in noted:
        raise typer.BadParameter(f"{setting} is not set, and no stack runs here.")
    return str(noted["databases"][service])


def _files() -> WorkshopSettings | None:
    """Return what the environment says of files, else where the local stack's lie, if known."""
    if "ZHENGBU_CONTENT_FILES" in os.environ:
        return WorkshopSettings()
    if "ZHENGBU_CONTENT_DATABASE_URL" in os.environ or "files" not in _noted():
        return None
    return WorkshopSettings(files=_noted()["files"])


def _noted() -> dict[str, Any]:
    """Return what is noted about the local stack, if one runs here."""
    file = LOCAL / "run.json"
    noted: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return noted


@app.command()
def run() -> None:
    """Run everything on this machine, with a demonstration group, until Ctrl-C."""
    from deploy.local import run as local  # noqa: PLC0415  # production images lack the servers

    for asked_to_stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked_to_stop, signal.default_int_handler)
    sys.exit(local.run(LOCAL))


@app.command()
def walk(
    document: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A document's plain text.")
    ] = None,
) -> None:
    """Walk the main job once through the running stack, on a document of your own."""
    from deploy.local import run as local  # noqa: PLC0415  # as above

    sys.exit(local.walk_again(LOCAL, document))


@app.command()
def seed() -> None:
    """Load the demonstration group into a running stack that has none."""
    from deploy.local import run as local  # noqa: PLC0415  # as above

    sys.exit(local.seed(LOCAL))


@app.command()
def migration(name: ServiceName, message: str) -> None:
    """Write a migration for what a service's tables now say."""
    from deploy.local import history  # noqa: PLC0415  # as above

    history.write(name, message)


@app.command()
def schema() -> None:
    """Write gateway/schema.graphql and docs/openapi from the code."""
    for path, text in documents.documents().items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)


@app.command()
def verify(
    statement: Annotated[
        Path, typer.Argument(dir_okay=False, help="A signed manifest or certificate.")
    ],
    keys: Annotated[
        Path, typer.Option(dir_okay=False, help="The public keys (JWKS), kept elsewhere.")
    ],
    item: Annotated[Path | None, typer.Option(help="The copy, as the public API's JSON.")] = None,
    text: Annotated[Path | None, typer.Option(help="The copy's body, as plain text.")] = None,
    file: Annotated[
        list[Path] | None,
        typer.Option(help="An attachment of the copy, or a folder with all of them."),
    ] = None,
) -> None:
    """Check a copy by its signed manifest, offline; exit 1 if it differs, 2 if it cannot be told.

    Of a certificate the signature is checked, and what it says is printed.
    """
    report = verification.check(statement, keys, verification.Copy(item, text, file or ()))
    for line in report.lines:
        typer.echo(line)
    raise typer.Exit(report.outcome)


@app.command()
def verify_trail(
    checkpoint: Annotated[Path, typer.Option(exists=True, help="A signed checkpoint.")],
    key: Annotated[Path, typer.Option(exists=True, help="The public key, kept elsewhere.")],
    export: Annotated[Path, typer.Option(exists=True, help="The exported entries.")],
) -> None:
    """Verify an exported trail offline: every entry, its place, and the signature over all."""
    with export.open(encoding="utf-8") as lines:
        verdict = verify_files(checkpoint.read_text(), key.read_text(), lines)
    typer.echo(f"{verdict.code}: {verdict.message}")
    raise typer.Exit(0 if verdict.accepted else 1)


if __name__ == "__main__":
    app()

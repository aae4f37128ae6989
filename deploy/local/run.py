"""Run everything here: the stack, the demonstration group, and the walk through the main job."""

import asyncio
import json
import signal
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx

from deploy.local.demonstration import answering, auditing, publishing, reposting
from deploy.local.demonstration.caller import Unexpected
from deploy.local.demonstration.load import load
from deploy.local.demonstration.receiver import receiving
from deploy.local.demonstration.tour import begin_tour
from deploy.local.environment import addresses, secrets_of
from deploy.local.servers import ServerFailed
from deploy.local.stack import CannotStart, Stack, say

SAMPLE = "sample-document.txt"


def run(home: Path) -> int:
    """Run the stack until Ctrl-C; the first time, load the group and walk the main job."""
    stack = Stack(home)
    try:
        stack.start()
        files_lie_at = stack.environment["ZHENGBU_CONTENT_FILES"]
        note(home, addresses=addresses(), databases=stack.databases(), files=files_lie_at)
        if "accounts" not in known(home):
            seed(home)
        if "walked" not in known(home):
            asyncio.run(walk(home, None))
            note(home, walked=True)
        _welcome(home)
        stack.watch()
    except KeyboardInterrupt:
        say("\nStopping ...")
    except (CannotStart, ServerFailed) as fault:
        say(f"\n  {fault}\n")
        return 1
    except Unexpected as fault:
        say(f"\n  The demonstration stopped: {fault}\n  Cure: remove {home} and start again.\n")
        return 1
    finally:
        for again in (signal.SIGINT, signal.SIGTERM):
            signal.signal(again, signal.SIG_IGN)  # a second Ctrl-C would leave half of it running
        stack.stop()
    return 0


def seed(home: Path) -> int:
    """Load the demonstration group into the running stack, and note its accounts."""
    say("Loading the demonstration group through the public API ...")
    founding_secret = secrets_of(home)["ZHENGBU_CONTENT_FOUNDING_SECRET"]
    loaded = asyncio.run(load(known(home)["addresses"], founding_secret))
    note(home, accounts=loaded.passwords, partner=loaded.partner)
    return 0


def known(home: Path) -> dict[str, Any]:
    """Return what is noted about the running stack, for people and programs."""
    file = home / "run.json"
    noted: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return noted


def note(home: Path, **more: object) -> None:
    """Note more about the running stack, where only its owner can read it."""
    noted = {**known(home), **more}
    file = home / "run.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(noted, indent=1, ensure_ascii=False))


async def walk(home: Path, document: Path | None, tell: Callable[[str], None] = say) -> int:
    """Walk the main job once through the running stack, on this document or the sample."""
    file = document or files("deploy.local.demonstration").joinpath(SAMPLE)
    tell(f"Walking the main job on {document or 'the sample document'}:")
    async with httpx.AsyncClient(timeout=30) as http, receiving() as receiver:
        tour = await begin_tour(known(home), http, file.read_text("utf-8"), tell)
        await reposting.subscribe(tour, receiver)
        await publishing.walk(tour)
        await reposting.walk(tour, receiver)
        await answering.walk(tour)
        await auditing.walk(tour)
        await reposting.withdraw(tour, receiver)
        await auditing.verify(tour)
    tell(f"All {tour.steps} steps done.")
    return 0


def walk_again(home: Path, document: Path | None) -> int:
    """Walk through the stack that runs here, or say why that cannot be."""
    if "accounts" not in known(home):
        say("\n  No stack runs here yet.\n  Cure: `make run`, and walk once it says ready.\n")
        return 1
    try:
        return asyncio.run(walk(home, document))
    except (Unexpected, httpx.TransportError) as fault:
        say(f"\n  The walk stopped: {fault!r}\n")
        return 1


def _welcome(home: Path) -> None:
    addresses = known(home)["addresses"]
    say(
        "\nready\n"
        f"  GraphQL and GraphiQL   {addresses['gateway']}/graphql\n"
        f"  REST and its pages     {addresses['content']}/docs"
        f"  {addresses['interaction']}/docs  {addresses['audit']}/docs\n"
        f"  accounts, addresses    {home / 'run.json'}\n"
        f"  logs                   {home / 'logs'}\n"
        "  walk again             make walk DOCUMENT=FILE\n"
        "Ctrl-C stops everything; what is there stays for the next time."
    )

"""Measure the running stack (`make run` in another window) and print ratios."""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

NOTED = Path(".local/run.json")
ROUNDS = 300
CITY = "3403000006"
QUERY = "query($site: String!) { items(siteCode: $site, first: 20) { nodes { id title } } }"
ASKED = {"query": QUERY, "variables": {"site": CITY}}


async def seconds(http: httpx.AsyncClient, request: httpx.Request, status: int) -> float:
    """Return the median time one request takes, sent again and again."""
    spent = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        response = await http.send(request)
        spent.append(time.perf_counter() - started)
        if response.status_code != status:
            sys.exit(f"{request.url}: {response.status_code}")
    return statistics.median(spent)


async def main(at: Mapping[str, str]) -> None:
    """Print how often the cheapest answer, a health check, fits into each other one."""
    async with httpx.AsyncClient() as http:
        path = f"{at['content']}/v1/public/items?site_code={CITY}&first=20"
        etag = (await http.get(path)).headers["etag"]
        requests = {
            "health check": (httpx.Request("GET", f"{at['content']}/healthz"), 200),
            "REST list, known (304)": (
                httpx.Request("GET", path, headers={"If-None-Match": etag}),
                304,
            ),
            "REST list, stored bytes": (httpx.Request("GET", path), 200),
            "GraphQL list": (httpx.Request("POST", f"{at['gateway']}/graphql", json=ASKED), 200),
        }
        medians = {name: await seconds(http, *asked) for name, asked in requests.items()}
    base = medians["health check"]
    for name, median in medians.items():
        print(f"{name:26} {median * 1000:7.2f} ms  {median / base:5.1f} x")  # noqa: T201  # its output


def measure() -> None:
    """Measure the stack that runs here, if one does."""
    if NOTED.exists():
        asyncio.run(main(json.loads(NOTED.read_text())["addresses"]))
    else:
        print("No stack runs here, its ratios are left out: `make run` first.")  # noqa: T201

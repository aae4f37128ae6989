"""The processes Zhengbu is made of, and how one of them is served."""

from dataclasses import dataclass

import uvicorn


@dataclass(frozen=True)
class Process:
    """One process: what it is called, the application it serves, and its local port."""

    name: str
    application: str
    port: int


SERVICES = ("content", "interaction", "audit")
GATEWAY = Process("gateway", "gateway.app:create", 8000)
APIS = (
    Process("content", "services.content.app:create", 8001),
    Process("interaction", "services.interaction.app:create", 8002),
    Process("audit", "services.audit.app:create", 8003),
)
WORKERS = (
    Process("content-worker", "services.content.worker:create", 8011),
    Process("interaction-worker", "services.interaction.worker:create", 8012),
    Process("audit-worker", "services.audit.worker:create", 8013),
)
ALL = (*APIS, *WORKERS, GATEWAY)


def named(name: str) -> Process:
    """Return the process of that name."""
    return next(process for process in ALL if process.name == name)


def serve(process: Process, host: str, port: int) -> None:
    """Serve one process until it is told to stop."""
    uvicorn.run(
        process.application,
        factory=True,
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whose word counts is a setting, and read from the right
        date_header=True,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )

"""What a process says about itself: logs, metrics, traces, one request id throughout."""

import collections
import logging
import sys
from collections.abc import Mapping

import structlog
from opentelemetry import trace
from prometheus_client import REGISTRY, Counter, Gauge, Histogram
from structlog.tracebacks import ExceptionDictTransformer

REQUESTS = Counter("zhengbu_http_requests_total", "Requests answered", ["route", "status"])
LATENCY = Histogram("zhengbu_http_seconds", "Time to answer", ["route"])
DELIVERED = Counter("zhengbu_outbox_delivered_total", "Events handed to the bus")
WAITING = Gauge("zhengbu_outbox_waiting", "Events not yet handed to the bus")
CONSUMED = Counter("zhengbu_inbox_consumed_total", "Events taken in", ["type", "outcome"])
LATENESS = Histogram(
    "zhengbu_release_lateness_seconds",
    "From the time a release was set for until it was public",
    buckets=(0.5, 1, 2, 5, 10, 30, 60, 300, 3600),
)
DUE = Counter("zhengbu_schedule_done_total", "Due work carried out", ["task", "outcome"])

# Local variables may hold what citizens wrote: they never reach a log.
TRACES = ExceptionDictTransformer(show_locals=False)

tracer = trace.get_tracer("zhengbu")
log = structlog.stdlib.get_logger("zhengbu")


def work_done() -> collections.Counter[str]:
    """Return how much a worker has relayed, taken in and carried out since it began, by name."""
    done: collections.Counter[str] = collections.Counter()
    for metric in (DELIVERED, CONSUMED, DUE):
        for sample in (sample for family in metric.collect() for sample in family.samples):
            if sample.name.endswith("_total"):
                done[_named(sample.labels)] += int(sample.value)
    return done


def _named(labels: Mapping[str, str]) -> str:
    if "task" in labels:
        return f"{labels['outcome']}.{labels['task']}"
    return f"taken_in.{labels['outcome']}" if labels else "relayed"


def waiting() -> int:
    """Return how many events were not yet handed to the bus when last counted."""
    return int(REGISTRY.get_sample_value("zhengbu_outbox_waiting") or 0)


def configure(process: str, level: str) -> None:
    """Write one JSON object a line to standard output, named for the process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(TRACES),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(
        level=level, stream=sys.stdout, format="%(levelname)s %(name)s %(message)s"
    )
    for noisy in ("uvicorn.access", "httpx", "httpcore", "nats", "nats.aio.client"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def request_id() -> str:
    """Return the id of the request being served, or nothing outside one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))

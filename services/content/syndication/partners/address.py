"""Whether we may be sent to an address that somebody outside names."""

from collections.abc import Iterator

from pydantic import AnyHttpUrl

from shared.destination import Allowed, ForbiddenDestination, check_host
from shared.problem import Fault


def faults_of(pointer: str, url: AnyHttpUrl, allowed: Allowed) -> Iterator[Fault]:
    """Yield what can be seen to be wrong before anything is looked up or called."""
    if url.username or url.password:
        yield Fault(pointer, "user_info", "网址中不能含有账号或口令。")
    try:
        check_host(url.host or "", url.port or 0, allowed)
    except ForbiddenDestination as problem:
        yield Fault(pointer, "forbidden_destination", problem.detail)

"""Problem details (RFC 9457): the one way this system says no.

Problem                    500
├── BadRequest             400
├── Unauthenticated        401
├── Forbidden              403
├── NotFound               404
├── Conflict               409
│   └── StaleVersion       412
├── PreconditionRequired   428
├── Unprocessable          422
│   └── Invalid            422
├── TooManyRequests        429
└── Unavailable            503
"""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple


class Fault(NamedTuple):
    """One thing to put right: where it is, which rule it breaks, and what to tell the person."""

    pointer: str
    code: str
    detail: str


class Problem(Exception):
    """Something went wrong."""

    status: ClassVar[int] = 500
    type: ClassVar[str] = "about:blank"
    title: ClassVar[str] = "Something went wrong"
    advice: ClassVar[str] = "系统出现故障，请稍后再试。"
    headers: Mapping[str, str] = {}

    def __init_subclass__(cls) -> None:
        cls.type = "/problems/" + re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()
        cls.title = (cls.__doc__ or cls.__name__).strip().splitlines()[0].rstrip(".")

    def __init__(self, detail: str = "", /, **members: Any) -> None:
        """Say no with `detail` (Chinese, for the person reading), else the class's advice."""
        self.detail = detail or self.advice
        self.members = members
        super().__init__(self.detail)

    def document(self) -> dict[str, Any]:
        """Render the problem as its wire document."""
        return {
            "type": self.type,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.members,
        }


class BadRequest(Problem):
    """The request cannot be understood."""

    status = 400
    advice = "请求格式有误，无法识别。"


class Unauthenticated(Problem):
    """The request carries no valid credential."""

    status = 401
    headers = {"WWW-Authenticate": "Bearer"}
    advice = "请先登录，或登录已失效。"


class Forbidden(Problem):
    """The actor has no authority to do this."""

    status = 403
    advice = "您没有办理此事项的权限。"


class NotFound(Problem):
    """There is no such thing, or none that you may see."""

    status = 404
    advice = "没有找到您要的内容。"


class Conflict(Problem):
    """The request does not fit the present state."""

    status = 409
    advice = "当前状态下不能这样操作。"


class StaleVersion(Conflict):
    """The thing has changed since you read it."""

    status = 412
    advice = "内容已被他人修改，请刷新后再操作。"


class PreconditionRequired(Problem):
    """The request must say which version it changes."""

    status = 428
    advice = "请在 If-Match 中注明要修改的版本。"


class Unprocessable(Problem):
    """The request is well formed but cannot be carried out."""

    status = 422
    advice = "提交的内容不符合要求。"


class Invalid(Unprocessable):
    """The request has fields that are missing, unknown or wrong."""

    advice = "提交的内容有误，请逐项改正。"

    def __init__(self, faults: list[Fault]) -> None:
        """Name every fault, not only the first."""
        super().__init__(faults=[fault._asdict() for fault in faults])


class TooManyRequests(Problem):
    """Too many requests in too short a time."""

    status = 429
    advice = "操作过于频繁，请稍后再试。"


class Unavailable(Problem):
    """A part this answer needs does not respond right now."""

    status = 503
    advice = "服务暂时不可用，请稍后再试。"

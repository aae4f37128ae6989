"""What attachments are called: by their writers, and in public."""

from shared.contracts.assets import AssetKind
from shared.contracts.attachments import AttachmentState
from shared.files.form import file_name
from shared.plain_signs import INVISIBLE

STATES = {
    AttachmentState.WAITING: "等待安全检查",
    AttachmentState.READY: "可查看",
    AttachmentState.REFUSED: "未通过安全检查，已删除",
}
NO_SCANNER = "病毒扫描服务暂不可用，恢复后将自动检查。"
EXTENSIONS = {AssetKind.JPEG: "jpg"}


def shown_name(given: str) -> str:
    """Return a file's name as it can be shown: on one line, and all of it seen."""
    return file_name(INVISIBLE.sub("", given))


def public_name(position: int, kind: AssetKind | None = None) -> str:
    """Return the neutral name of an attachment; one that is withheld has no extension."""
    if kind is None:
        return f"附件{position}"
    return f"附件{position}.{EXTENSIONS.get(kind, kind.value)}"


def judged_name(name: str) -> str:
    """Return a name that tells a program no more than the extension."""
    return f"attachment.{name.rpartition('.')[2]}"

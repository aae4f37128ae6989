"""Why somebody of the staff sees what citizens wrote."""

from shared.contracts.privacy import LetterUse
from shared.problem import Problem

USES = {
    LetterUse.OPENED: "查看来信",
    LetterUse.READ_FILE: "查看附件",
    LetterUse.SOUGHT: "按联系方式查找",
    LetterUse.EXPORTED: "导出来信",
}


class Erased(Problem):
    """The letter's content was erased."""

    status = 410
    advice = "来信内容已依规删除，不能再查看或办理。"

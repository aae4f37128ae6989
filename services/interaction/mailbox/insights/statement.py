"""A statement as lines that a workbook or a document shows."""

from collections.abc import Sequence

from shared.contracts.insights import LetterMeasures, LetterStatement

Cell = str | float | None
HEADINGS = (
    *("单位", "收到来信", "有效来信", "受理", "已答复", "答复率（%）"),
    *("按期答复", "按期率（%）", "逾期", "平均办理工作日"),
    *("参评", "满意", "基本满意", "不满意", "满意率（%）"),
    *("重新办理", "公开", "公开率（%）"),
)
TOTAL, UNASSIGNED = "合计", "未分办"


def title(statement: LetterStatement) -> str:
    """Return what the statement is called."""
    return f"来信办理情况统计（{statement.since:%Y-%m-%d} 至 {statement.until:%Y-%m-%d}）"


def notes(statement: LetterStatement) -> Sequence[str]:
    """Return what its reader must know: what is counted, and up to when."""
    counted = f"{statement.since:%Y-%m-%d} 至 {statement.until:%Y-%m-%d}"
    return (
        f"统计口径：收信日期在 {counted} 之间的来信，办理情况截至 {statement.cut_off:%Y-%m-%d}。",
        "有效来信不含不予受理和并案的来信；答复率为已答复数占有效来信数的比例。",
        "满意率按来信人实际评价计算，逾期未评价的不计入。",
    )


def lines(statement: LetterStatement) -> Sequence[Sequence[Cell]]:
    """Return a line for each unit, and the total last."""
    return (
        *(_line(unit.name or UNASSIGNED, unit.measures) for unit in statement.units),
        _line(TOTAL, statement.total),
    )


def _line(name: str, of: LetterMeasures) -> Sequence[Cell]:
    return (
        *(name, of.received, of.valid, of.accepted, of.answered, of.answer_rate),
        *(of.on_time, of.on_time_rate, of.overdue, of.average_working_days),
        *(of.evaluated, of.satisfied, of.fairly, of.dissatisfied, of.satisfaction_rate),
        *(of.reopened, of.published, of.public_share),
    )

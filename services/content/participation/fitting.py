"""Where a text of participation fits: of which kind its item is, and in which column."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from services.content.registry.column_kinds import column_kinds
from shared.contracts.content import ItemKind
from shared.contracts.participation import ParticipationKind, ParticipationMoment
from shared.contracts.registry import ColumnKind
from shared.problem import Problem

COLUMNS = {
    ParticipationKind.SURVEY: ColumnKind.CONSULTATIONS,
    ParticipationKind.CONSULTATION: ColumnKind.CONSULTATIONS,
    ParticipationKind.INTERVIEW: ColumnKind.INTERVIEWS,
}
ITEMS = {
    (ColumnKind.CONSULTATIONS, ParticipationMoment.ANNOUNCED): ItemKind.NOTICE,
    (ColumnKind.CONSULTATIONS, ParticipationMoment.RESULT): ItemKind.RESPONSE,
    (ColumnKind.INTERVIEWS, ParticipationMoment.ANNOUNCED): ItemKind.NEWS,
    (ColumnKind.INTERVIEWS, ParticipationMoment.RESULT): ItemKind.NEWS,
}

NO_COLUMN = "本网站没有“{label}”栏目，请选择栏目后采用。"
SEVERAL_COLUMNS = "本网站有多个“{label}”栏目，请选择栏目后采用。"
NO_AUTHORITY = "撰写人没有本网站的编辑权限，请由编辑采用。"
NOT_DRAFTED = "未能自动生成稿件：{why}"


class Place(NamedTuple):
    """The one column a text fits in, or why a person must choose."""

    kind: ItemKind
    column_id: UUID | None
    message: str | None


def place(
    kind: ParticipationKind, moment: ParticipationMoment, columns: Collection[UUID]
) -> Place:
    """Return where a text stands if only one of a site's columns is for texts of its kind."""
    fits = COLUMNS[kind]
    item = ITEMS[fits, moment]
    if len(columns) == 1:
        return Place(item, next(iter(columns)), None)
    label = column_kinds().kinds[fits].label
    message = SEVERAL_COLUMNS if columns else NO_COLUMN
    return Place(item, None, message.format(label=label))


def why(refused: Problem) -> str:
    """Return everything that a refusal says is wrong, in one line."""
    faults = refused.members.get("faults") or ()
    return NOT_DRAFTED.format(why="；".join([refused.detail, *(one["detail"] for one in faults)]))

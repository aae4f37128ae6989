import httpx
import pytest
from pydantic import ValidationError

from services.content.registry.column_kinds import ColumnKinds, column_kinds
from shared.contracts.content import ItemKind
from shared.contracts.registry import ColumnKind

# 国办发〔2017〕47号, values of ColumnType
NATIONAL = {
    *("首页", "概况信息", "机构职能", "负责人信息", "工作动态", "政策文件"),
    *("信息公开指南", "信息公开目录", "信息公开年报", "依申请公开", "数据发布", "数据开放"),
    *("政策解读", "回应关切", "办事服务", "咨询投诉", "征集调查", "在线访谈"),
}


def test_the_kinds_cover_the_national_list_and_nothing_else() -> None:
    assert len(NATIONAL) == 18
    assert {said.column_type for said in column_kinds().kinds.values()} == NATIONAL


@pytest.mark.parametrize("kind", ColumnKind)
def test_a_status_statement_may_stand_in_any_column(kind: ColumnKind) -> None:
    takes = column_kinds().takes(kind)
    assert takes[-2:] == (ItemKind.STATUS_STATEMENT, ItemKind.TOPIC_UPDATE)
    assert len(set(takes)) == len(takes) > 1


def test_every_kind_of_item_has_a_column_to_stand_in() -> None:
    known = column_kinds()
    assert {item for kind in ColumnKind for item in known.takes(kind)} == set(ItemKind)


def test_a_list_that_forgets_a_kind_is_refused() -> None:
    with pytest.raises(ValidationError, match="nothing said of"):
        ColumnKinds.model_validate({"everywhere": [], "kinds": {}})


async def test_anyone_may_read_the_kinds(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/public/column-kinds")
    assert len(answer.json()) == len(ColumnKind)
    assert answer.json()[4] == {
        "kind": "news",
        "label": "工作动态",
        "column_type": "工作动态",
        "target_days": 7,
        "red_line_days": 14,
        "takes": ["news", "status_statement", "topic_update"],
    }

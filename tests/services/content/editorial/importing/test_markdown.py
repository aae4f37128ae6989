import pytest

from services.content.editorial.document import LONGEST_DOCUMENT, DocumentTooLong
from services.content.editorial.importing.markdown import read_markdown


def test_markdown_takes_the_same_road() -> None:
    material = read_markdown(
        "# 关于停水的通知\n\n请**储水**，见[公告](/g)。\n\n1. 一\n2. 二\n\n"
        "|甲|乙|\n|-|-|\n|1|2|\n\n"
        "<div style='display:none'>密</div>\n\n![图](/a.png)\n"
    )
    assert material.text.split("\n") == [
        "关于停水的通知",
        "请储水，见公告。",
        "1. 一",
        "2. 二",
        "甲\t乙",
        "1\t2",
    ]
    assert material.paragraphs[0].level == 1
    assert [link.href for link in material.links] == ["/g"]
    assert [image.alt for image in material.images] == ["图"]
    assert [finding.code for finding in material.findings()] == ["import.hidden_text"]


def test_markdown_past_the_limit_is_refused_by_name() -> None:
    with pytest.raises(DocumentTooLong):
        read_markdown("字" * (LONGEST_DOCUMENT + 1))

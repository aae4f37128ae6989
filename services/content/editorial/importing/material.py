"""What came out of a pasted page or an uploaded file."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.checks.rules import report
from shared.contracts.document import ImageSeen, LinkSeen, Paragraph
from shared.personal_data import mask

SHOWN = 60
WHOLE = "document"
TOLD = {
    "import.script": ("含有脚本，已去除。", "无需处理；如内容有缺失请补充。"),
    "import.style": ("含有样式，已去除。", "无需处理。"),
    "import.embedded": ("含有嵌入的音视频、框架或表单，已去除。", "音视频请另行上传。"),
    "import.comment": ("含有批注或注释，已去除。", "确认批注意见均已处理。"),
    "import.hidden_text": ("含有读者看不见的文字，已去除。", "核实来源文件是否被篡改。"),
    "import.complex_table": ("含有结构较复杂的表格，未转入正文。", "将表格另存为附件发布。"),
    "import.tracked_changes": ("含有修订痕迹，已按接受全部修订处理。", "核对定稿文字。"),
    "import.numbering": (
        "含有自动编号，已改写为阿拉伯数字或圆点。",
        "核对“一、”“（一）”等层次序数。",
    ),
    "import.page_margin": ("含有页眉页脚，未转入正文。", "确认页眉页脚中没有正文内容。"),
    "links.hidden": (
        "含有读者看不见的链接，已去除。",
        "报告网站安全管理员，核实来源网页是否被篡改。",
    ),
}


@dataclass
class Material:
    """Paragraphs, pictures and links in reading order, and a tally of what was left behind."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    images: list[ImageSeen] = field(default_factory=list)
    links: list[LinkSeen] = field(default_factory=list)
    dropped: dict[str, list[str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the paragraphs, one a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def drop(self, code: str, shown: str = "", times: int = 1) -> None:
        """Note that something was left behind, and what could be seen of it."""
        self.dropped.setdefault(code, []).extend([shown.strip()] * times)

    def findings(self) -> Iterator[CheckFinding]:
        """Yield one finding for each kind of thing that was left behind."""
        for code, shown in self.dropped.items():
            message, advice = TOLD[code]
            first = next(filter(None, shown), "")
            finding = report(
                code,
                WHOLE,
                excerpt=mask(first)[:SHOWN],
                suggestion=advice,
                message=f"文件中{message}共 {len(shown)} 处。",
            )
            yield finding.model_copy(update={"count": len(shown)})

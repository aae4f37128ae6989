"""What a web page leaves around a text when it is copied: paths, tools, counters and footers."""

import re
from collections.abc import Sequence

# Farther from the end than this, a line that looks like a footer is part of the text.
FOOTER_REACH = 15
LABEL = (
    "(?:责任编辑|编辑|作者|审核|文章来源|信息来源|来源|发布日期|发布时间|更新时间|发布机构|"
    "浏览次数|阅读次数|点击数|点击|访问量|字体|字号)"
)
TOOL = (
    "打印本页|打印|关闭窗口|关闭本页|关闭|返回顶部|返回首页|加入收藏|收藏|分享到|分享|我要纠错|"
    "字体|字号|大|中|小"
)
CHROME = re.compile(
    r"[您你]?(?:当前|现在|目前)?(?:所在)?的?位置\s*[:：].*"
    r"|首\s*页\s*[>＞›»].*"
    rf"|.*{LABEL}\s*[:：].*{LABEL}\s*[:：].*"
    r"|(?:请?用?微信)?扫一扫.*"
    r"|[上下]一[篇条]\s*[:：].*"
    r"|您是.{0,10}第\s*\d+\s*位.*"
    rf"|[\s|｜:：\[\]【】]*(?:(?:{TOOL})[\s|｜:：\[\]【】]*)+"
    r"|[^\s|｜。]{2,8}(?:\s*[|｜]\s*[^\s|｜。]{2,8}){2,}"
)
LABELLED = re.compile(
    rf"{LABEL}\s*[:：].{{0,40}}|\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?"
)
FOOTER = re.compile(
    r"版权所有|ICP\s*备\s*\d|公网安备\s*\d|网站标识码\s*[:：]|Copyright|All Rights Reserved",
    re.IGNORECASE,
)
ABOVE_FOOTER = re.compile(
    r"(?:主办|承办|协办|技术支持|地址|邮编|电话|联系电话|传真|E-?mail|网站地图|关于我们).*",
    re.IGNORECASE,
)


def without_chrome(lines: Sequence[str]) -> list[str]:
    """Return the lines that belong to the text, blank ones left out."""
    text = [line for line in lines if line and not CHROME.fullmatch(line)]
    return text[: _footer(text)]


def is_labelled(line: str) -> bool:
    """Tell whether a line only says who put the text on the page, and when."""
    return LABELLED.fullmatch(line) is not None


def _footer(lines: Sequence[str]) -> int:
    start = next(
        (
            place
            for place in range(max(0, len(lines) - FOOTER_REACH), len(lines))
            if FOOTER.search(lines[place]) and "。" not in lines[place]
        ),
        len(lines),
    )
    while 0 < start < len(lines) and ABOVE_FOOTER.fullmatch(lines[start - 1]):
        start -= 1
    return start

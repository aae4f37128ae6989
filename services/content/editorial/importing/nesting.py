"""Markup nobody wrote: so deeply nested, or left open so often, that reading it would not end."""

import re
from collections import Counter

from services.content.editorial.importing.elements import elements
from shared.contracts.document import LONGEST_MARKUP
from shared.problem import Unprocessable

DEEPEST = 400
MOST_WORK = 2_000_000
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20})")
FORMATTING = elements("formatting")
SELF_ENDING = elements("self_ending")


class TangledMarkup(Unprocessable):
    """The markup is too large, or nested too deeply to be a document."""

    advice = "网页代码过大或嵌套过深，请只复制正文部分后重新粘贴。"


def check_nesting(markup: str) -> None:
    """Refuse markup whose tree would grow far beyond its text.

    A formatting element left open is opened again in every block that follows, so what counts is
    how many are open times how many tags there are.
    """
    if len(markup) > LONGEST_MARKUP:
        raise TangledMarkup(characters=len(markup), limit=LONGEST_MARKUP)
    opened: Counter[str] = Counter()
    deepest = widest = depth = formatting = tags = 0
    for tag in TAG.finditer(markup):
        name = tag[2].lower()
        tags += 1
        if name in SELF_ENDING:
            continue
        step = 1 if not tag[1] else -1 if opened[name] else 0
        opened[name] += step
        depth += step
        formatting += step if name in FORMATTING else 0
        deepest, widest = max(deepest, depth), max(widest, formatting)
    if deepest > DEEPEST or widest * tags > MOST_WORK:
        raise TangledMarkup(depth=deepest, limit=DEEPEST)

"""What a questionnaire must be to be asked."""

from collections.abc import Iterator, Sequence

from shared.contracts.questionnaires import Condition, Option, Question, QuestionKind
from shared.problem import Fault

CHOSEN = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
COUNTED = (QuestionKind.MULTIPLE, QuestionKind.RANKING)
OFFERING = (*CHOSEN, QuestionKind.RANKING, QuestionKind.MATRIX)
OWN_FIELDS = {
    "rows": (QuestionKind.MATRIX,),
    "options": OFFERING,
    "at_least": COUNTED,
    "at_most": COUNTED,
    "scale": (QuestionKind.RATING,),
    "longest": (QuestionKind.TEXT,),
}
KINDS = {
    QuestionKind.SINGLE: "单选",
    QuestionKind.MULTIPLE: "多选",
    QuestionKind.RATING: "评分",
    QuestionKind.TEXT: "填写",
    QuestionKind.RANKING: "排序",
    QuestionKind.MATRIX: "矩阵",
}


def faults(questions: Sequence[Question]) -> Iterator[Fault]:
    """Yield everything that keeps these questions from being asked, not only the first fault."""
    earlier: dict[str, Question] = {}
    for place, question in enumerate(questions):
        at = f"/questions/{place}"
        if question.key in earlier:
            yield Fault(f"{at}/key", "twice", "题目的标识不能重复。")
        yield from _of_kind(question, at)
        if question.shown_if is not None:
            yield from _of_condition(question.shown_if, earlier, f"{at}/shown_if")
        earlier.setdefault(question.key, question)


def _of_kind(question: Question, at: str) -> Iterator[Fault]:
    for field, kinds in OWN_FIELDS.items():
        if question.kind not in kinds and getattr(question, field):
            told = f"{KINDS[question.kind]}题没有这一项，请删除。"
            yield Fault(f"{at}/{field}", "misplaced", told)
    if question.kind in OFFERING:
        yield from _of_options(question.options, f"{at}/options", at_least=2)
    if question.kind is QuestionKind.MATRIX:
        yield from _of_options(question.rows, f"{at}/rows", at_least=1)
    if question.kind is QuestionKind.RATING and question.scale is None:
        yield Fault(f"{at}/scale", "missing", "请填写最高分。")
    if question.kind in COUNTED:
        least, most = bounds(question)
        if not least <= most <= len(question.options):
            told = "可选数目应不少于最少、不多于选项总数。"
            yield Fault(f"{at}/at_most", "bounds", told)


def _of_options(options: Sequence[Option], at: str, *, at_least: int) -> Iterator[Fault]:
    if len(options) < at_least:
        yield Fault(at, "too_few", f"至少{at_least}项。")
    for field in ("key", "label"):
        seen = set()
        for place, option in enumerate(options):
            if (said := getattr(option, field)) in seen:
                yield Fault(f"{at}/{place}/{field}", "twice", "同一题中不能重复。")
            seen.add(said)


def _of_condition(condition: Condition, earlier: dict[str, Question], at: str) -> Iterator[Fault]:
    asked = earlier.get(condition.question)
    marks = [mark for mark in (condition.at_least, condition.at_most) if mark is not None]
    if asked is None:
        yield Fault(f"{at}/question", "not_earlier", "只能以前面的题目为条件。")
    elif asked.kind in CHOSEN:
        if marks or not condition.any_of:
            yield Fault(f"{at}/any_of", "choose", "请写明选了哪一项才显示本题。")
        if set(condition.any_of) - {option.key for option in asked.options}:
            yield Fault(f"{at}/any_of", "unknown", "条件中有该题没有的选项。")
        if asked.kind is QuestionKind.MULTIPLE and len(condition.any_of) > 1:
            yield Fault(f"{at}/any_of", "one_only", "以多选题为条件的，只能写一个选项。")
    elif asked.kind is QuestionKind.RATING:
        if condition.any_of or not marks:
            yield Fault(at, "marks", "请写明评分在什么范围才显示本题。")
        elif not all(1 <= mark <= (asked.scale or 1) for mark in marks) or marks != sorted(marks):
            yield Fault(at, "marks", "评分范围不在该题的分值以内。")
    else:
        told = "只能以单选、多选或评分题为条件。"
        yield Fault(f"{at}/question", "kind", told)


def bounds(question: Question) -> tuple[int, int]:
    """Return how many options of a question are to be chosen or ranked, at least and at most."""
    return question.at_least or 1, question.at_most or len(question.options)

"""Chinese documents such as governments publish, as many as are asked for, always the same."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

KINDS = (
    ("news", "news"),
    ("notice", "notices"),
    ("policy", "policies"),
    ("data", "data"),
    ("guide", "guides"),
)
PLACES = "龙子湖 蚌山 禹会 淮上 怀远 五河 固镇 高新 经开 马城 曹老集 小蚌埠 新城 秦集 梅桥".split()  # noqa: SIM905  # a list is hard to read
SUBJECTS = [
    "政府网站信息发布",
    "城乡居民基本医疗保险",
    "老旧小区改造",
    "农村饮水安全",
    "防汛抗旱",
    "高标准农田建设",
    "营商环境优化",
    "义务教育招生",
    "公共场所控烟",
    "食品安全监管",
    "就业创业扶持",
    "保障性住房分配",
    "河湖长制",
    "大气污染防治",
    "基层卫生服务",
    "社会救助",
    "危房整治",
    "数字政府建设",
    "安全生产检查",
    "公共文化服务",
    "秸秆综合利用",
    "道路交通管理",
    "知识产权保护",
    "养老服务体系",
    "便民服务热线",
    "重点项目推进",
]
ACTS = ["做好", "加强", "规范", "推进", "完善", "落实", "深化", "开展", "提升", "优化"]
FORMS = ["通知", "意见", "实施方案", "公告", "情况通报", "工作要点", "办法", "决定"]
SENTENCES = (
    "各县区、各部门要高度重视{subject}工作，明确分管负责人和具体承办人员，健全工作制度，落实工作责任。",
    "{place}区组织专门力量对辖区内的{subject}情况进行全面排查，共发现问题{count}个，已整改{done}个。",
    "根据{year}年度工作安排，市政府办公室会同有关部门制定了{subject}的具体措施。",
    "截至{month}月底，全市{subject}累计投入资金{count}万元，惠及群众{done}户，群众满意度持续提升。",
    "要坚持问题导向，针对{subject}中存在的薄弱环节，逐项列出清单，逐项明确时限，确保按期完成。",
    "有关单位应当于每季度结束后报送{subject}进展情况，由市政府办公室汇总后统一通报。",
    "{place}镇把{subject}列为民生实事，采取政府引导、社会参与、群众监督的办法稳步实施。",
    "对工作落实不力、进展缓慢的，予以通报批评；对成效明显的，及时总结推广经验做法。",
    "会议强调，{subject}事关群众切身利益，必须坚持公开透明，主动接受社会监督。",
    "申请人可以在工作时间到政务服务中心窗口办理，也可以通过政务服务网在线提交{subject}申请材料。",
)
CHARACTERS = 600
FIRST_DAY = date(2012, 1, 4)
DAYS = 5_000


def items(count: int, columns: dict[str, str], seed: int = 3) -> Iterator[dict[str, Any]]:
    """Yield lines of items, oldest first; `columns` says which column holds which kind."""
    random = Random(seed)  # noqa: S311  # texts, not secrets
    for number in range(count):
        kind, column = KINDS[random.randrange(len(KINDS))]
        day = FIRST_DAY + timedelta(days=number * DAYS // count)
        subject, place = random.choice(SUBJECTS), random.choice(PLACES)
        yield {
            "type": "item",
            "id": f"old-{number}",
            "column": columns[column],
            "kind": kind,
            "title": f"关于{place}{random.choice(ACTS)}{subject}工作的{random.choice(FORMS)}",
            "body": _body(random, subject, day),
            "source": "蚌埠市人民政府办公室",
            "published_on": day.isoformat(),
            "keywords": [subject, place],
        }


def _body(random: Random, subject: str, day: date) -> str:
    paragraphs, length = [], 0
    while length < CHARACTERS:
        count = random.randrange(20, 900)
        paragraph = "".join(
            random.choice(SENTENCES).format(
                subject=subject if random.random() < 0.5 else random.choice(SUBJECTS),  # noqa: PLR2004
                place=random.choice(PLACES),
                year=day.year,
                month=day.month,
                count=count,
                done=random.randrange(10, count),
            )
            for _ in range(3)
        )
        paragraphs.append(paragraph)
        length += len(paragraph)
    return "\n\n".join(paragraphs)

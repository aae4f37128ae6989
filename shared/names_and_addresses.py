"""Where a Chinese text names a person or a home: only what its own words make certain."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

# These also begin everyday words (于是, 何时, 申请), so a weak label alone does not make a name.
DOUBTFUL_SURNAMES = (
    "于向和常曾高应时安计连全成原明单华万文方关任武金易强盛游路边车房查解包官商古白康马钱夏江管"
    "石童左平宁何申毕尤施陆费纪项季范许程廉简严顾祝谈冷米池温席封沙"
)
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗梁宋郑谢韩唐冯董萧肖曹袁邓傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎闫"
    "余潘杜戴钟汪田姜姚谭廖邹熊郝孔崔毛邱秦史侯邵孟龙段雷汤尹黎贺赖龚庞樊兰殷陶洪翟颜倪牛芦俞章"
    "鲁葛伍韦聂焦柳邢岳齐梅莫庄辛涂谷祁舒耿牟卜詹苗凌靳甄曲阳裴卫屈鲍覃霍翁隋甘景柏柯阮桂闵柴"
    "冉辜吉饶刁瞿戚丘滕晋苑邬臧宫苟褚娄符奚穆燕郎冀姬屠郜晏栾郁蒙喻窦迟敖卓仇艾蓝巩仲虞卞楚佟"
    "宗巫鞠桑荆谌岑胥蔺"
)
COMPOUND_SURNAMES = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|司徒|端木|长孙"
HAN = "[\u4e00-\u9fff]"
NOT_A_GIVEN_NAME = "(?!先生|女士|小姐|同志|老师|师傅|主任|科长|局长|经理|某|氏|.?人)"
AFTER_A_NAME = (
    rf"(?=(?!{HAN})|男|女|性别|电话|手机|联系|身份|住|家住|是|系|现|今年|年龄|来自|在|想|要"
    "|反映|投诉|咨询|和|与|于|我|因|向|对)"
)
ROLE = "(?:联系|投诉|申请|反映|举报|来信|写信|求助|当事)人"
CERTAIN_LABEL = rf"(?:(?:姓\s*名|{ROLE}|本人)\s*:\s*|(?:我|本人|我的?名|名)叫做?|姓名[是为])\s*"
WEAK_LABEL = r"(?:姓\s*名|联系人|本人)\s*"
PERSON_FOLLOWS = r"(?=[ ,、(]*(?:男|女|身份证|现年|今年|[0-9]{2}岁|电话|手机|家?住))"
GIVEN = rf"{NOT_A_GIVEN_NAME}{HAN}{{1,2}}"
MINORITY_NAME = rf"{HAN}{{1,6}}(?:·{HAN}{{1,6}})+"
NAME = re.compile(
    rf"{CERTAIN_LABEL}(?P<certain>{MINORITY_NAME}"
    rf"|(?:{COMPOUND_SURNAMES}|[{SURNAMES}{DOUBTFUL_SURNAMES}]){GIVEN}{AFTER_A_NAME})"
    rf"|{WEAK_LABEL}(?P<weak>(?:{COMPOUND_SURNAMES}|[{SURNAMES}]){GIVEN}{AFTER_A_NAME}"
    rf"|[{DOUBTFUL_SURNAMES}]{GIVEN}{PERSON_FOLLOWS})"
)

# Every name and every door holds such signs, which are found much sooner.
LABELLED = re.compile(r"[姓我名本系诉请映报信助事](?:\s*名|人|.{0,3}叫)")
NUMBERED = re.compile(
    r"[0-9A-Z一二三四五六七八九十百零〇](?:\s?(?:号|栋|幢|座|单元|楼|层|组|室|房)|-[0-9])"
)
ORDINAL = "(?:[A-Z]?[0-9]+[A-Z]?(?:-[0-9]+)*|[A-Z]|[一二三四五六七八九十百零〇]+)"
MOST_DOORS = 7  # behind the first; a longer row is no address, and takes long to look through
DOOR = rf"{ORDINAL}\s?(?:号楼|号院|号|栋|幢|座|单元|楼|层|组|室|房)"
DOORS = re.compile(
    rf"(?<![0-9A-Z一二三四五六七八九十百零〇-])(?<!\*{{4}})"
    rf"(?:{DOOR}(?:\s?{DOOR}){{0,{MOST_DOORS}}}"
    r"(?:\s?(?:[0-9]{1,4}-){0,3}[0-9]{3,4}(?![0-9年]|[ )-]?\*{4}))?"
    r"|(?<=[区园苑寓村城府庭])[0-9]{1,3}-[0-9]{1,2}-[0-9]{2,4}(?![0-9]|\*{4}))"
)
DWELLING = re.compile(
    r"(?:号|栋|幢|单元).*(?:室|房|[0-9]{3})$|(?:号楼|号院).*[0-9]$|组.*号$|^[0-9]+-[0-9]+-[0-9]+$"
)
BUILDING = re.compile("号|栋|幢|座|单元|组|室|房|-")
RESIDENCE = re.compile(
    "家住|住在|现住|居住[在于地]?|住址|住所|家庭地址|(?:通讯|联系|收件)地址|户[籍口](?:所在地|地址)"
)
BREAK = re.compile("[^\u4e00-\u9fff0-9A-Za-z: ·-]")
DOWN_TO_TOWNSHIP = re.compile(
    rf".*(?:街道|办事处|[省县镇乡旗]|(?<![小社])区|(?<!超)市|{RESIDENCE.pattern}|位于|在)"
    "[是为在于: ]*"
)
PLACE = re.compile("[^的我你他们反映请: ]{0,16}")
LONGEST_LEAD = 40


def names(text: str) -> Iterator[Span]:
    """Yield the names that follow a label such as 姓名 or 我叫; `text` has half-width signs."""
    for match in NAME.finditer(text) if LABELLED.search(text) else ():
        yield match.span("certain" if match["certain"] else "weak")


def masked_name(name: str) -> str:
    """Leave the surname, or the first character where there is none."""
    kept = 2 if name[:2] in COMPOUND_SURNAMES.split("|") else 1
    return name[:kept] + "*" * (len(name) - kept)


def addresses(text: str) -> Iterator[Span]:
    """Yield the part of each home address that lies below township or street office."""
    floor = 0
    for doors in DOORS.finditer(text) if NUMBERED.search(text) else ():
        reach = text[max(floor, doors.start() - LONGEST_LEAD) : doors.start()]
        lead = BREAK.split(reach)[-1]
        place = _place(lead)
        if _is_home(lead, place, doors[0]):
            floor = doors.end()
            yield doors.start() - len(place or ""), floor


def _place(lead: str) -> str | None:
    """Return the road or estate below the township, if `lead` shows where it begins."""
    above = DOWN_TO_TOWNSHIP.match(lead)
    place = PLACE.fullmatch(lead, above.end()) if above else None
    return place[0] if place else None


def _is_home(lead: str, place: str | None, doors: str) -> bool:
    """Tell homes from offices: a street and number is a home only where somebody lives there."""
    lived_in = place is not None and RESIDENCE.search(lead) and BUILDING.search(doors)
    return bool(lived_in or DWELLING.search(doors))

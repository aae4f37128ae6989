import itertools
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.identity_numbers import is_bank_card, is_credit_code, is_identity_number
from shared.personal_data import Kind, find, mask

VALID_ID = "11010519491231002X"
VALID_CARD = "4111111111111111"
# Valid as a citizen's number and, by chance, as an organization's credit code too.
AMBIGUOUS = "110105199003060054"


def kinds(text: str) -> list[Kind]:
    return [match.kind for match in find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        (f"身份证号{VALID_ID}。", Kind.IDENTITY_NUMBER, "身份证号11*************02X。"),
        (f"ID{VALID_ID.lower()}", Kind.IDENTITY_NUMBER, "ID11*************02X"),
        ("110105 19491231 002X", Kind.IDENTITY_NUMBER, "11*************02X"),
        (
            "证件１１０１０５１９４９１２３１００２Ｘ",
            Kind.IDENTITY_NUMBER,
            "证件11*************02X",
        ),
        (f"**{VALID_ID}**", Kind.IDENTITY_NUMBER, "**11*************02X**"),
        (AMBIGUOUS, Kind.IDENTITY_NUMBER, "11*************054"),
        ("旧证340303750612001", Kind.LEGACY_IDENTITY_NUMBER, "旧证34**********001"),
        (f"卡号{VALID_CARD}", Kind.BANK_CARD, "卡号************1111"),
        ("卡号6222 0200 0000 0000 000", Kind.BANK_CARD, "卡号***************0000"),
        ("手机13812341234", Kind.MOBILE, "手机138****1234"),
        ("手机138-1234-1234", Kind.MOBILE, "手机138****1234"),
        ("手机138 1234 1234", Kind.MOBILE, "手机138****1234"),
        ("＋8613812341234", Kind.MOBILE, "＋86138****1234"),
        ("车牌皖C12345。", Kind.PLATE, "车牌皖C****5。"),
        ("车牌皖C·A1B23", Kind.PLATE, "车牌皖C****3"),
        ("新能源皖CD12345", Kind.PLATE, "新能源皖C****5"),
        ("客车沪A12345D", Kind.PLATE, "客车沪A****D"),
        ("教练车皖C1234学", Kind.PLATE, "教练车皖C****学"),
        ("电话0552-3125236", Kind.LANDLINE, "电话0552-*****36"),
        ("电话（0552）3125236", Kind.LANDLINE, "电话(0552)*****36"),
        ("电话01062345678", Kind.LANDLINE, "电话010******78"),
        ("家里电话：3125236", Kind.LANDLINE, "家里电话：*****36"),
        ("发到 wang.wu@example.com 即可", Kind.EMAIL, "发到 w***@example.com 即可"),
        ("ab@example.com", Kind.EMAIL, "***@example.com"),
    ],
)
def test_each_kind_is_found_and_has_its_masked_form(text: str, kind: Kind, masked: str) -> None:
    assert kinds(text) == [kind]
    assert mask(text) == masked


@pytest.mark.parametrize(
    "number",
    [
        "1101 0519 4912 31002X",
        "110105.19491231.002X",
        "110105–19491231–002X",
        "110105\u200219491231\u2002002X",
        "110105\n19491231002X",
        "1\t1\t0\t1\t0\t5\t1\t9\t4\t9\t1\t2\t3\t1\t0\t0\t2\tX",
        "110105\u200b19491231\xad002X",
        "११०१०५१९४९१२३१००२X",
        "𝟏𝟏𝟎𝟏𝟎𝟓𝟏𝟗𝟒𝟗𝟏𝟐𝟑𝟏𝟎𝟎𝟐Х",
        "11O1O519491231OO2X",
        "ll0l05l949l23l002X",
        "11010519491231002X13812341234",
        "311010519491231002X",
    ],
)
def test_however_it_was_typed_a_citizens_number_is_found(number: str) -> None:
    assert kinds(f"号码：{number}，")[0] is Kind.IDENTITY_NUMBER


@pytest.mark.parametrize(
    "text",
    [
        "2019\t110105\t194912\t31002\t8",
        "1101 0519 49 12 31 00 2X",
        "110105\n194912\n31002X",
        "1 2 3 4 5 6 7 8 9 10 11 12 13",
    ],
)
def test_figures_beside_each_other_are_no_citizens_number(text: str) -> None:
    assert find(text) == ()


def test_what_is_found_stands_where_it_was_typed() -> None:
    (match,) = find("手机\u200b138\u200b12341234。")
    assert (match.start, match.end, match.masked) == (3, 15, "138****1234")
    assert mask("手机\u200b138\u200b12341234。") == "手机\u200b138****1234。"


@pytest.mark.parametrize(
    "text", ["皖C-12345", "手机138.1234.1234", "手机1381-234-1234", "手机138-123-41234"]
)
def test_plates_and_mobiles_are_found_in_their_other_spellings(text: str) -> None:
    assert len(find(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码11441700007280420Y",
        "913403001490000218",
        "统一社会信用代码（证号）：11620622013933539B",
        f"统一社会信用代码：{AMBIGUOUS}",
        "索引号：11441700007280420Y/2021-00050",
        "索引号：003110926/201510-00216",
        "索引号：000014349/2017-00110",
        "蚌政办秘〔2017〕97号",
        "皖公网安备 34030002000001号",
        "网站标识码：3403000006",
        "110105194912310021",
        "项目总投资13812341234元",
        "增长13812341234.56",
        "流水号2024010112345670",
        "编号138123412345",
        "热线12345，传真不详，客服400-810-8888",
        "车牌皖C****5",
        "皖B2-20190001号许可证",
        "京G4高速",
        "皖C1234567号文件",
        "新ABCDEF型",
        "手机138****1234，证件11*************02X，卡号************1111",
        "a@b，@某人",
    ],
)
def test_public_and_masked_numbers_pass(text: str) -> None:
    assert find(text) == ()
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("姓名：张三", "姓名：张*"),
        ("姓 名：张小明 性别：男", "姓 名：张** 性别：男"),
        ("联系人：欧阳娜娜，", "联系人：欧阳**，"),
        ("姓名：阿依古丽·买买提，", "姓名：阿*******，"),
        ("我叫高建国，今年五十", "我叫高**，今年五十"),
        ("我叫张三在蚌山区居住", "我叫张*在蚌山区居住"),
        ("我叫李小明反映噪音", "我叫李**反映噪音"),
        ("本人王建军，男", "本人王**，男"),
        ("本人何建国，男，56岁", "本人何**，男，56岁"),
        ("投诉人：何建国", "投诉人：何**"),
    ],
)
def test_a_name_after_a_label_keeps_only_its_surname(text: str, masked: str) -> None:
    assert kinds(text) == [Kind.NAME]
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "本人何时能拿到补偿款？",
        "本人于去年，向贵局递交材料。",
        "本人申请，望批准。",
        "本人江苏人，在蚌埠务工。",
        "联系人：张先生",
        "联系人：办公室",
        "联系人：王某某",
        "姓名 单位 职务",
        "姓名和地址，请填写完整。",
        "姓名：张**",
        "张三同志任局长",
    ],
)
def test_everyday_words_after_a_label_are_no_names(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("天桥街道胜利中路12号3栋201室漏水", "天桥街道****漏水"),
        ("投诉胜利路12号3栋201室漏水", "投诉胜利路****漏水"),
        ("住址：禹会区幸福小区3号楼2单元501", "住址：禹会区****"),
        ("我家住在怀远县李村三组12号", "我家住在怀远县****"),
        ("在龙子湖区解放路三栋二单元五零二室。", "在龙子湖区****。"),
        ("幸福小区3-2-502的邻居", "幸福小区****的邻居"),
        ("家庭地址：蚌山区东海大道128号", "家庭地址：蚌山区****"),
        (
            "家住蚌山区甲路1号3栋201室和乙路4栋2单元301室",
            "家住蚌山区****和乙路****",
        ),
    ],
)
def test_a_home_is_shown_down_to_its_township(text: str, masked: str) -> None:
    assert set(kinds(text)) == {Kind.ADDRESS}
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "请到东海大道128号政务服务中心3楼301室办理",
        "政务大厅位于胜利路12号",
        "幸福小区3栋电梯停运",
        "家住蚌山区的我反映淮河路12号井盖丢失",
        "地址：安徽省蚌埠市东海大道市政府院内",
        "我家住三楼",
        "2017年第97号，第三条",
    ],
)
def test_offices_and_public_places_are_no_homes(text: str) -> None:
    assert mask(text) == text


LETTER = f"""市长您好：
    我叫王小明，家住蚌山区天桥街道胜利中路12号3栋201室，身份证号{VALID_ID}。
    小区3栋电梯停运两个月，物业电话0552-3125236无人接听。
    退款请打到{VALID_CARD}，联系人：李红，手机13812341234，邮箱xiaoming@example.com。
    此事曾于2024年5月向住建局反映（信件编号 2024-00123）。"""


def test_a_letter_stays_readable_once_it_names_nobody() -> None:
    assert (
        mask(LETTER)
        == """市长您好：
    我叫王**，家住蚌山区天桥街道****，身份证号11*************02X。
    小区3栋电梯停运两个月，物业电话0552-*****36无人接听。
    退款请打到************1111，联系人：李*，手机138****1234，邮箱x***@example.com。
    此事曾于2024年5月向住建局反映（信件编号 2024-00123）。"""
    )


def test_a_match_says_where_the_data_stands_without_repeating_it() -> None:
    (match,) = find(f"证件号码：{VALID_ID}，请核对")
    assert (match.start, match.end) == (5, 23)
    assert VALID_ID not in str(match)


def test_matches_come_in_order_and_apart() -> None:
    found = find(LETTER)
    assert len(found) == 8
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))


HARMLESS = st.text("市长您好反映小区路灯不亮abcXYZ ，。：\n（）-/*", max_size=20)


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    region = draw(st.integers(110000, 829999))
    birthday = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
    body = f"{region}{birthday:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return next(body + last for last in "0123456789X" if is_identity_number(body + last))


@st.composite
def bank_cards(draw: st.DrawFn) -> str:
    body = draw(st.sampled_from("34569")) + draw(st.text("0123456789", min_size=14, max_size=17))
    number = next(body + last for last in "0123456789" if is_bank_card(body + last))
    assume(not is_credit_code(number))
    return number


MOBILES = st.from_regex(r"1[3-9][0-9]([ -]?[0-9]{4}){2}", fullmatch=True)
ANYTHING = st.lists(
    st.one_of(
        HARMLESS,
        identity_numbers(),
        bank_cards(),
        MOBILES,
        st.text("0123456789 -*号栋室@.年", max_size=12),
        st.sampled_from(
            [
                "我叫张三",
                "姓名：李小明",
                "家住",
                "胜利路",
                "街道",
                "电话",
                "0552-3125236",
                "a.b@c.cn",
                "皖C12345",
                "皖C1234学",
            ]
        ),
    ),
    max_size=8,
).map("".join)


@given(HARMLESS, identity_numbers(), HARMLESS)
def test_no_valid_citizens_number_survives(before: str, number: str, after: str) -> None:
    masked = mask(before + number + after)
    assert number not in masked
    assert number[2:15] not in masked


@given(HARMLESS, bank_cards(), HARMLESS)
def test_no_valid_card_survives(before: str, number: str, after: str) -> None:
    assert number not in mask(f"{before}：{number}，{after}")


@given(ANYTHING)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "a.b@c.cna.b@c.cn",
        f"27502519960126286X{AMBIGUOUS}",
        f"{AMBIGUOUS}*0栋0室",
        "0号13000000000",
        "110105194912310134 1234 5678",
    ],
)
def test_what_a_mask_leaves_is_not_read_with_its_neighbours(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(HARMLESS)
def test_text_without_personal_data_is_unchanged(text: str) -> None:
    assert mask(text) == text

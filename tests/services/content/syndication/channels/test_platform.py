from typing import Any

import pytest

from services.content.syndication.channels.mid import address
from services.content.syndication.channels.platform import Means, figures, platform
from services.content.syndication.channels.rule import Place, Released, Rule, goes
from services.content.syndication.channels.saying import faults
from services.content.syndication.channels.sealing import SECRET, TOKEN, channel_key
from services.content.syndication.partners.interest import Filters, Matter
from shared.contracts.channels import ChannelKind
from shared.contracts.registry import Level
from shared.ids import new_id


@pytest.mark.parametrize("kind", ChannelKind)
def test_every_code_has_words_and_the_usual_templates_are_sound(kind: ChannelKind) -> None:
    known = platform(kind)
    assert known.address.startswith("https://")
    assert all(code.words for code in known.codes.values())
    assert not list(faults(known, {name: part.template for name, part in known.parts.items()}))


def test_a_code_nobody_documented_refuses_and_is_told_as_it_came() -> None:
    meant = platform(ChannelKind.WEIBO).understand("99999")
    assert (meant.means, meant.words) == (Means.REFUSED, "平台拒绝，代码 99999")


def test_figures_are_read() -> None:
    assert figures().lost_looks >= 2


def test_a_post_of_weibo_is_read_where_its_number_says() -> None:
    # The example that open.weibo.com/wiki/2/statuses/querymid gives for id and mid.
    assert address("1404376560", "3501756485200075") == "https://weibo.com/1404376560/z0JH2lOMb"
    assert address("", "3501756485200075") is None
    assert address("1404376560", "x/../y") is None


CITY_SITE = Matter("3403000006", Level.CITY, "340300", text="防汛通知")
OFFICE, CITY = "340000.340300.340300-zfb", "340000.340300"
OF_CITY = Rule(automatic=True, place=Place(CITY, None), column_ids=(), filters=Filters())


@pytest.mark.parametrize(
    ("rule", "item", "does"),
    [
        ({}, {}, True),
        ({"automatic": False}, {}, False),
        ({}, {"sponsoring": "340000.340400"}, False),
        ({}, {"is_repost": True}, False),
        ({"place": Place(OFFICE, "3403000006")}, {}, True),
        ({"place": Place(OFFICE, "3403210001")}, {}, False),
        ({"column_ids": ("b",)}, {}, False),
        ({"column_ids": ("a", "b")}, {}, True),
        ({"filters": Filters(words=["防汛"])}, {}, True),
        ({"filters": Filters(words=["抗旱"])}, {}, False),
    ],
)
def test_an_item_goes_to_a_channel_that_takes_it(
    rule: dict[str, Any],
    item: dict[str, Any],
    does: bool,  # noqa: FBT001  # a table
) -> None:
    released = Released(CITY_SITE, OFFICE, "a", is_repost=False)._replace(**item)
    assert goes(OF_CITY._replace(**rule), released) is does


def test_a_seal_opens_under_its_key_for_its_channel_and_purpose_alone() -> None:
    key, other = channel_key("a key", bytes), channel_key("another key", bytes)
    channel_id = new_id()
    sealed = key.close(channel_id, SECRET, "secret of the account")
    assert b"secret" not in sealed
    assert key.open(channel_id, SECRET, sealed) == "secret of the account"
    assert key.open(channel_id, TOKEN, sealed) is None
    assert key.open(new_id(), SECRET, sealed) is None
    assert other.open(channel_id, SECRET, sealed) is None
    assert key.open(channel_id, SECRET, None) is None

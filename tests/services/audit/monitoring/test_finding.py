import pytest

from services.audit.monitoring.finding import FindingKind


@pytest.mark.parametrize("kind", FindingKind)
def test_a_kind_travels_under_its_own_name(kind: FindingKind) -> None:
    assert str(kind) == kind.name.lower()


@pytest.mark.parametrize("kind", FindingKind)
def test_every_kind_says_in_chinese_what_is_wrong_and_what_to_do(kind: FindingKind) -> None:
    _, label, remedy = kind.nature
    assert all("\u4e00" <= text[0] <= "\u9fff" for text in (label, remedy))
    assert remedy.endswith("。")
    assert not label.endswith("。")


def test_no_two_kinds_share_a_label() -> None:
    assert len({kind.nature.label for kind in FindingKind}) == len(FindingKind)

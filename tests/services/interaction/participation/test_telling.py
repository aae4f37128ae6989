from services.interaction.participation.telling import LONGEST, bounded


def test_what_fits_is_told_whole() -> None:
    assert bounded(iter(["一", "二"]), "其余") == ["一", "二"]
    assert LONGEST * 4 < 1_000_000, "a message of signs of four bytes"


def test_what_does_not_fit_is_cut_between_paragraphs_and_says_so() -> None:
    assert bounded(["一" * 10, "二" * 10, "三"], "其余", most=24) == ["一" * 10, "二" * 10, "其余"]
    assert bounded(["一" * 10, "二" * 10, "三"], "其余", most=23) == ["一" * 10, "其余"]

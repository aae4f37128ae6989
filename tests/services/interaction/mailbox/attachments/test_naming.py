import pytest

from services.interaction.mailbox.attachments.naming import judged_name, public_name, shown_name
from shared.contracts.assets import AssetKind


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("照片.jpg", "照片.jpg"),
        ("../a.jpg", "a.jpg"),
        ("C:\\a\\b.jpg", "b.jpg"),
        ("gpj.\u202eexe.jpg", "gpj.exe.jpg"),
        ("a\u200d\u2060\ufeff.jpg", "a.jpg"),
        ("a\x00b\n.jpg", "ab.jpg"),
        ("..", ""),
    ],
)
def test_a_name_is_what_is_seen_of_it_without_folders(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_public_names_tell_a_place_and_a_kind() -> None:
    assert public_name(1, AssetKind.JPEG) == "附件1.jpg"
    assert public_name(12, AssetKind.PDF) == "附件12.pdf"
    assert public_name(2) == "附件2"


def test_a_program_is_told_the_extension_alone() -> None:
    assert judged_name("李小龙的证言.tar.docx") == "attachment.docx"

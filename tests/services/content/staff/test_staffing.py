from services.content.staff.staffing import required_posts
from shared.contracts.registry import OrganizationKind
from shared.contracts.staff import PostKind


def test_whoever_sponsors_a_site_needs_the_staff_the_city_names() -> None:
    needed = {
        PostKind.LEADER,
        PostKind.EDITOR,
        PostKind.SECRECY_OFFICER,
        PostKind.CORRESPONDENT,
        PostKind.LIAISON,
        PostKind.CLERK,
    }
    for kind in OrganizationKind:
        expected = set() if kind is OrganizationKind.PARTNER else needed
        assert set(required_posts().get(kind, ())) == expected

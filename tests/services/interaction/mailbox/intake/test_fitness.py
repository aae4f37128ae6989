from services.interaction.mailbox.intake.fitness import faults


def test_all_faults_are_named_at_once() -> None:
    found = faults(site_known=True, addressee_in_line=False, phone=None, email=None)
    assert [fault.pointer for fault in found] == ["/addressee", "/writer"]


def test_an_unknown_site_hides_what_its_units_would_be() -> None:
    found = faults(site_known=False, addressee_in_line=False, phone="1", email=None)
    assert [fault.pointer for fault in found] == ["/site_code"]


def test_either_contact_will_do() -> None:
    assert not list(faults(site_known=True, addressee_in_line=True, phone="1", email=None))
    assert not list(faults(site_known=True, addressee_in_line=True, phone=None, email="a@b.cn"))

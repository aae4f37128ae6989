from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from services.content.syndication.partners.signature import secret_of, secrets_at, sign

KEY = "k" * 32
ONE, OTHER = UUID(int=1), UUID(int=2)
PAYLOAD = '{"type":"content.item.released"}'


def test_a_subscriber_can_check_a_message_with_its_secret() -> None:
    secret = secret_of(KEY, ONE, 1)
    headers = sign([secret], OTHER, datetime.now(UTC), PAYLOAD)
    assert Webhook(secret).verify(PAYLOAD, headers) == {"type": "content.item.released"}
    for stranger in (
        secret_of(KEY, OTHER, 1),
        secret_of(KEY, ONE, 2),
        secret_of("x" * 32, ONE, 1),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(stranger).verify(PAYLOAD, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(PAYLOAD + " ", headers)


def test_a_secret_is_always_derived_the_same() -> None:
    assert secret_of(KEY, ONE, 1) == secret_of(KEY, ONE, 1)
    assert secret_of(KEY, ONE, 1).startswith("whsec_")


def test_while_a_secret_is_changed_both_the_new_and_the_former_hold() -> None:
    now = datetime.now(UTC)
    until = now + timedelta(hours=1)
    new, former = secret_of(KEY, ONE, 2), secret_of(KEY, ONE, 1)
    assert secrets_at(KEY, ONE, 2, until, now) == [new, former]
    headers = sign(secrets_at(KEY, ONE, 2, until, now), OTHER, now, PAYLOAD)
    assert headers["webhook-signature"].count(" ") == 1
    for secret in (new, former):
        assert Webhook(secret).verify(PAYLOAD, headers)
    assert secrets_at(KEY, ONE, 2, until, until) == [new]
    assert secrets_at(KEY, ONE, 1, None, now) == [former]


def test_the_official_client_refuses_what_was_tampered_with_anywhere() -> None:
    secret = secret_of(KEY, ONE, 1)
    headers = sign([secret], OTHER, datetime.now(UTC), PAYLOAD)
    later = str(int(headers["webhook-timestamp"]) + 1)
    other = secret_of(KEY, OTHER, 1)
    for wrong in (
        {"webhook-id": f"msg_{ONE.hex}"},
        {"webhook-timestamp": later},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
        sign([other], OTHER, datetime.now(UTC), PAYLOAD),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(PAYLOAD, headers | wrong)


@pytest.mark.parametrize("by", [timedelta(minutes=-6), timedelta(minutes=6)])
def test_the_official_client_refuses_a_message_replayed_at_another_time(by: timedelta) -> None:
    secret = secret_of(KEY, ONE, 1)
    headers = sign([secret], OTHER, datetime.now(UTC) + by, PAYLOAD)
    with pytest.raises(WebhookVerificationError, match="timestamp"):
        Webhook(secret).verify(PAYLOAD, headers)

"""Deleting what has served its time."""

from datetime import timedelta

from sqlalchemy import CursorResult, delete

from services.content.staff.models import FailedLogin, LoginSession, RefreshToken, UsedAssertion
from services.content.staff.patience import patience
from shared.uow import UnitOfWork


async def forget(uow: UnitOfWork) -> int:
    """Delete expired tokens, failures that no longer count, and logins of long ago."""
    rule = patience()
    kept = timedelta(days=rule.sessions.kept_days)
    done = 0
    for old in (
        delete(RefreshToken).where(RefreshToken.expires_at <= uow.now),
        delete(FailedLogin).where(FailedLogin.failed_at <= uow.now - rule.logging_in.window),
        delete(UsedAssertion).where(UsedAssertion.expires_at <= uow.now),
        delete(LoginSession).where(LoginSession.expires_at <= uow.now - kept),
    ):
        result = await uow.session.execute(old)
        assert isinstance(result, CursorResult)  # noqa: S101  # what a delete returns
        done += result.rowcount
    return done

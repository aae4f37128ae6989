"""What attachments are taken in with in a test."""

from secrets import token_bytes

from obstore.store import MemoryStore

from services.interaction.mailbox.attachments.adapters import Reception, Vault
from services.interaction.mailbox.attachments.sealing import JudgingKey
from shared.files.adapters.storage import Files

JUDGING_SECRET = "a secret for judging in tests"  # noqa: S105


def reception_over(files: Files | None = None) -> Reception:
    """Return a reception whose files lie in memory, unless others are given."""
    vault = Vault(files or Files(MemoryStore()), token_bytes)
    return Reception(vault, JudgingKey(JUDGING_SECRET), b"a" * 32)

"""Writing in: how letters come into the mailbox."""

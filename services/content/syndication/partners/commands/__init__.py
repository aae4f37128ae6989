"""Everything that changes subscriptions and their messages."""

"""What is asked about subscriptions and their messages."""

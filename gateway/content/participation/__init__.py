"""What participation asks to publish, as those who settle it see it."""

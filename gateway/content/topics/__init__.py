"""What items are gathered under."""

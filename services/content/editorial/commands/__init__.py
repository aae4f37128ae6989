"""Everything that changes an item before its release."""

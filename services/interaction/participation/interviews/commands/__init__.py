"""Everything that changes an interview, by who acts: its desk, and those who ask."""

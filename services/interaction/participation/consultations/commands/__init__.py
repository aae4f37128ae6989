"""Everything that changes a consultation, by who acts: its unit, participants, time."""

"""Everything that changes a letter, arranged by who acts: writers, clerks, time."""

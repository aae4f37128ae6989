"""Everything that changes a topic or one of its clocks."""

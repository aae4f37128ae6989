"""Everything that changes what is owed for copies, and what is certified of them."""

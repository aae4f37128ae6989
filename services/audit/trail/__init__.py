"""Trail: every event of the group as a leaf of one signed, append-only Merkle tree."""

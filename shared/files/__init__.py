"""Files of strangers: what they are, what in them could harm, and where they lie."""

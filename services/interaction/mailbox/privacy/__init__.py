"""Privacy: who saw letters, what is held of a writer, and how it is erased."""

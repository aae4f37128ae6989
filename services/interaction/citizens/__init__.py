"""Citizens: what they hand in is sealed, numbered, followed by a code, and shown only masked."""

"""Standing rules and what they issued, in GraphQL."""

"""Being told of changes, in GraphQL."""

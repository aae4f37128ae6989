"""What sites take over, in GraphQL."""

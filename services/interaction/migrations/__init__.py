"""The history of the interaction database: expand, migrate, contract."""

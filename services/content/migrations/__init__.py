"""The history of the content database: expand, migrate, contract."""

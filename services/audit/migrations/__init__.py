"""The history of the audit database: expand, migrate, contract."""

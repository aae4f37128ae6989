"""Who works where, and with which credentials."""

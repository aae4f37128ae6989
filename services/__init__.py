"""The services: they meet only through shared contracts, over the wire."""

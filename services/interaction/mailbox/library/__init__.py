"""The answer library: reviewed texts that answers may be made of."""

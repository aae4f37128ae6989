"""What assets talk to: the object store, confined programs, the virus scanner, readers."""

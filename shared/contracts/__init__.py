"""What services tell each other and the world; fields are added, never changed or removed."""

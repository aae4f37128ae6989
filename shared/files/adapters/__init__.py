"""What files are judged and kept with: confined programs, the virus scanner, the store."""

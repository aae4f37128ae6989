"""HTTP of the public face; every answer can be kept and asked for again by its ETag."""

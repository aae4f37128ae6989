"""Published letters as everyone queries them."""

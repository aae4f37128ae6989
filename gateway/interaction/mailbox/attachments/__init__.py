"""Files of letters as their writers and those who work on letters query them."""

"""Following: a letter as its writer sees it."""

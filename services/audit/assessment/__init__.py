"""Assessment: versioned rule sets, and scores that explain every lost point."""

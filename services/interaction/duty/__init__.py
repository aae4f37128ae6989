"""Named people on duty every working day: who, from when, and what they hand on."""

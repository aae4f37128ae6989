"""A demonstration group, and the main job walked through it as its people would."""

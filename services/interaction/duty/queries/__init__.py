"""Questions about desks, their members, rosters and days."""

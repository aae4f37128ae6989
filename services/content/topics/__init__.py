"""Topics: what items are gathered under, and the clocks of incidents and concerns."""

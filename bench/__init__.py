"""Speed, as ratios inside one run: what a way of reading costs beside the cheapest one."""

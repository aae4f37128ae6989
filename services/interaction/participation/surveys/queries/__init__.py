"""Questions about surveys, arranged by who asks: staff, everyone, the clock."""

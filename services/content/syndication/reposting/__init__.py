"""What sites take over: of their own accord, by their rules, in words of their own."""

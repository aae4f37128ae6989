"""Reading links: whether what texts lead to still answers, found out politely and twice."""

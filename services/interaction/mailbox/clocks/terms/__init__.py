"""The terms sites handle letters by: named policies, and editions of a site's own."""

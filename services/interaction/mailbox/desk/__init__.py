"""The desk: letters as those see them who work on them."""

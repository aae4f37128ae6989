"""What `make bench` does: the running stack, if one runs, then a hundred thousand items."""

import sys

from bench import many, running

if __name__ == "__main__":  # the importer's processes import this file too
    running.measure()
    many.measure(int(sys.argv[1]) if len(sys.argv) > 1 else many.ITEMS)

"""What `make bench` does: the running stack, if one runs, many items, and many sites.

`python -m bench items 5000` and `python -m bench sites 100` measure one of them, of another size.
"""

import sys

from bench import many, reach, running

if __name__ == "__main__":  # the importer's processes import this file too
    match sys.argv[1:]:
        case []:
            running.measure()
            many.measure(many.ITEMS)
            reach.measure(reach.SITES)
        case ["items", count]:
            many.measure(int(count))
        case ["sites", count]:
            reach.measure(int(count))
        case _:
            sys.exit(__doc__)

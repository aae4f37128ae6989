"""What `make bench` does: the running stack, if one runs, many items, many sites, and letters.

`python -m bench items 5000`, `python -m bench sites 100` and `python -m bench letters 500` measure
one of them, of another size.
"""

import sys

from bench import letters, many, reach, running

if __name__ == "__main__":  # the importer's processes import this file too
    match sys.argv[1:]:
        case []:
            running.measure()
            many.measure(many.ITEMS)
            reach.measure(reach.SITES)
            letters.measure(letters.LETTERS)
        case ["items", count]:
            many.measure(int(count))
        case ["sites", count]:
            reach.measure(int(count))
        case ["letters", count]:
            letters.measure(int(count))
        case _:
            sys.exit(__doc__)

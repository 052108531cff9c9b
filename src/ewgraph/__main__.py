"""`python -m ewgraph` is the command `ewgraph`."""

import sys

from ewgraph.cli import main

if __name__ == "__main__":
    sys.exit(main())

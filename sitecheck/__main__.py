"""`python -m sitecheck` is `sitecheck`."""

import sys

from sitecheck.cli import main

if __name__ == "__main__":
    sys.exit(main())

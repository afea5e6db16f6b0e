"""Asks the site whether it is ready, and ends with 0 or 1: for a container's health check.

Nothing but Python's own library, since an image has no curl.
"""

import sys
import urllib.error
import urllib.request


def ask(address: str) -> int:
    """0 where the site at `address` says that all is well, else 1."""
    try:
        with urllib.request.urlopen(address, timeout=4) as answer:  # noqa: S310  the site's own address
            sys.stdout.write(answer.read(10_000).decode())
            return 0
    except urllib.error.HTTPError as error:
        sys.stdout.write(error.read(10_000).decode())
    except OSError as error:
        sys.stdout.write(f"no answer: {error}\n")
    return 1


if __name__ == "__main__":
    sys.exit(ask(sys.argv[1]))

"""What is told with the files of the site itself, which are answered before most of the middleware."""

from collections.abc import MutableMapping

# A drawing that is opened by itself is a page of its own; scripts keep the policy of the page that runs them.
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


def add_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """For WhiteNoise: no other site may load the file, and nothing in it may do anything."""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Frame-Options"] = "DENY"
    if not path.endswith((".js", ".mjs")):
        headers["Content-Security-Policy"] = POLICY

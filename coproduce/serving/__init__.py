"""One port for everything: streams in the event loop, pages in a few threads beside it."""

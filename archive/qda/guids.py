"""GUIDs that are the same each time."""

from uuid import UUID, uuid5

# Any number will do, as long as it never changes.
OURS = UUID("d9512dbb-a526-4b07-bf01-b742d0a367a0")


def guid_of(*parts: str) -> str:
    """The GUID of a thing of ours: its kind, and what tells it from others of its kind."""
    return str(uuid5(OURS, " ".join(parts)))

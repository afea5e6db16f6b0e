"""The wall of the files that are taken away, and one with a photograph."""

from tests.archive.take.conftest import trusted, wall

__all__ = ["trusted", "wall"]

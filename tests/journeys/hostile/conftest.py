"""The scenes of the matrix of sight, for a browser."""

from tests.rules.everything import everything
from tests.rules.scenes import draft, published

__all__ = ["draft", "everything", "published"]

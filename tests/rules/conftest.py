"""Scenes and senders that several rules are tried on."""

from tests.responses.conftest import send
from tests.rules.test_matrix import draft, published

__all__ = ["draft", "published", "send"]

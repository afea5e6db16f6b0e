"""Scenes and senders that several rules are tried on."""

from tests.responses.conftest import send
from tests.rules.everything import everything
from tests.rules.scenes import draft, published

__all__ = ["draft", "everything", "published", "send"]

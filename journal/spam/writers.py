"""What stands for whoever writes here: their key with the site's secret, of which nothing can be read."""

import hashlib
import hmac
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from people.guests import Viewer


def writer_of(viewer: "Viewer") -> str:
    """What stands for a viewer as a writer here and nowhere else; empty for anybody."""
    return _made_with(settings.SECRET_KEY, viewer) if viewer.key else ""


def writers_of(viewer: "Viewer") -> list[str]:
    """The same with earlier secrets of the site too, for looking up; none for anybody."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [_made_with(secret, viewer) for secret in secrets] if viewer.key else []


def _made_with(secret: str, viewer: "Viewer") -> str:
    return hmac.new(f"writer {secret}".encode(), viewer.key.encode(), hashlib.sha256).hexdigest()[:32]

"""Secret addresses of signatures: made from the site's secret; only what stands for them is stored."""

import base64
import hashlib
import hmac

from django.conf import settings

from outcomes.models import Signature


def token_of(signature: Signature, secret: str | None = None) -> str:
    """What the address holds: 128 bits, which the database has not."""
    if secret is None:
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        fitting = (one for one in secrets if hash_of(token_of(signature, one)) == signature.token_hash)
        secret = next(fitting, settings.SECRET_KEY)
    digest = hmac.digest(f"signature {secret}".encode(), signature.identifier.encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()


def new_hash(signature: Signature) -> str:
    """What is stored of the address of a new signature."""
    return hash_of(token_of(signature, settings.SECRET_KEY))


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def with_token(token: str) -> Signature | None:
    """The signature whose letters hold `token`: whoever has it may see, change and end it."""
    return Signature.objects.select_related("call__event").filter(token_hash=hash_of(token)).first()

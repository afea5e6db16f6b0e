"""The QR code that a room points its phones at, drawn on the server as SVG."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from responses.models import Activity

QUIET = 4  # modules of white around the code, as the standard asks


def join_address(activity: Activity) -> str:
    """The whole address under which an open activity is joined, as its QR code carries it."""
    return f"{settings.SITE_URL}{reverse('join_code', args=[activity.code])}"


def typed_address() -> str:
    """Where people go who type the code: without the scheme, as one reads it from a wall."""
    return f"{settings.SITE_URL}{reverse('join')}".partition("://")[2].rstrip("/")


def typed_receipts() -> str:
    """Where people go who type a receipt, as it stands on paper."""
    return f"{settings.SITE_URL}{reverse('receipt_lookup')}".partition("://")[2].rstrip("/")


def draw_qr(address: str) -> SafeString:
    """The QR code of `address` (fifteen in a hundred of it may be hidden), black on white in any theme."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    return format_html(
        _(
            '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="QR code: opens {1}"'
            ' shape-rendering="crispEdges"><rect width="{0}" height="{0}" fill="#fff"/>'
            '<path fill="#000" d="{2}"/></svg>'
        ),
        len(rows),
        address.partition("://")[2],
        "".join(run for y, row in enumerate(rows) for run in _runs(row, y)),
    )


# For what a whole room asks for; what is secret is drawn once and kept nowhere.
qr_svg = lru_cache(maxsize=64)(draw_qr)


def _runs(row: list[bool], y: int) -> list[str]:
    """The dark stretches of one row, each as a rectangle of a path."""
    runs, start = [], None
    for x, dark in enumerate([*row, False]):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            runs.append(f"M{start} {y}h{x - start}v1H{start}z")
            start = None
    return runs

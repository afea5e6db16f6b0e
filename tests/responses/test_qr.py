"""The QR code carries the address, stands on white and can be scanned."""

import re
import xml.etree.ElementTree as ET

import pytest
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from responses.models import Activity
from responses.qr import QUIET, join_address, qr_svg, typed_address

ADDRESS = "https://record.example/j/ABCDEFGH/"


def drawn(svg: str) -> list[list[bool]]:
    """The modules as the path draws them."""
    root = ET.fromstring(svg)
    size = int(root.get("viewBox").split()[2])
    dark = [[False] * size for _ in range(size)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)", root.find("path").get("d")):
        for at in range(int(x), int(x) + int(width)):
            dark[int(y)][at] = True
    return dark


def test_what_is_drawn_is_the_qr_code_of_the_address_with_its_quiet_zone() -> None:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(ADDRESS)
    code.make(fit=True)
    modules = drawn(qr_svg(ADDRESS))
    assert modules == code.get_matrix()
    assert not any(any(row) for row in (*modules[:QUIET], *modules[-QUIET:]))
    assert not any(any(row[:QUIET] + row[-QUIET:]) for row in modules)


def test_it_is_black_on_white_in_any_theme_and_says_where_it_leads() -> None:
    svg = qr_svg(ADDRESS)
    root = ET.fromstring(svg)
    assert (root.find("rect").get("fill"), root.find("path").get("fill")) == ("#fff", "#000")
    assert (root.get("role"), root.get("aria-label")) == ("img", "QR code: opens record.example/j/ABCDEFGH/")
    assert "style" not in svg


def test_an_address_cannot_become_markup() -> None:
    assert "<script" not in qr_svg('https://record.example/"><script>')


@pytest.mark.parametrize("site", ["https://record.example", "http://localhost:8000"])
def test_the_address_is_that_of_the_site(settings: object, site: str) -> None:
    settings.SITE_URL = site
    assert join_address(Activity(code="ABCDEFGH")) == f"{site}/j/ABCDEFGH/"
    assert typed_address() == f"{site.partition('://')[2]}/j"


def test_no_picture_library_is_loaded_to_draw_it() -> None:
    source = qr_svg.__wrapped__.__code__.co_names
    assert "make_image" not in source

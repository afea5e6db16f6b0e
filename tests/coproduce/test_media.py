"""A file is sent as the picture it is, to whom the view lets see it, and never after it was withdrawn."""

import pytest
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from coproduce.images.keeping import original_of, remove, store
from coproduce.images.sizes import PictureFiles
from coproduce.media import answer
from tests.coproduce.pictures import drawing, sent


@pytest.fixture
def picture() -> PictureFiles:
    return store(sent(drawing()))


def asked(**headers: str) -> HttpRequest:
    return RequestFactory().get(
        "/", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [("small.avif", "image/avif"), ("small.webp", "image/webp"), ("small.jpg", "image/jpeg")],
)
def test_a_file_is_sent_as_what_it_is_and_as_nothing_else(
    picture: PictureFiles, name: str, kind: str
) -> None:
    response = answer(asked(), picture.folder, name, public=True)
    assert response["Content-Type"] == kind
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"] == f'inline; filename="picture-{name}"'


@pytest.mark.parametrize(("public", "cache"), [(True, "no-cache"), (False, "private, no-cache")])
def test_a_kept_copy_is_asked_for_each_time(picture: PictureFiles, public: bool, cache: str) -> None:
    first = answer(asked(), picture.folder, "small.jpg", public=public)
    again = answer(asked(if_none_match=first["ETag"]), picture.folder, "small.jpg", public=public)
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    for header in ("Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "ETag"):
        assert first[header] == again[header]
    assert first["Cache-Control"] == cache


def test_another_file_is_not_taken_for_the_kept_copy(picture: PictureFiles) -> None:
    tag = answer(asked(), picture.folder, "small.jpg", public=True)["ETag"]
    assert answer(asked(if_none_match=tag), picture.folder, "small.webp", public=True).status_code == 200


def test_a_withdrawn_picture_is_gone_at_once_also_for_who_has_a_copy(picture: PictureFiles) -> None:
    tag = answer(asked(), picture.folder, "small.jpg", public=True)["ETag"]
    remove(picture.folder)
    with pytest.raises(Http404):
        answer(asked(if_none_match=tag), picture.folder, "small.jpg", public=True)


def test_the_original_is_never_sent(picture: PictureFiles) -> None:
    with pytest.raises(Http404):
        answer(asked(), picture.folder, original_of(picture.folder).name, public=False)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("{}", "../{}/small.jpg"),
        ("{}", "..%2fsmall.jpg"),
        ("{}", "small.jpg\0"),
        ("{}", "small.jpg\n"),
        ("{}", "./small.jpg"),
        ("{}", "/etc/passwd"),
        ("{}", "large.jpg"),
        ("{}", ""),
        ("../media/{}", "small.jpg"),
        ("{}/../{}", "small.jpg"),
        ("{}\n", "small.jpg"),
        ("{}\0", "small.jpg"),
        ("/{}", "small.jpg"),
        ("", "small.jpg"),
        (".", "small.jpg"),
        ("0" * 32, "small.jpg"),
    ],
)
def test_a_name_that_is_no_file_leads_nowhere(picture: PictureFiles, folder: str, name: str) -> None:
    with pytest.raises(Http404):
        answer(asked(), folder.replace("{}", picture.folder), name.replace("{}", picture.folder), public=True)


def test_a_page_offers_every_size_and_says_how_large_the_picture_is() -> None:
    picture = PictureFiles("0" * 32, 1000, 500)
    page = render_to_string(
        "parts/picture.html", {"picture": picture, "address": "/p/", "alt": "A “wall” & more"}
    )
    assert 'srcset="/p/small.avif 480w, /p/medium.avif 960w, /p/large.avif 1000w"' in page
    assert 'src="/p/large.jpg" width="1000" height="500" alt="A “wall” &amp; more"' in page
    assert page.index("image/avif") < page.index("image/webp") < page.index("image/jpeg")

"""The pages of the journal, for readers."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event
from journal.models import Attachment, Post
from journal.parts import place_of

A_PAGE = 20  # posts


@login_not_required
def journal(request: HttpRequest) -> HttpResponse:
    """Every published post, the newest first."""
    posts = Post.objects.visible_to(request.viewer).with_authors().newest_first()
    page = Paginator(posts, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "journal/list.html", {"section": "journal", "page": page})


@login_not_required
def post(request: HttpRequest, slug: str) -> HttpResponse:
    """One post: its text, its place in a series, the events it is about, and the files that go with it."""
    posts = Post.objects.visible_to(request.viewer).select_related("series").with_authors()
    found = posts.prefetch_related("tags").filter(slug=slug).first()
    if found is None:
        return tombstone(request, slug)
    files = Attachment.objects.visible_to(request.viewer).filter(writing__post=found, is_shown=True)
    context = {
        "section": "journal",
        "post": found,
        "place": place_of(found, request.viewer),
        "events": Event.objects.visible_to(request.viewer).filter(posts=found).newest_first(),
        "files": files,
        "writes_it": request.viewer.person is not None and found.is_run_by(request.viewer),
        "address": settings.SITE_URL + found.get_absolute_url(),
    }
    return render(request, "journal/post.html", context)


def tombstone(request: HttpRequest, slug: str) -> HttpResponse:
    """410 for one that everybody could read once; to others it never was."""
    gone = get_object_or_404(Post.objects.once_visible_to(request.viewer), slug=slug)
    context = {
        "what": _("A post of the journal that stood here"),
        "when": gone.taken_back_at,
        "why": _("Those who wrote it took it back. They may publish it again."),
        "onward": reverse("journal"),
        "onward_text": _("The journal"),
    }
    return render(request, "410.html", context, status=410)


@login_not_required
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """The posts of a series, in order; a series that only hidden posts belong to is not there."""
    posts = Post.objects.visible_to(request.viewer).filter(series__slug=slug).select_related("series")
    shown = list(posts.with_authors().in_order())
    if not shown:
        raise Http404
    context = {"section": "journal", "series": shown[0].series, "posts": shown}
    return render(request, "journal/post_series.html", context)


@login_not_required
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The posts that carry a tag; a tag that only hidden posts carry is not there."""
    posts = Post.objects.visible_to(request.viewer).tagged(slug).with_authors().newest_first()
    page = Paginator(posts.prefetch_related("tags"), A_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    name = next(tag.name for tag in page.object_list[0].tags.all() if tag.slug == slug)
    context = {"section": "journal", "tag": name, "slug": slug, "page": page}
    return render(request, "journal/post_tag.html", context)

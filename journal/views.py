"""The pages of the journal."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from events.models import Event
from journal.models import Post

A_PAGE = 20  # posts


@login_not_required
def journal(request: HttpRequest) -> HttpResponse:
    """Every published post, the newest first."""
    posts = Post.objects.visible_to(request.viewer).newest_first()
    page = Paginator(posts, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "journal/list.html", {"section": "journal", "page": page})


@login_not_required
def post(request: HttpRequest, slug: str) -> HttpResponse:
    """One post, with the events it is about."""
    found = get_object_or_404(Post.objects.visible_to(request.viewer), slug=slug)
    events = Event.objects.visible_to(request.viewer).filter(posts=found).newest_first()
    return render(request, "journal/post.html", {"section": "journal", "post": found, "events": events})

"""Beginning posts, what is known of them, and when readers see them. Their text has a page of its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from journal.models import Post
from journal.post_forms import BeginForm, DateForm, PostForm
from journal.posts import begin_post, date_post, edit_post
from people.refusals import Refused

NOT_FOR_YOU = gettext_lazy(
    "Posts are begun by organisers. If you organise events here, ask a steward to say so."
)


@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request: HttpRequest) -> HttpResponse:
    """Begin a post with its title."""
    if not request.viewer.may_organise:
        raise PermissionDenied(NOT_FOR_YOU)
    form = BeginForm(request.POST or None)
    if form.is_valid():
        try:
            post = begin_post(form.cleaned_data["title"], by=request.viewer)
            messages.success(request, _("Begun. Only you and the stewards see it until it is published."))
            return redirect("post_edit", post.slug)
        except Refused as refusal:
            form.add_error("title", str(refusal))
    context = {"section": "journal", "form": form}
    return render(request, "journal/post_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known of a post, and from when readers see it."""
    posts = Post.objects.run_by(request.viewer).select_related("series", "writing")
    post = get_object_or_404(posts.with_authors().prefetch_related("tags"), slug=slug)
    is_date = request.POST.get("act") == "date"
    facts = PostForm(post, request.viewer, None if is_date else request.POST or None)
    date = DateForm(post, request.POST if is_date else None)
    form = date if is_date else facts
    if form.is_valid() and done(request, post, form):
        return redirect("post_edit", slug)
    context = {
        "section": "journal",
        "post": get_object_or_404(Post.objects.run_by(request.viewer), slug=slug),
        "writing": getattr(post, "writing", None),
        "form": facts,
        "date": date,
    }
    return render(request, "journal/post_edit.html", context, status=422 if form.errors else 200)


def done(request: HttpRequest, post: Post, form: Form) -> bool:
    """Carry out a valid form; a refusal is shown on it."""
    try:
        if isinstance(form, DateForm):
            date_post(post, form.chosen, by=request.viewer)
            messages.success(request, what_readers_see(post))
        else:
            edit_post(post, by=request.viewer, **form.facts())
            messages.success(request, _("Saved."))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def what_readers_see(post: Post) -> str:
    if post.published_at is None:
        return _("Readers do not see it now. Its address is kept for it.")
    return _("Published.") if post.is_published else _("It is published by itself at the time you chose.")

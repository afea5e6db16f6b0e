from django.urls import path

from events.models import Event
from journal import (
    comment_views,
    editor_views,
    enclosed_views,
    enclosing_views,
    enclosure_views,
    own_story_views,
    post_views,
    promise_views,
    report_views,
    story_views,
    version_views,
    views,
)
from journal.feeds import AuthorFeed, JournalFeed, SeriesFeed, TagFeed
from journal.models import Attachment, Film, Illustration, Post

urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/feed/", JournalFeed.as_public_view(), name="journal_feed"),
    path("journal/new/", post_views.post_new, name="post_new"),
    path("journal/series/<slug:slug>/", views.series, name="post_series"),
    path("journal/series/<slug:slug>/feed/", SeriesFeed.as_public_view(), name="post_series_feed"),
    path("journal/tags/<slug:slug>/", views.tag, name="post_tag"),
    path("journal/tags/<slug:slug>/feed/", TagFeed.as_public_view(), name="post_tag_feed"),
    path("journal/authors/<slug:identifier>/feed/", AuthorFeed.as_public_view(), name="author_feed"),
    path("journal/<slug:slug>/", views.post, name="post"),
    path("journal/<slug:slug>/edit/", post_views.post_edit, name="post_edit"),
    path("journal/<slug:slug>/comment/", comment_views.post_comment, name="post_comment"),
    path("events/<slug:slug>/comment/", comment_views.event_comment, name="event_comment"),
    path("comments/<slug:code>/", comment_views.my_comment, name="my_comment"),
    path("report/<slug:kind>/<slug:identifier>/", report_views.report, name="report"),
    path("films/<slug:identifier>/", enclosure_views.film, name="film"),
    path("films/<slug:identifier>/edit/", enclosed_views.change, {"what": Film}, name="film_edit"),
    path("files/<slug:identifier>/", enclosure_views.attachment, name="attachment"),
    path(
        "files/<slug:identifier>/edit/", enclosed_views.change, {"what": Attachment}, name="attachment_edit"
    ),
    path(
        "illustrations/<slug:identifier>/edit/",
        enclosed_views.change,
        {"what": Illustration},
        name="illustration_edit",
    ),
    path(
        "illustrations/<slug:identifier>/<str:name>",
        enclosure_views.illustration_file,
        name="illustration_file",
    ),
    path("events/<slug:slug>/write/", editor_views.write, {"what": Event}, name="event_write"),
    path("events/<slug:slug>/write/draft/", editor_views.draft, {"what": Event}, name="event_draft"),
    path("events/<slug:slug>/write/preview/", editor_views.preview, {"what": Event}, name="event_preview"),
    path("events/<slug:slug>/write/together/", editor_views.together, {"what": Event}, name="event_together"),
    path(
        "events/<slug:slug>/write/<slug:kind>/",
        enclosing_views.enclose,
        {"what": Event},
        name="event_enclose",
    ),
    path(
        "events/<slug:slug>/promises/found/",
        promise_views.found,
        {"what": Event},
        name="event_promises_found",
    ),
    path(
        "journal/<slug:slug>/promises/found/", promise_views.found, {"what": Post}, name="post_promises_found"
    ),
    path("journal/<slug:slug>/write/", editor_views.write, {"what": Post}, name="post_write"),
    path("journal/<slug:slug>/write/draft/", editor_views.draft, {"what": Post}, name="post_draft"),
    path("journal/<slug:slug>/write/preview/", editor_views.preview, {"what": Post}, name="post_preview"),
    path("journal/<slug:slug>/write/together/", editor_views.together, {"what": Post}, name="post_together"),
    path(
        "journal/<slug:slug>/write/<slug:kind>/", enclosing_views.enclose, {"what": Post}, name="post_enclose"
    ),
    path("stories/", story_views.story_calls, name="story_calls"),
    path("stories/new/", story_views.story_call_new, name="story_call_new"),
    path("stories/<slug:slug>/", story_views.story_call, name="story_call"),
    path("stories/<slug:slug>/edit/", story_views.story_call_edit, name="story_call_edit"),
    path("stories/<slug:slug>/tell/", story_views.story_tell, name="story_tell"),
    path("story/mine/<str:code>/", own_story_views.my_story, name="my_story"),
    path(
        "story/mine/<str:code>/pictures/<slug:identifier>/<str:name>",
        own_story_views.my_story_picture,
        name="my_story_picture",
    ),
    path("story/<slug:identifier>/", story_views.story, name="story"),
    path("events/<slug:slug>/versions/", version_views.event_versions, name="event_versions"),
    path("events/<slug:slug>/versions/<int:number>/", version_views.event_version, name="event_version"),
    path(
        "events/<slug:slug>/versions/<int:first>-<int:second>/",
        version_views.event_compare,
        name="event_compare",
    ),
    path("journal/<slug:slug>/versions/", version_views.post_versions, name="post_versions"),
    path("journal/<slug:slug>/versions/<int:number>/", version_views.post_version, name="post_version"),
    path(
        "journal/<slug:slug>/versions/<int:first>-<int:second>/",
        version_views.post_compare,
        name="post_compare",
    ),
]

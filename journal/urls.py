from django.urls import path

from journal import views
from journal.feeds import JournalFeed

urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/feed/", JournalFeed.as_public_view(), name="journal_feed"),
    path("journal/<slug:slug>/", views.post, name="post"),
]

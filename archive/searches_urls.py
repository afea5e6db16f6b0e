from django.urls import URLPattern, path

from archive import search_feed, searches_views

urlpatterns: list[URLPattern] = [
    path("account/searches/", searches_views.saved_searches, name="saved_searches"),
    path("search/save/", searches_views.search_save, name="search_save"),
    path("search/feed/", search_feed.search_feed, name="search_feed"),
]

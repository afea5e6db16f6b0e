from django.urls import URLPattern, path

from archive import search_views

urlpatterns: list[URLPattern] = [
    path("search/", search_views.search, name="search"),
]

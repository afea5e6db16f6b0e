from django.urls import URLPattern, path

from archive.api import api_views as views

urlpatterns: list[URLPattern] = [
    path("api/", views.api, name="api"),
    path("api/openapi.json", views.api_schema, name="api_schema"),
    path("api/v1/tallies", views.api_tallies, name="api_tallies"),
    path("api/v1/search", views.api_search, name="api_search"),
    path("api/v1/removed", views.api_removed, name="api_removed"),
    path("api/v1/notes/<str:identifier>/readings", views.api_readings, name="api_readings"),
    path("api/v1/<slug:kind>", views.api_list, name="api_list"),
    path("api/v1/<slug:kind>/<str:identifier>", views.api_item, name="api_item"),
]

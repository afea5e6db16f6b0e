from django.urls import URLPattern, path

from archive import compare_views

urlpatterns: list[URLPattern] = [
    path("compare/", compare_views.compare, name="compare"),
    path("compare/sets/", compare_views.compare_sets, name="compare_sets"),
    path("compare/sets/figure.<str:kind>", compare_views.compare_sets_file, name="compare_sets_file"),
    path("compare/time/", compare_views.compare_time, name="compare_time"),
    path("compare/time/figure.<str:kind>", compare_views.compare_time_file, name="compare_time_file"),
    path(
        "compare/principles/<slug:set_slug>/<slug:slug>/",
        compare_views.compare_principle,
        name="compare_principle",
    ),
    path(
        "compare/principles/<slug:set_slug>/<slug:slug>/figure.<str:kind>",
        compare_views.compare_principle_file,
        name="compare_principle_file",
    ),
]

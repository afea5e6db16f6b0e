from django.urls import URLPattern, path

from archive.cases import finding_views, register_views, views

urlpatterns: list[URLPattern] = [
    path("requests/", register_views.cases, name="cases"),
    path("requests/new/", views.case_new, name="case_new"),
    path("requests/search/", finding_views.case_search, name="case_search"),
    path("requests/own/<str:secret>/", views.case_own, name="case_own"),
    path("requests/<slug:identifier>/", register_views.case, name="case"),
]

from django.urls import URLPattern, path

from principles import views

urlpatterns: list[URLPattern] = [
    path("principles/", views.principle_list, name="principle_list"),
    path("principles/<slug:slug>/", views.principle_set, name="principle_set"),
    path("principles/<slug:set_slug>/<slug:slug>/", views.principle, name="principle"),
    path("principles/<slug:set_slug>/<slug:slug>/v/<int:version>/", views.wording, name="wording"),
]

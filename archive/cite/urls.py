from django.urls import URLPattern, path

from archive import cite_views as views

urlpatterns: list[URLPattern] = [
    path("cite/<slug:kind>/<slug:identifier>/", views.cite, name="cite"),
    path("cite/<slug:kind>/<slug:identifier>/<int:number>/", views.cite, name="cite_version"),
    path("cite/<slug:kind>/<slug:identifier>/linkset.json", views.cite_linkset, name="cite_linkset"),
    path("cite/<slug:kind>/<slug:identifier>/<slug:which>.<slug:form>", views.cite_file, name="cite_file"),
]

from django.urls import URLPattern, path

from archive.take import job_views, release_views, views

urlpatterns: list[URLPattern] = [
    path("export/", views.export_hub, name="export_hub"),
    path("export/releases/", release_views.releases, name="releases"),
    path("export/releases/new/", release_views.release_new, name="release_new"),
    path("export/releases/<int:number>/", release_views.release, name="release"),
    path("export/releases/<int:number>/file/", release_views.release_file, name="release_file"),
    path("export/files/<str:identifier>/", job_views.export_job, name="export_job"),
    path("export/files/<str:identifier>/file/", job_views.export_job_file, name="export_job_file"),
    path("export/at/<str:token>/", job_views.export_at, name="export_at"),
    path("export/at/<str:token>/file/", job_views.export_at_file, name="export_at_file"),
    path("export/<slug:form>/", views.export_file, name="export_file"),
    path("account/exports/", job_views.exports, name="exports"),
]

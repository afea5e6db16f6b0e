"""Where machines collect. Robots look for two of these names at the root and nowhere else."""

from django.urls import URLPattern, path

from archive.harvest import oai_views, sitemap_views
from archive.harvest.feed import ArchiveFeed

urlpatterns: list[URLPattern] = [
    path("oai", oai_views.oai, name="oai"),
    path("robots.txt", sitemap_views.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemap_views.sitemap, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemap_views.sitemap_part, name="sitemap_part"),
    path("archive/feed/", ArchiveFeed.as_public_view(), name="archive_feed"),
]

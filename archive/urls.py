from django.urls import URLPattern, URLResolver, include, path

from archive import (
    cards_views,
    comers_views,
    crosswalk_views,
    following_views,
    iiif_views,
    own_data_views,
    poll_views,
    tei_views,
    thread_views,
    views,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/data/", own_data_views.own_data, name="own_data"),
    path("account/data/held-on-me.json", own_data_views.own_data_file, name="own_data_file"),
    path("account/end/", own_data_views.account_end, name="account_end"),
    path("my-thread/", thread_views.my_thread, name="my_thread"),
    path("my-thread/export/<str:name>", thread_views.my_thread_file, name="my_thread_file"),
    path("receipt/<str:code>/thread/", thread_views.receipt_thread, name="receipt_thread"),
    path(
        "receipt/<str:code>/thread/<str:name>", thread_views.receipt_thread_file, name="receipt_thread_file"
    ),
    path("receipt/<str:code>/feed/", following_views.receipt_feed, name="receipt_feed"),
    path("archive/", views.archive, name="archive"),
    path("events/<slug:slug>/notes.csv", views.notes_csv, name="notes_csv"),
    path("events/<slug:slug>/notes-for-spreadsheets.csv", views.notes_excel, name="notes_excel"),
    path("events/<slug:slug>/notes.jsonl", views.notes_jsonl, name="notes_jsonl"),
    path("events/<slug:slug>/sign-ups.csv", comers_views.sign_ups_csv, name="sign_ups_csv"),
    path("events/<slug:event>/polls/<slug:slug>.csv", poll_views.poll_csv, name="poll_csv"),
    path("events/<slug:event>/polls/<slug:slug>.json", poll_views.poll_json, name="poll_json"),
    path("events/<slug:event>/cards/<slug:slug>.csv", cards_views.cards_csv, name="cards_csv"),
    path(
        "crosswalk/<slug:one>/<slug:other>/evidence.csv",
        crosswalk_views.crosswalk_csv,
        name="crosswalk_csv",
    ),
    path(
        "crosswalk/<slug:one>/<slug:other>/evidence.json",
        crosswalk_views.crosswalk_json,
        name="crosswalk_json",
    ),
    path("events/<slug:slug>/tei.xml", tei_views.event_tei, name="event_tei"),
    path("iiif/events/<slug:slug>/manifest.json", iiif_views.iiif_event, name="iiif_event"),
    path("iiif/photos/<str:identifier>/manifest.json", iiif_views.iiif_photo, name="iiif_photo"),
    path("iiif/photos/<str:identifier>/notes.json", iiif_views.iiif_notes, name="iiif_notes"),
    path(
        "iiif/photos/<str:identifier>/other-readings.json",
        iiif_views.iiif_other_readings,
        name="iiif_other_readings",
    ),
    path("iiif/photos/<str:identifier>/info.json", iiif_views.iiif_image, name="iiif_image"),
    path(
        "iiif/photos/<str:identifier>/<str:region>/<str:size>/0/default.jpg",
        iiif_views.iiif_tile,
        name="iiif_tile",
    ),
    path("iiif/viewer/", iiif_views.iiif_viewer, name="iiif_viewer"),
    path("", include("archive.cite.urls")),
    path("", include("archive.take.urls")),
    path("", include("archive.api.urls")),
    path("", include("archive.harvest.urls")),
    path("", include("archive.compare.urls")),
    path("", include("archive.studies.urls")),
    path("", include("archive.search.urls")),
    path("", include("archive.searches_urls")),
]

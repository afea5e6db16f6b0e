from django.urls import URLPattern, path

from archive import cards_views, poll_views, views

urlpatterns: list[URLPattern] = [
    path("archive/", views.archive, name="archive"),
    path("events/<slug:slug>/notes.csv", views.notes_csv, name="notes_csv"),
    path("events/<slug:slug>/notes-for-spreadsheets.csv", views.notes_excel, name="notes_excel"),
    path("events/<slug:slug>/notes.jsonl", views.notes_jsonl, name="notes_jsonl"),
    path("events/<slug:event>/polls/<slug:slug>.csv", poll_views.poll_csv, name="poll_csv"),
    path("events/<slug:event>/polls/<slug:slug>.json", poll_views.poll_json, name="poll_json"),
    path("events/<slug:event>/cards/<slug:slug>.csv", cards_views.cards_csv, name="cards_csv"),
]

from django.urls import URLPattern, path

from archive import views

urlpatterns: list[URLPattern] = [
    path("archive/", views.archive, name="archive"),
    path("events/<slug:slug>/notes.csv", views.notes_csv, name="notes_csv"),
    path("events/<slug:slug>/notes-for-spreadsheets.csv", views.notes_excel, name="notes_excel"),
    path("events/<slug:slug>/notes.jsonl", views.notes_jsonl, name="notes_jsonl"),
]

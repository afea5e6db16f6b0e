from django.urls import URLPattern, path

from archive.studies import code_views, file_views, memo_views, views

urlpatterns: list[URLPattern] = [
    path("studies/", views.studies, name="studies"),
    path("studies/new/", views.study_new, name="study_new"),
    path("studies/<str:identifier>/", views.study, name="study"),
    path("studies/<str:identifier>/edit/", views.study_edit, name="study_edit"),
    path("studies/<str:identifier>/end/", views.study_end, name="study_end"),
    path("studies/<str:identifier>/people/", views.study_people, name="study_people"),
    path("studies/<str:identifier>/people/leave/", views.study_leave, name="study_leave"),
    path("studies/<str:identifier>/search/", code_views.study_search, name="study_search"),
    path("studies/<str:identifier>/export.qdpx", file_views.study_project, name="study_project"),
    path("studies/<str:identifier>/export.qdc", file_views.study_codebook, name="study_codebook"),
    path("studies/<str:identifier>/codes/new/", code_views.code_new, name="study_code_new"),
    path("studies/<str:identifier>/codes/<str:code>/", code_views.code, name="study_code"),
    path("studies/<str:identifier>/codes/<str:code>/edit/", code_views.code_edit, name="study_code_edit"),
    path("studies/<str:identifier>/notes/<str:note>/", code_views.study_note, name="study_note"),
    path("studies/<str:identifier>/memos/new/", memo_views.memo_new, name="study_memo_new"),
    path("studies/<str:identifier>/memos/<str:memo>/", memo_views.memo, name="study_memo"),
]

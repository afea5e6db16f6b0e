from django.urls import path

from people import log_views, news_views, record_views, terms_views, views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/new/", record_views.person_new, name="person_new"),
    path("people/<slug:identifier>/", views.person, name="person"),
    path("people/<slug:identifier>/edit/", record_views.person_edit, name="person_edit"),
    path("people/<slug:identifier>/listing/", record_views.listing, name="person_listing"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", record_views.organisation_new, name="organisation_new"),
    path("organisations/<slug:identifier>/", views.organisation, name="organisation"),
    path("organisations/<slug:identifier>/edit/", record_views.organisation_edit, name="organisation_edit"),
    path("account/profile/", record_views.profile, name="profile"),
    path("news/", news_views.news, name="news"),
    path("news/<str:token>/", news_views.news_own, name="news_own"),
    path("news/<str:token>/stop/", news_views.news_stop, name="news_stop"),
    path("account/news/", news_views.news_account, name="news_account"),
    path("research/terms/", terms_views.research_terms, name="research_terms"),
    path("log/", log_views.log, name="log"),
]

from django.urls import path

from events import (
    agenda_views,
    calendar_views,
    duty_views,
    invitation_views,
    log_views,
    person_invitation_views,
    planning_views,
    sign_up_views,
    site_role_views,
    views,
)
from events.feeds import EventFeed, SeriesFeed

urlpatterns = [
    path("events/", views.event_list, name="event_list"),
    path("events/new/", planning_views.event_new, name="event_new"),
    path("events/calendar.ics", calendar_views.calendar, name="calendar"),
    path("events/feed/", EventFeed.as_public_view(), name="event_feed"),
    path("events/sign-ups/<str:token>/", sign_up_views.my_sign_up, name="my_sign_up"),
    path("events/<slug:slug>/", views.event, name="event"),
    path("events/<slug:slug>/event.ics", calendar_views.event_calendar, name="event_calendar"),
    path("events/<slug:slug>/sign-up/", sign_up_views.sign_up_page, name="sign_up"),
    path("events/<slug:slug>/sign-ups/", sign_up_views.sign_ups, name="sign_ups"),
    path("events/<slug:slug>/edit/", planning_views.event_edit, name="event_edit"),
    path("events/<slug:slug>/state/", planning_views.event_state, name="event_state"),
    path("events/<slug:slug>/agenda/", agenda_views.agenda, name="agenda"),
    path("events/<slug:slug>/agenda/<int:number>/", agenda_views.agenda_item, name="agenda_item"),
    path("events/<slug:slug>/roles/", duty_views.event_roles, name="event_roles"),
    path("events/<slug:slug>/log/", log_views.event_log, name="event_log"),
    path("series/<slug:slug>/roles/", duty_views.series_roles, name="series_roles"),
    path("invitations/<str:token>/", invitation_views.invitation, name="invitation"),
    path("people/<slug:identifier>/invite/", person_invitation_views.person_invite, name="person_invite"),
    path("roles/", site_role_views.roles, name="roles"),
    path("series/new/", planning_views.series_new, name="series_new"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("series/<slug:slug>/calendar.ics", calendar_views.series_calendar, name="series_calendar"),
    path("series/<slug:slug>/feed/", SeriesFeed.as_public_view(), name="series_feed"),
    path("series/<slug:slug>/edit/", planning_views.series_edit, name="series_edit"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
]

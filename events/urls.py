from django.urls import path

from events import agenda_views, views

urlpatterns = [
    path("events/", views.event_list, name="event_list"),
    path("events/<slug:slug>/", views.event, name="event"),
    path("events/<slug:slug>/agenda/", agenda_views.agenda, name="agenda"),
    path("events/<slug:slug>/agenda/<int:number>/", agenda_views.agenda_item, name="agenda_item"),
    path("series/<slug:slug>/", views.series, name="series"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
]

from django.urls import path

from outcomes import (
    amending_views,
    amendment_views,
    call_desk_views,
    call_views,
    contested_views,
    crosswalk_views,
    decision_views,
    follow_views,
    promise_views,
    reading_views,
    signing_views,
    statement_views,
    theme_views,
    views,
    waiting_views,
)
from outcomes.feeds import EventOutcomesFeed
from outcomes.promise_feed import PromiseFeed

urlpatterns = [
    # What everybody reads
    path("outcomes/", reading_views.outcomes, name="outcomes"),
    path("events/<slug:slug>/outcomes/", reading_views.event_outcomes, name="event_outcomes"),
    path("events/<slug:slug>/outcomes/feed/", EventOutcomesFeed.as_public_view(), name="event_outcomes_feed"),
    path("series/<slug:slug>/outcomes/", reading_views.series_outcomes, name="series_outcomes"),
    path("statements/<slug:identifier>/", reading_views.statement, name="statement"),
    path(
        "statements/<slug:identifier>/v/<int:number>/",
        reading_views.statement_version,
        name="statement_version",
    ),
    path("decisions/<slug:identifier>/", reading_views.decision, name="decision"),
    path(
        "decisions/<slug:identifier>/v/<int:number>/", reading_views.decision_version, name="decision_version"
    ),
    path("follow/<slug:kind>/<slug:identifier>/", follow_views.outcome_follow, name="outcome_follow"),
    path(
        "news/<str:token>/stop/<slug:kind>/<slug:identifier>/", follow_views.outcome_stop, name="outcome_stop"
    ),
    # Themes
    path("events/<slug:slug>/themes/", theme_views.event_themes, name="event_themes"),
    path("events/<slug:slug>/themes/new/", theme_views.theme_new, name="theme_new"),
    path("themes/<str:identifier>/", theme_views.theme_page, name="theme_page"),
    path("themes/<str:identifier>/edit/", theme_views.theme_edit, name="theme_edit"),
    path("themes/<str:identifier>/dissolve/", theme_views.theme_dissolve, name="theme_dissolve"),
    # Heard and decided, as organisers write it
    path("events/<slug:slug>/waiting/", waiting_views.event_waiting, name="event_waiting"),
    path("events/<slug:slug>/statements/new/", statement_views.statement_new, name="statement_new"),
    path("statements/<slug:identifier>/edit/", statement_views.statement_edit, name="statement_edit"),
    path("events/<slug:slug>/decisions/new/", decision_views.decision_new, name="decision_new"),
    path("decisions/<slug:identifier>/edit/", decision_views.decision_edit, name="decision_edit"),
    path("decisions/<slug:identifier>/update/", decision_views.decision_update, name="decision_update"),
    # Promises
    path("promises/", views.promises, name="promises"),
    path("promises/feed/", PromiseFeed.as_public_view(), name="promise_feed"),
    path("promises/<slug:identifier>/", promise_views.promise, name="promise"),
    path("promises/<slug:identifier>/update/", promise_views.promise_update, name="promise_update"),
    path("events/<slug:slug>/promises/new/", promise_views.event_promise_new, name="event_promise_new"),
    # Calls for action
    path("calls/", call_views.calls, name="calls"),
    path("calls/new/", call_views.call_new, name="call_new"),
    path("calls/signatures/<str:token>/", signing_views.my_signature, name="my_signature"),
    path("calls/<slug:identifier>/", call_views.call, name="call"),
    path("calls/<slug:identifier>/sign/", signing_views.call_sign, name="call_sign"),
    path("calls/<slug:identifier>/edit/", call_views.call_edit, name="call_edit"),
    path("calls/<slug:identifier>/signatures/", call_desk_views.call_signatures, name="call_signatures"),
    # What belongs together, and what is contested
    path("contested/", contested_views.contested, name="contested"),
    path("crosswalk/", crosswalk_views.crosswalk, name="crosswalk"),
    path("crosswalk/tie/", crosswalk_views.tie_new, name="tie_new"),
    path("crosswalk/ties/<str:identifier>/undo/", crosswalk_views.tie_undo, name="tie_undo"),
    path(
        "crosswalk/notes/<str:identifier>/<str:principle>/not-meant/",
        crosswalk_views.no_tie,
        name="no_tie",
    ),
    path(
        "crosswalk/notes/<str:identifier>/<str:principle>/meant/",
        crosswalk_views.no_tie_undo,
        name="no_tie_undo",
    ),
    path("crosswalk/<slug:one>/<slug:other>/", crosswalk_views.crosswalk_of, name="crosswalk_of"),
    # Amendments
    path("amendments/", amendment_views.amendments, name="amendments"),
    path("amendments/<slug:identifier>/", amendment_views.amendment, name="amendment"),
    path("amendments/<slug:identifier>/edit/", amending_views.amendment_edit, name="amendment_edit"),
    path("amendments/<slug:identifier>/decide/", amending_views.amendment_decide, name="amendment_decide"),
    path("principles/<slug:set_slug>/<slug:slug>/amend/", amending_views.amendment_new, name="amendment_new"),
]

"""Pages of events, of who comes and who helps."""

from tests.journeys.places.place import Place, refused

EVENTS = {
    "list of events": Place("event_list"),
    "event": Place("event", 1),
    "series": Place("series"),
    "event of an organiser": Place("event", 1, viewer="organiser"),
    "new event": Place("event_new", viewer="organiser"),
    "new event with errors": Place("event_new", viewer="organiser", step=refused("Plan it")),
    "changing an event": Place("event_edit", viewer="organiser"),
    "what to do next": Place("event_state", viewer="organiser"),
    "new series": Place("series_new", viewer="organiser"),
    "changing a series": Place("series_edit", viewer="organiser"),
    "event to come": Place("/events/demo-a-reading-afternoon/"),
    "event that is called off": Place("/events/demo-a-walk-past-the-sheets/"),
    "draft of an event": Place("/events/demo-a-second-reading-afternoon/", viewer="organiser"),
    "record with a film": Place("event"),
    "signing up": Place("sign_up"),
    "signing up with errors": Place("sign_up", step=refused("waiting list")),
    "place at an event": Place("my_sign_up"),
    "place on the waiting list": Place("my_sign_up", 1),
    "place to confirm": Place("my_sign_up", 2),
    "who comes": Place("sign_ups", viewer="organiser"),
    "who helps": Place("event_roles", viewer="organiser"),
    "who helps, with errors": Place("event_roles", viewer="organiser", step=refused("Send the invitation")),
    "what was done at an event": Place("event_log", viewer="organiser"),
    "invitation that was taken back": Place("/invitations/demo-taken-back/", status=410),
    "roles over the whole site": Place("roles", viewer="steward"),
    "parts of the day": Place("agenda", viewer="organiser"),
    "part of the day": Place("agenda_item", viewer="organiser"),
    "inviting somebody on record": Place("person_invite", viewer="organiser"),
}

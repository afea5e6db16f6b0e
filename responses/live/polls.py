"""What a stream says of a poll: its results, as they stand now and as the page shows them."""

from django.template.loader import render_to_string

from people.guests import ANYBODY
from responses.live.audiences import Audience
from responses.models import Activity, Option, Poll
from responses.poll_results import apart_in_words, results_of


def live_results(activity: Activity, audience: Audience = Audience.PUBLIC) -> str:
    """The `#results` of a poll's page, for everybody in `audience` and without any viewer in it.

    Its numbers are the page's own, and covered as long as they are covered there.
    """
    poll = Poll.objects.select_related("event").get(pk=activity.pk)
    listed = Option.objects.on_the_list().filter(poll=poll)
    readable = listed if audience == Audience.ROOM else Option.objects.visible_to(ANYBODY).filter(poll=poll)
    results = results_of(poll, readable)
    context = {"poll": poll, "results": results, "apart": apart_in_words(results)}
    return render_to_string("responses/poll.html#results", context)

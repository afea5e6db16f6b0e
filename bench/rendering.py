"""Sixty notes as HTML: as our pages draw them, beside a template as anybody would first write it."""

from collections.abc import Callable, Iterator
from time import perf_counter

from django.template import Context, Template, engines
from django.utils import translation

from bench.figures import Figure, measure
from bench.place import hold_event, put_up_board
from responses.models import Note

NOTES, TIMES = 60, 10  # notes of a page; pages in each round
FASTER = 15
NOTE = """{% load i18n %}<article class="note" id="{{ note.identifier }}" data-mark="{{ note.mark }}"
 data-text="{{ note.text_state }}" data-origin="{{ note.origin }}">
<div class="note__head"><span class="mark" data-mark="{{ note.mark }}">{% include icon with name=note.mark %}
{{ note.get_mark_display }}</span></div>
{% if note.text_state == "no_text" %}<p>{% translate "No words. The mark is the answer." %}</p>
{% else %}<div class="note__text">{{ note.text|linebreaksbr }}</div>{% endif %}
<div class="note__foot"><span>{% include icon with name="phone" %}{{ note.get_origin_display }}</span>
<time datetime="{{ note.added_at|date:'c' }}">{{ note.added_at|date:"j F Y, H:i" }}</time>
<a class="note__ref" href="{% url 'note' note.identifier %}"><span class="vh">{% translate "Note" %} </span>
{{ note.station.code }}-{{ note.number|stringformat:"02d" }}</a></div>
</article>"""
ICON = '<svg class="icon" aria-hidden="true" focusable="false"><use href="#{{ name }}"/></svg>'
LIST = "{% for note in notes %}<li>{% include card %}</li>{% endfor %}"
OURS = "{% load notes %}{% for note in notes %}<li>{% note_card note %}</li>{% endfor %}"
OUR_TEMPLATE = '{% for note in notes %}<li>{% include "responses/note.html" %}</li>{% endfor %}'


def rendering(_database: str) -> Iterator[Figure]:
    """The function that our pages call, and the template it stands for, with nothing fetched."""
    board = put_up_board(hold_event(), "wall", NOTES)
    notes = list(Note.objects.filter(board=board).for_showing().in_order())
    card, icon = _template(NOTE), _template(ICON)
    facts = {"notes": notes, "card": card, "icon": icon}
    with translation.override("en"):
        lanes = {
            name: _drawing(_template(source), facts)
            for name, source in (("ours", OURS), ("template", OUR_TEMPLATE), ("plain", LIST))
        }
        found = measure(lanes)
    yield Figure(
        "60 notes, the function", "pages/s", found["ours"], found["plain"], "a plain template", FASTER
    )
    yield Figure("60 notes, its template", "pages/s", found["template"], found["plain"], "a plain template")


def _template(source: str) -> Template:
    return engines["django"].from_string(source).template


def _drawing(template: Template, facts: dict[str, object]) -> Callable[[], float]:
    """Pages of notes per second."""

    def draw() -> float:
        began = perf_counter()
        for _ in range(TIMES):
            template.render(Context(facts))
        return TIMES / (perf_counter() - began)

    return draw

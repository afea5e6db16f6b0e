"""What people answered to a principle, for the pages of principles, which know no responses."""

from django import template
from django.http import QueryDict

from people.guests import Viewer
from principles.models import Principle, Wording
from responses import answers
from responses.tallies import Tally

register = template.Library()


@register.simple_tag
def answers_to(principle: Principle, viewer: Viewer) -> answers.Answers:
    """Everything counted for `principle`, as far as `viewer` may see the boards."""
    return answers.answers_to(principle, viewer)


@register.simple_tag
def answer_page(principle: Principle, viewer: Viewer, asked: QueryDict) -> answers.AnswerPage:
    """The page of notes that `asked` names by "mark" and "page"."""
    return answers.page_of_answers(
        principle, viewer, mark=asked.get("mark", ""), number=asked.get("page", "1")
    )


@register.filter
def answered(counted: answers.Answers, wording: Wording) -> Tally:
    """How `wording` was answered."""
    return counted.by_wording.get(wording.pk, Tally())

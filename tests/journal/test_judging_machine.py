"""No way round judging: whatever people do, in whatever order, no word is seen that nobody showed.

Runs of random steps on one post and one call for stories, by a newcomer and by a writer who earned trust,
by a moderator with old tabs, and by people who report. After every step, what anybody can see is
compared with what was shown by hand, or by earned trust and without a reason to look closely.
"""

from collections.abc import Callable
from copy import copy
from datetime import timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from journal.comments import add_comment, edit_comment, withdraw_comment
from journal.judging import REPLIES, SPAM, judge, undo
from journal.models import Comment, Post, Report, State, Story, StoryCall
from journal.reports import Words, decide_report, report
from journal.spam.screening import look_at
from journal.spam.trust import Trust, trust_of
from journal.stories import Words as Told
from journal.stories import correct_story, tell_story, withdraw_story
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Person, Role
from people.refusals import Refused
from responses.receipts import receipt_for
from tests.sent import backdate, make_open_post
from tests.tries import tries

RUNS, STEPS = tries(50), 40
NEW, KIT = Viewer(guest_key="new"), Viewer(guest_key="kit")  # Kit has earned trust
SENTENCES = st.sampled_from(
    ["It rained.", "Nobody came.", "For more information visit: Pebbles", "Win $5 with me@x.example", "Yes."]
)
writer = st.sampled_from([NEW, KIT])
outcome = st.sampled_from(list(Report.Outcome.values))
reason = st.sampled_from(["child", "personal", "spam", "wrong"])


class Judged(RuleBasedStateMachine):
    """`shown` holds every (kind, row, words) that was shown by hand, or that trust allowed."""

    sent = Bundle("sent")
    tabs = Bundle("tabs")  # what a moderator had open, however long ago
    reports = Bundle("reports")

    @initialize()
    def open_the_pages(self) -> None:
        self.mod = Viewer(person=Person.objects.create_user(f"{uuid4()}@example.org", name="Mo"))
        Role.objects.create(person=self.mod.person, kind=Role.Kind.MODERATOR)
        self.post: Post = make_open_post(f"p-{uuid4().hex[:12]}")
        facts = {"title": "Tell us", "prompt": "What happened?", "opens_at": timezone.now()}
        self.call = StoryCall.objects.create(slug=f"c-{uuid4().hex[:12]}", **facts)
        self.shown: set[tuple[str, int, str]] = set()
        Comment.objects.filter(pk__in=Comment.objects.of(KIT)).update(writer="")
        for days in (1, 2):
            self._earn(days)
        # All runs share one transaction: what is counted at its start as empty would be searched row by row.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _earn(self, days: int) -> None:
        verdict = look_at("", fields={}, trust=Trust.NEWCOMER)
        comment = add_comment(self.post, by=KIT, key=uuid4(), text=f"Day {days}.", verdict=verdict)
        judge(comment, State.SHOWN, by=self.mod)
        self._saw(comment)
        backdate(comment, timezone.now() - timedelta(days=days))

    # Those who write

    @rule(target=sent, by=writer, text=SENTENCES)
    def comment(self, by: Viewer, text: str) -> Comment:
        return self._comment(by, uuid4(), text)

    @rule(target=sent, by=writer, text=SENTENCES)
    def comment_twice(self, by: Viewer, text: str) -> Comment:
        key = uuid4()
        self._comment(by, key, text)
        return self._comment(by, key, text)

    @rule(target=sent, above=sent, by=writer, text=SENTENCES)
    def answer(self, above: Comment | Story, by: Viewer, text: str) -> Comment:
        return self._comment(by, uuid4(), text, answers=above if isinstance(above, Comment) else None)

    @rule(thing=sent, by=writer, text=SENTENCES)
    def send_an_old_form_again(self, thing: Comment | Story, by: Viewer, text: str) -> None:
        if isinstance(thing, Comment):
            self._comment(by, thing.key, text)

    @rule(target=sent, by=writer, text=SENTENCES)
    def tell(self, by: Viewer, text: str) -> Story:
        consent = consent_given(public=True, research=True)
        verdict = look_at(text, fields={}, trust=trust_of(by))
        return tell_story(
            self.call, by=by, key=uuid4(), words=Told(text=text), consent=consent, verdict=verdict
        ).story

    @rule(thing=sent, by=writer, text=SENTENCES, has_code=st.booleans())
    def change(self, thing: Comment | Story, by: Viewer, text: str, has_code: bool) -> None:
        code = receipt_for(thing.key) if has_code else ""
        if isinstance(thing, Story):
            self._try(lambda: correct_story(thing, Told(text=text), by=by, receipt=code))
            return
        trusted = self._is_trusted(thing, text)
        if self._try(lambda: edit_comment(thing, text, by=by, receipt=code)) and trusted:
            self._saw(thing)

    @rule(thing=sent, by=writer)
    def take_back(self, thing: Comment | Story, by: Viewer) -> None:
        act = withdraw_story if isinstance(thing, Story) else withdraw_comment
        self._try(lambda: act(thing, by=by, receipt=receipt_for(thing.key)))

    @rule(thing=sent, by=st.sampled_from([NEW, KIT, ANYBODY]))
    def judge_oneself(self, thing: Comment | Story, by: Viewer) -> None:
        for act in (lambda: judge(thing, State.SHOWN, by=by), lambda: undo(thing, by=by)):
            with pytest.raises(Refused):
                act()

    # Those who decide, with the page as it is now and as it was once

    @rule(target=tabs, thing=sent)
    def open_a_tab(self, thing: Comment | Story) -> Comment | Story:
        return type(thing).objects.get(pk=thing.pk)

    @rule(tab=tabs)
    def show(self, tab: Comment | Story) -> None:
        read = copy(tab)
        if self._try(lambda: judge(read, State.SHOWN, by=self.mod)):
            self._saw(tab)

    @rule(tab=tabs, why=st.sampled_from([REPLIES[SPAM], "Not here."]))
    def remove(self, tab: Comment | Story, why: str) -> None:
        self._try(lambda: judge(copy(tab), State.REMOVED, by=self.mod, why=why))

    @rule(tab=tabs)
    def undo(self, tab: Comment | Story) -> None:
        """What comes back has the words of the tab."""
        read = copy(tab)
        if self._try(lambda: undo(read, by=self.mod)) and read.state == State.SHOWN:
            self._saw(tab)

    # Those who report, and what is decided about that: by itself it shows nothing new

    @rule(target=reports, thing=sent, why=reason)
    def report(self, thing: Comment | Story, why: str) -> Report:
        now = type(thing).objects.get(pk=thing.pk)
        facts = {"key": uuid4(), "network": uuid4().hex, "words": Words()}
        return report(now, why, by=ANYBODY, **facts)

    @rule(found=reports, became=outcome)
    def decide(self, found: Report, became: str) -> None:
        self._try(lambda: decide_report(found, became, "", by=self.mod))

    # What must hold after every step

    @invariant()
    def nothing_is_seen_that_nobody_showed(self) -> None:
        comments = Comment.objects.visible_to(ANYBODY).filter(post=self.post)
        stories = Story.objects.visible_to(ANYBODY).filter(call=self.call)
        seen = {("comment", *row) for row in comments.values_list("pk", "text")}
        seen |= {("story", *row) for row in stories.values_list("pk", "text")}
        assert seen <= self.shown

    @invariant()
    def every_step_is_on_record(self) -> None:
        for things in (self.post.comments, self.call.stories):
            for thing in things.exclude(judgements=None).prefetch_related("judgements"):
                steps = list(thing.judgements.all())
                assert steps[0].before == State.HELD
                assert all(one.after == two.before for one, two in pairwise(steps))
                assert steps[-1].after == thing.state

    def _comment(self, by: Viewer, key: UUID, text: str, answers: Comment | None = None) -> Comment:
        verdict = look_at(text, fields={}, trust=trust_of(by))
        above = answers and Comment.objects.get(pk=answers.pk)
        is_new = not Comment.objects.filter(key=key).exists()
        try:
            comment = add_comment(self.post, by=by, key=key, text=text, verdict=verdict, answers=above)
        except Refused:
            return multiple()
        if is_new and verdict.trust >= Trust.KNOWN and not verdict.reasons:
            self._saw(comment)
        return comment

    def _is_trusted(self, comment: Comment, text: str) -> bool:
        now = Comment.objects.get(pk=comment.pk)
        by_kit = Comment.objects.of(KIT).filter(pk=comment.pk).exists()
        verdict = look_at(text, fields={}, trust=trust_of(KIT), but=now)
        return by_kit and now.state == State.SHOWN and verdict.may_show

    def _saw(self, thing: Comment | Story) -> None:
        self.shown.add((thing._meta.model_name, thing.pk, thing.text))

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except Refused:
            return False
        return True


@pytest.mark.usefixtures("db")
def test_no_way_round_judging() -> None:
    """Two thousand steps at most in a thorough run: fifty runs of forty."""
    Judged.TestCase.settings = settings(
        max_examples=RUNS, stateful_step_count=STEPS, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip
    Judged.TestCase().runTest()

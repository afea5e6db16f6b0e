"""The steps an activity goes through, and what each asks of the room, in a sentence."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from responses.models import Activity

_KIND, _PHASE = Activity.Kind, Activity.Phase
MEANINGS = {
    _KIND.BOARD: {
        _PHASE.COLLECT: gettext_lazy("People stick up notes: a mark, with words or without."),
        _PHASE.REVEAL: gettext_lazy("Everybody reads and talks. Nothing new goes up."),
        _PHASE.MARK: gettext_lazy("People mark what matters to them: marks alone, no words."),
    },
    _KIND.POLL: {
        _PHASE.PROPOSE: gettext_lazy("People suggest what they want to learn or share."),
        _PHASE.CHOOSE: gettext_lazy("People choose among the suggestions. No new ones."),
    },
    _KIND.CARDS: {
        _PHASE.BEFORE: gettext_lazy("People take a stand before anybody has talked."),
        _PHASE.TALK: gettext_lazy("People talk. Nobody moves yet."),
        _PHASE.AFTER: gettext_lazy("People take a stand again, and say why they moved."),
    },
    _KIND.DRAWING: {_PHASE.COLLECT: gettext_lazy("Groups send in their drawings.")},
}
CLOSES = gettext_lazy("Nobody can join or add anything. What is there stays, and you can open it again.")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the value of its phase, what it is called and what it means, and whether it is now."""

    phase: str
    label: str
    meaning: str
    is_now: bool


def steps_of(activity: Activity) -> list[Step]:
    """The steps of an activity in their order; none of them is now while it is closed."""
    meanings = MEANINGS[_KIND(activity.kind)]
    return [
        Step(phase, phase.label, meanings[phase], activity.is_open and activity.phase == phase)
        for phase in activity.phases
    ]

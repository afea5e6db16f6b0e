"""The two questions asked at the point of posting, of notes and of stories, and the answers to them."""

from django.utils.translation import gettext, gettext_noop

from people.models import Consent, ConsentWording

# A changed sentence is a new version at the end; earlier ones stay, since notes keep them. The wording
# is the English; what it is in another language belongs to the same version, so a translation that comes
# to say something else is a new version too.
WORDINGS = (
    (
        gettext_noop(
            "Show my note in the public record, where anyone may read and quote it. My name is not on it."
        ),
        gettext_noop("Let researchers use my note in their work. My name is not on it."),
    ),
)
# What is asked of a story. The numbers begin far from those of notes, which go on from one.
STORY_WORDINGS = {
    1001: (
        gettext_noop(
            "Show my story on this site, where anyone may read and quote it, "
            "with the name I give or with none."
        ),
        gettext_noop("Let researchers use my story in their work. My name is not on it."),
    ),
}


def latest_version() -> int:
    return len(WORDINGS)


def sentences_of(version: int) -> tuple[str, str]:
    return STORY_WORDINGS.get(version) or WORDINGS[version - 1]


def as_asked(sentences: tuple[str, str]) -> tuple[str, str]:
    """The two sentences in the language of whoever is asked."""
    public, research = sentences
    return gettext(public), gettext(research)


def wording_of(version: int) -> ConsentWording:
    """The wording of that version, stored when it is first asked."""
    public, research = sentences_of(version)
    wording, _ = ConsentWording.objects.get_or_create(
        version=version,
        defaults={"public_sentence": public, "research_sentence": research},
    )
    return wording


def consent_given(*, public: bool, research: bool, version: int | None = None) -> Consent:
    """The answer a participant gave to the wording they read (today's, where none is named).

    Neither is a full answer too.
    """
    wording = wording_of(version or latest_version())
    consent, _ = Consent.objects.get_or_create(wording=wording, public=public, research=research, basis="")
    return consent


def consent_on_basis(basis: str) -> Consent:
    """The standing of something imported that was already published, and on what basis."""
    consent, _ = Consent.objects.get_or_create(wording=None, public=True, research=True, basis=basis)
    return consent


# Whoever may be under 18 is asked nothing, and nothing of theirs goes further.
UNASKED = "Left where under-18s may take part, so nobody was asked: it stays with those who were there."


def consent_unasked() -> Consent:
    """The standing of what was left where under-18s may take part: neither public nor for research."""
    consent, _ = Consent.objects.get_or_create(wording=None, public=False, research=False, basis=UNASKED)
    return consent


UNASKED_ON_PAPER = "From paper, and nobody was asked yet: it stays with those who were there."


def consent_on_paper() -> Consent:
    """The standing of a note on paper before anybody said on what basis it may be read by all."""
    consent, _ = Consent.objects.get_or_create(
        wording=None, public=False, research=False, basis=UNASKED_ON_PAPER
    )
    return consent

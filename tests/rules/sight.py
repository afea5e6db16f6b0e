"""Who sees what: one table of everything that has a rule of sight, and of where that differs."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpResponse
from django.test import Client

from tests.rules.canaries import (
    COMES,
    DRAFT,
    EVERYONE,
    GONE,
    HELD,
    HELPERS,
    KEPT,
    LEAD,
    LOOK,
    RUN,
    SHOWN,
    UNLISTED,
    UNPRINTED,
    UNREAD,
    UNRULED,
    UNSAID,
    UNSHARED,
    UNSIGNED,
    UNTOLD,
)

# Who may come upon each canary, anywhere on the site.
SEES = {
    DRAFT: RUN | HELPERS,
    SHOWN: EVERYONE,
    KEPT: {"ben"} | RUN | LOOK,
    GONE: set(),
    HELD: {"ben"} | RUN | LOOK,
    UNRULED: {"ada", "steward"},
    UNREAD: {"ada", "steward"},
    UNLISTED: {"ada", "steward"},
    UNTOLD: {"ada", "steward"},
    UNSAID: {"ben"} | RUN | LOOK,
    COMES: {"ada", "steward"},
    UNSHARED: {"ada"},
    UNSIGNED: RUN,
    UNPRINTED: {"steward"},
}
FOR_SCHOLARS = ("event_tei", "iiif_event", "iiif_photo", "iiif_notes", "iiif_other_readings", "iiif_viewer")
# A receipt and what came of it.
THREADS = ("receipt_thread", "receipt_thread_file")
# The same for whoever asks: what is not for everybody is told nobody there, signed in or not.
FOR_PROGRAMS = ("oai", "archive_feed", "sitemap", "sitemap_part", "api_list", "api_item", "api_readings")
FOR_PROGRAMS += ("api_tallies", "api_removed", "api_schema", "api_search")
# Where that differs: a file takes no words without consent, and a receipt is a right of its own.
DIFFERS = {
    ("notes_csv", KEPT): set(),
    ("notes_excel", KEPT): set(),
    ("notes_jsonl", KEPT): set(),
    ("poll_csv", KEPT): set(),
    **{(name, one): set() for name in FOR_PROGRAMS for one, who in SEES.items() if who is not EVERYONE},
    ("poll_json", KEPT): set(),
    **{(name, canary): set() for name in FOR_SCHOLARS for canary in (KEPT, HELD)},
    **{(name, HELD): set() for name in ("notes_csv", "notes_excel", "notes_jsonl")},
    **dict.fromkeys([("receipt", HELD), ("receipt_withdraw", HELD)], EVERYONE),
    ("receipt", KEPT): EVERYONE,
    ("receipt_withdraw", KEPT): EVERYONE,
    # Whoever draws boxes on a photograph sees the paper itself.
    ("photo_boxes", KEPT): RUN | {"transcriber"},
    ("my_story", UNTOLD): EVERYONE,
    ("my_comment", UNSAID): EVERYONE,
    ("my_sign_up", COMES): EVERYONE,
    ("my_signature", UNSIGNED): EVERYONE,
    ("case_own", UNPRINTED): EVERYONE,
    ("picture_receipt", KEPT): EVERYONE,
    ("picture_receipt_withdraw", KEPT): EVERYONE,
    **{(name, one): EVERYONE for name in THREADS for one in (KEPT, HELD)},
}
# Where a canary has to be heard, so that silence elsewhere means something.
HEARD = {
    **{(name, SHOWN): EVERYONE for name in ("event_outcomes", "event_outcomes_feed")},
    **{(name, SHOWN): EVERYONE for name in ("statement", "decision")},
    **{(name, seen): SEES[seen] for name in ("statement", "decision") for seen in (KEPT, DRAFT, UNREAD)},
    **{(name, UNREAD): SEES[UNREAD] for name in ("statement_edit", "decision_edit")},
    **{(name, SHOWN): EVERYONE for name in ("event_themes", "theme_page")},
    **{("theme_page", canary): SEES[canary] for canary in (KEPT, DRAFT)},
    ("theme_edit", KEPT): {"ada"},
    ("event_themes", DRAFT): SEES[DRAFT],
    ("theme_new", DRAFT): LEAD,
    **{(name, SHOWN): EVERYONE for name in ("amendments", "amendment")},
    **{("amendment", canary): SEES[canary] for canary in (KEPT, DRAFT, UNREAD)},
    **{(name, UNREAD): SEES[UNREAD] for name in ("amendments", "amendment_edit")},
    **{("amendment_edit", canary): RUN for canary in (KEPT, DRAFT)},
    ("amendment_decide", SHOWN): RUN,
    ("amendment_new", DRAFT): RUN,
    ("asked", SHOWN): EVERYONE,
    **{(name, SHOWN): EVERYONE for name in ("calls", "call", "call_sign", "my_signature")},
    **{(name, UNSIGNED): RUN for name in ("calls", "call_edit", "call_signatures")},
    ("note_rule", UNRULED): SEES[UNRULED],
    **{(name, UNREAD): SEES[UNREAD] for name in ("event_versions", "event_version", "event_compare")},
    **{(name, UNREAD): SEES[UNREAD] for name in ("event_write", "event_preview", "film", "attachment")},
    **{(name, UNREAD): SEES[UNREAD] for name in ("film_edit", "attachment_edit", "illustration_edit")},
    **{(name, SHOWN): EVERYONE for name in ("film", "attachment")},
    **{(name, UNPRINTED): SEES[UNPRINTED] for name in ("post_write", "post_preview", "film", "attachment")},
    **{(name, SHOWN): EVERYONE for name in ("event", "event_version", "post_version")},
    **{(name, UNPRINTED): SEES[UNPRINTED] for name in ("post_version", "post_compare")},
    ("post_compare", SHOWN): EVERYONE,
    ("event_version", DRAFT): SEES[DRAFT],
    ("person", UNLISTED): SEES[UNLISTED],
    ("organisation", UNLISTED): SEES[UNLISTED],
    **{(name, SHOWN): EVERYONE for name in ("person", "people", "organisation")},
    ("reading", DRAFT): SEES[DRAFT],
    ("ask_room", DRAFT): RUN,
    ("board", SHOWN): EVERYONE,
    ("board", KEPT): SEES[KEPT],
    ("board", DRAFT): SEES[DRAFT],
    ("board_live", SHOWN): EVERYONE,
    ("board_live", KEPT): SEES[KEPT],
    ("board_projector", SHOWN): EVERYONE,
    ("event", DRAFT): SEES[DRAFT],
    **{("board_facilitate", canary): RUN | LOOK for canary in (SHOWN, KEPT, HELD)},
    ("note", HELD): SEES[HELD],
    **{(name, UNSHARED): {"ada"} for name in ("studies", "study", "study_code", "study_memo", "note")},
    ("study_code", KEPT): {"ada"},
    **{(name, SHOWN): EVERYONE for name in ("api_list", "api_item", "api_readings", "archive_feed")},
    ("note", SHOWN): EVERYONE,
    **{(name, KEPT): {"ben"} for name in ("my_thread", "my_thread_file")},
    **{(name, SHOWN): EVERYONE for name in THREADS},
    ("note", KEPT): SEES[KEPT],
    ("notes_jsonl", SHOWN): EVERYONE,
    ("notes_jsonl", DRAFT): SEES[DRAFT],
    **{(name, SHOWN): EVERYONE for name in FOR_SCHOLARS if name != "iiif_other_readings"},
    ("iiif_photo", DRAFT): SEES[DRAFT],
    ("event_tei", DRAFT): SEES[DRAFT],
    ("archive", DRAFT): SEES[DRAFT],
    **{(name, DRAFT): SEES[DRAFT] for name in ("promises", "promise")},
    **{(name, DRAFT): RUN for name in ("promise_update", "event_promise_new")},
    **{(name, UNPRINTED): SEES[UNPRINTED] for name in ("post", "post_edit", "post_series", "post_tag")},
    **{(name, SHOWN): EVERYONE for name in ("story_call", "story")},
    ("story_call", UNTOLD): SEES[UNTOLD],
    ("story", UNTOLD): SEES[UNTOLD],
    ("my_story", UNTOLD): EVERYONE,
    ("my_comment", UNSAID): EVERYONE,
    ("my_comment", SHOWN): EVERYONE,
    ("event", UNSAID): {"ben"},
    ("join_code", DRAFT): SEES[DRAFT],
    ("poll", SHOWN): EVERYONE,
    ("poll", KEPT): SEES[KEPT],
    ("poll", DRAFT): SEES[DRAFT],
    ("option", KEPT): SEES[KEPT],
    ("poll_json", SHOWN): EVERYONE,
    ("cards", SHOWN): EVERYONE,
    ("cards", DRAFT): SEES[DRAFT],
    ("cards_csv", DRAFT): SEES[DRAFT],
    ("drawing", SHOWN): EVERYONE,
    ("drawing", KEPT): SEES[KEPT],
    ("drawing", DRAFT): SEES[DRAFT],
    ("picture", KEPT): SEES[KEPT],
    ("agenda", DRAFT): LEAD,
    **{(name, DRAFT): RUN for name in ("event_roles", "event_log")},
    **{(name, COMES): SEES[COMES] for name in ("sign_ups", "sign_ups_csv", "event_edit")},
    ("my_sign_up", COMES): EVERYONE,
    ("join_sheet", DRAFT): LEAD | LOOK,
    **{(name, SHOWN): EVERYONE for name in ("photos", "photo")},
    **{(name, DRAFT): LEAD for name in ("board_print", "board_pack")},
    ("board_sheets", DRAFT): RUN | {"transcriber"},
    **{(name, DRAFT): SEES[DRAFT] for name in ("photos", "photo")},
    ("photo_edit", DRAFT): RUN | {"transcriber"},
    **{("photo_boxes", canary): RUN | {"transcriber"} for canary in (SHOWN, DRAFT)},
}
OF_THE_DRAFT = {"event", "import_transcript", "notes_csv", "notes_excel", "notes_jsonl", "board"}
OF_THE_DRAFT |= {
    "answer",
    "answer_station",
    "note",
    "note_version",
    "tag",
    "join_code",
    "join_sheet",
    "board_live",
}
OF_THE_DRAFT |= {"changes", "poll", "poll_csv", "poll_json", "option"}
OF_THE_DRAFT |= {"cards", "cards_csv", "board_counts"}
OF_THE_DRAFT |= {"drawing", "picture", "picture_file"}
OF_THE_DRAFT |= {"photos", "photo", "photo_file"}
OF_THE_DRAFT |= {"event_tei", "reading"}
OF_THE_DRAFT |= {"event_versions", "event_version", "event_comment", "report"}
OF_THE_DRAFT |= {"film", "attachment", "illustration_file"}
OF_THE_DRAFT |= {"call", "call_sign"}
OF_THE_DRAFT |= {"event_themes", "theme_page"}
OF_THE_DRAFT |= {"iiif_event", "iiif_photo", "iiif_notes", "iiif_image", "iiif_tile"}
# Of these, what is not for everybody with a role in the event.
FOR_SOME = {"import_transcript": RUN, "join_sheet": LEAD | LOOK}


@dataclass(frozen=True, slots=True)
class Told:
    """What one viewer was told at one address of the route `name`."""

    name: str
    address: str
    scenes: set[str]  # the events of the scenes that this address belongs to
    status: int
    leads_to: str  # where a redirection leads
    canaries: set[str]
    codes: list[str]


def told_at(client: Client, name: str, address: str, scenes: set[str], codes: list[str]) -> Told:
    answer = client.get(address)
    said = said_by(answer)
    packed = said.replace(" ", "")
    # The page of a code is asked for with it.
    told = [code for code in codes if code in packed and code not in address]
    leads_to = answer.url if answer.status_code == HTTPStatus.FOUND else ""
    return Told(name, address, scenes, answer.status_code, leads_to, canaries_in(said, address), told)


def heard(client: Client, address: str) -> tuple[int, set[str]]:
    answer = client.get(address)
    return answer.status_code, canaries_in(said_by(answer), address)


def said_by(answer: HttpResponse) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace") + repr(dict(answer.headers))


def canaries_in(said: str, address: str) -> set[str]:
    """A page may repeat the address it was asked for: that tells nobody anything new."""
    rest = said.replace(address, "")
    return {canary for canary in SEES if canary in rest}

"""The statement behind the rows of notes: all columns of `archive.columns`, for notes given by their keys.

It is the one definition for every form. `archive.rows` makes the same rows for one event from the
models; a test compares them.
"""

from django.conf import settings
from django.urls import reverse

from archive.columns import NAMES
from responses.models import Ruling

# Columns with several values, which a cell joins with a space.
LISTS = ("principles", "wordings", "wording_versions")
# Everything but what NULL and "" both mean in a cell.
MOMENT = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS') || '+00:00'"
# Text that only the parser of transcripts can say in plain words; all other text is its own plain words.
MARKED = "n.origin = 'paper' AND (n.text ~ '[][~*\r\u200b\u2060\ufeff]' OR n.text IS NOT NFC NORMALIZED)"
# Stands in the cell of plain words where the parser has to say them.
UNSAID = "\x01"
PARTS = {
    "note": "n.identifier",
    "label": "s.code || '-' || lpad(n.number::text, greatest(2, length(n.number::text)), '0')",
    "permalink": "%(before)s || n.identifier || %(after)s",
    "event": "e.slug",
    "board": "b.slug",
    "station_heading": "s.heading",
    "station": "s.identifier",
    "principles": "coalesce(asked.principles, '{}')",
    "wordings": "coalesce(answered.wordings, '{}')",
    "wording_versions": "coalesce(answered.versions, '{}')",
    "mark": "n.mark",
    "text_state": "n.text_state",
    "origin": "n.origin",
    "verbatim": "CASE WHEN may.words_go THEN coalesce(readings.verbatim, '') ELSE '' END",
    "plain": f"CASE WHEN NOT may.words_go THEN '' WHEN {MARKED} THEN %(unsaid)s ELSE n.text END",
    "markup": "CASE WHEN may.words_go THEN n.text ELSE '' END",
    "consent_public": "c.public",
    "consent_research": "c.research",
    "consent_wording": "cw.version",
    "consent_basis": "c.basis",
    "words_withheld": "CASE WHEN may.words_go OR n.text = '' AND coalesce(readings.verbatim, '') = '' THEN ''"
    " WHEN c.research THEN 'not_public' ELSE 'not_for_research' END",
    "added_at": MOMENT.format("n.added_at"),
    "reading": "coalesce(accepted.number, readings.last)",
    "readings": "coalesce(readings.total, 0)",
    "accepted_at": MOMENT.format("ruled.at"),
    "licence": "rights.licence",
    "rights": "rights.statement",
}
FROM = """
    FROM chosen JOIN responses_note n ON n.id = chosen.id
    JOIN responses_station s ON s.id = n.station_id
    JOIN responses_activity b ON b.id = n.board_id
    JOIN events_event e ON e.id = b.event_id
    JOIN people_consent c ON c.id = n.consent_id
    LEFT JOIN people_consentwording cw ON cw.id = c.wording_id
    LEFT JOIN unnest(%(consents)s::bigint[], %(licences)s::text[], %(statements)s::text[])
        AS rights (consent, licence, statement) ON rights.consent = c.id
    CROSS JOIN LATERAL (SELECT c.research AND (c.public OR %(sees_all)s) AS words_go) may
    LEFT JOIN responses_reading accepted ON accepted.id = n.accepted_id
    LEFT JOIN (
        SELECT note_id, max(number) AS last, count(*) AS total,
            max(verbatim) FILTER (WHERE number = 1 AND NOT is_held) AS verbatim
        FROM responses_reading WHERE note_id IN (SELECT id FROM chosen) GROUP BY note_id
    ) readings ON readings.note_id = n.id
    LEFT JOIN (
        SELECT DISTINCT ON (reading_id) reading_id, at FROM responses_ruling
        WHERE note_id IN (SELECT id FROM chosen) AND action = %(accept)s ORDER BY reading_id, number DESC
    ) ruled ON ruled.reading_id = n.accepted_id
    LEFT JOIN (
        SELECT p.station_id, array_agg(pr.identifier ORDER BY ps.name, pr.set_id, pr.position) AS principles
        FROM responses_pairing p JOIN principles_principle pr ON pr.id = p.principle_id
        JOIN principles_principleset ps ON ps.id = pr.set_id
        WHERE p.station_id IN (SELECT station_id FROM responses_note WHERE id IN (SELECT id FROM chosen))
        GROUP BY p.station_id
    ) asked ON asked.station_id = s.id
    LEFT JOIN (
        SELECT nw.note_id, array_agg(w.identifier ORDER BY ps.name, pr.set_id, pr.position) AS wordings,
            array_agg(w.version::int ORDER BY ps.name, pr.set_id, pr.position) AS versions
        FROM responses_note_wordings nw JOIN principles_wording w ON w.id = nw.wording_id
        JOIN principles_principle pr ON pr.id = w.principle_id
        JOIN principles_principleset ps ON ps.id = pr.set_id
        WHERE nw.note_id IN (SELECT id FROM chosen) GROUP BY nw.note_id
    ) answered ON answered.note_id = n.id
    ORDER BY n.id
"""


def as_values(chosen: str) -> str:
    """One row a note, with true booleans, numbers, lists and nulls; `chosen` is a query of their keys."""
    return _of(chosen, [f"{PARTS[name]} AS {name}" for name in NAMES])


def as_cells(chosen: str) -> str:
    """The same as cells: lists with a space between, true and false, nothing for nothing."""
    return _of(chosen, [_cell(name) for name in NAMES])


def _of(chosen: str, columns: list[str]) -> str:
    # Said again wherever it is needed, since what is materialised cannot be read by two workers.
    return f"WITH chosen (id) AS NOT MATERIALIZED ({chosen}) SELECT {', '.join(columns)} {FROM}"


def _cell(name: str) -> str:
    part = f"array_to_string({PARTS[name]}, ' ')" if name in LISTS else f"({PARTS[name]})::text"
    return f"nullif({part}, '') AS {name}"


def addresses() -> dict[str, str]:
    """What stands before and after the identifier in the permanent address of a note, and constants."""
    before, _, after = reverse("note", args=["…"]).partition("%E2%80%A6")
    accept = Ruling.Action.ACCEPT.value
    return {"before": settings.SITE_URL + before, "after": after, "accept": accept, "unsaid": UNSAID}

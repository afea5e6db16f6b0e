"""The database tells of every change to what pages for visitors are made from, when it is committed.

A notice on the channel `page` names the table, or `responses` and the event, and then the transaction;
PostgreSQL sends equal notices of one transaction once. Only pages that read nothing but tables with
these triggers are ever kept (coproduce/serving/kept), so that a table without them costs speed alone.
"""

from django.db import migrations

TELL = """
CREATE FUNCTION public.tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('page', TG_TABLE_NAME || ' ' || pg_current_xact_id());
    RETURN NULL;
END $$;
-- For a table that is added later: SELECT public.tell_changes_of('app_table').
CREATE FUNCTION public.tell_changes_of(told text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON public.%I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION public.tell_change()', told);
END $$;
"""
# While people respond, rows of these come every second. They name their event, so that pages about
# other events stay kept. A row whose event is gone, and an emptied table, stand for all (*).
TELL_EVENT = """
CREATE FUNCTION public.tell_event_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE event bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        FOR event IN SELECT DISTINCT {event} FROM now_there row {joins} LOOP
            PERFORM pg_notify('page', coalesce('responses ' || event, '*') || ' ' || pg_current_xact_id());
        END LOOP;
    ELSIF TG_OP = 'UPDATE' THEN
        FOR event IN SELECT {event} FROM now_there row {joins} UNION SELECT {event} FROM was_there row {joins} LOOP
            PERFORM pg_notify('page', coalesce('responses ' || event, '*') || ' ' || pg_current_xact_id());
        END LOOP;
    ELSIF TG_OP = 'DELETE' THEN
        FOR event IN SELECT DISTINCT {event} FROM was_there row {joins} LOOP
            PERFORM pg_notify('page', coalesce('responses ' || event, '*') || ' ' || pg_current_xact_id());
        END LOOP;
    ELSE
        PERFORM pg_notify('page', '* ' || pg_current_xact_id());
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_inserted AFTER INSERT ON public.{table} REFERENCING NEW TABLE AS now_there
    FOR EACH STATEMENT EXECUTE FUNCTION public.tell_event_of_{table}();
CREATE TRIGGER tell_updated AFTER UPDATE ON public.{table}
    REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there
    FOR EACH STATEMENT EXECUTE FUNCTION public.tell_event_of_{table}();
CREATE TRIGGER tell_deleted AFTER DELETE ON public.{table} REFERENCING OLD TABLE AS was_there
    FOR EACH STATEMENT EXECUTE FUNCTION public.tell_event_of_{table}();
CREATE TRIGGER tell_emptied AFTER TRUNCATE ON public.{table}
    FOR EACH STATEMENT EXECUTE FUNCTION public.tell_event_of_{table}();
"""
UNTELL_EVENT = """
DROP TRIGGER tell_inserted ON public.{table};
DROP TRIGGER tell_updated ON public.{table};
DROP TRIGGER tell_deleted ON public.{table};
DROP TRIGGER tell_emptied ON public.{table};
DROP FUNCTION public.tell_event_of_{table}();
"""


def by(column, through=""):
    """The event of an activity that a row names, or of one that what it names belongs to."""
    return "a.event_id", f"{through} LEFT JOIN public.responses_activity a ON a.id = {column}"


def through(table, column, activity):
    return by(f"x.{activity}", f"LEFT JOIN public.{table} x ON x.id = row.{column}")


OF_EVENTS = {
    "responses_activity": ("row.event_id", ""),
    "responses_station": by("row.board_id"),
    "responses_participant": by("row.activity_id"),
    "responses_change": by("row.activity_id"),
    "responses_note": by("row.board_id"),
    "responses_note_wordings": through("responses_note", "note_id", "board_id"),
    "responses_tallyrow": through("responses_station", "station_id", "board_id"),
    "responses_handcount": through("responses_station", "station_id", "board_id"),
    "responses_pairing": through("responses_station", "station_id", "board_id"),
    "responses_reading": through("responses_note", "note_id", "board_id"),
    "responses_option": by("row.poll_id"),
    "responses_choice": through("responses_option", "option_id", "poll_id"),
    "responses_card": by("row.cards_id"),
    "responses_zone": by("row.cards_id"),
    "responses_stand": through("responses_card", "card_id", "cards_id"),
    "responses_zonecount": through("responses_card", "card_id", "cards_id"),
    "responses_picture": by("row.drawing_id"),
    "responses_photo": ("row.event_id", ""),
    "responses_region": ("p.event_id", "LEFT JOIN public.responses_photo p ON p.id = row.photo_id"),
}
TABLES = """
    events_series events_appointment events_event_principle_sets events_event events_eventorganiser
    events_recordchange events_quotation events_agendaitem_leads events_agendaitem events_signup
    journal_storycall_events journal_storycall journal_story journal_postseries journal_post_events
    journal_post journal_postauthor journal_writing journal_version journal_citation journal_comment
    journal_film journal_attachment journal_illustration journal_report journal_sentence
    outcomes_amendment outcomes_amendmentnote outcomes_amendmentmark outcomes_theme outcomes_themenote
    outcomes_statement outcomes_statementnote outcomes_statementchange outcomes_declined
    outcomes_call_statements outcomes_call outcomes_signature outcomes_callupdate
    outcomes_decision_statements outcomes_decision outcomes_decisionupdate outcomes_promise
    outcomes_promiseupdate outcomes_tie outcomes_notie
    principles_principleset principles_principle principles_wording
    people_person people_role people_organisation people_affiliation people_consentwording people_consent
    responses_transcript responses_layout responses_matching responses_asking responses_keptapart
    responses_ruling responses_countremark responses_stub
    archive_release archive_word taggit_tag taggit_taggeditem django_content_type
""".split()


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0001_archive"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("events", "0005_search"),
        ("journal", "0005_search"),
        ("outcomes", "0003_search"),
        ("people", "0006_terms_and_search"),
        ("principles", "0002_search"),
        ("responses", "0005_search_and_counts"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [
        migrations.RunSQL(TELL, "DROP FUNCTION public.tell_changes_of(text); DROP FUNCTION public.tell_change();"),
        *[
            migrations.RunSQL(
                f"SELECT public.tell_changes_of('{table}');", f"DROP TRIGGER tell_change ON public.{table};"
            )
            for table in TABLES
        ],
        *[
            migrations.RunSQL(
                TELL_EVENT.format(table=table, event=event, joins=joins), UNTELL_EVENT.format(table=table)
            )
            for table, (event, joins) in OF_EVENTS.items()
        ],
    ]

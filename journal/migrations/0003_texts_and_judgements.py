from django.db import migrations

# What stood in one column becomes the first version of a text, shown where it was shown.
TEXTS_MOVED = """
    WITH texts AS (
        INSERT INTO journal_writing (event_id, post_id, version, shown)
        SELECT id, NULL::bigint, 1, CASE WHEN status <> 'draft' THEN 1 END FROM events_event WHERE body <> ''
        UNION ALL
        SELECT NULL::bigint, id, 1, CASE WHEN published_at IS NOT NULL THEN 1 END FROM journal_post WHERE body <> ''
        RETURNING id, event_id, post_id, shown
    )
    INSERT INTO journal_version (writing_id, number, blocks, at, why, is_correction, published_at)
    SELECT texts.id, 1,
        jsonb_build_array(jsonb_build_object(
            'id', 'a1', 'kind', 'text', 'html', coalesce(events_event.body, journal_post.body))),
        now(), '', false,
        CASE WHEN texts.shown IS NOT NULL THEN coalesce(journal_post.published_at, now()) END
    FROM texts
    LEFT JOIN events_event ON events_event.id = texts.event_id
    LEFT JOIN journal_post ON journal_post.id = texts.post_id;
    INSERT INTO journal_postauthor (post_id, person_id, name, position)
    SELECT post_id, person_id, '', row_number() OVER (PARTITION BY post_id ORDER BY id)
    FROM journal_post_authors;
    SET CONSTRAINTS ALL IMMEDIATE;
"""
# What was decided stays decided as it was; the name of whoever decided may go.
APPEND_ONLY = """
    CREATE FUNCTION journal_judgement_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'Judgements are only added to.' USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER journal_judgement_stays BEFORE UPDATE OR DELETE ON journal_judgement
        FOR EACH ROW EXECUTE FUNCTION journal_judgement_stays();
"""
NO_LONGER = "DROP TRIGGER journal_judgement_stays ON journal_judgement; DROP FUNCTION journal_judgement_stays();"


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_publishing")]
    operations = [
        migrations.RunSQL(TEXTS_MOVED, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, NO_LONGER),
        migrations.RemoveField(model_name="post", name="authors"),
        migrations.RemoveField(model_name="post", name="body"),
    ]

from django.db import migrations


class Migration(migrations.Migration):
    """Tables that a crash may empty: counts for rate limits, and Django's cache.

    Unlogged, since writing them to the log would cost more than losing them.
    """

    dependencies = [("people", "0002_extensions")]
    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE people_ratecount (
                name varchar(40) NOT NULL,
                holder varchar(64) NOT NULL,
                starts bigint NOT NULL,
                number integer NOT NULL,
                PRIMARY KEY (name, holder, starts)
            );
            CREATE UNLOGGED TABLE cache (
                cache_key varchar(255) NOT NULL PRIMARY KEY,
                value text NOT NULL,
                expires timestamp with time zone NOT NULL
            );
            CREATE INDEX cache_expires ON cache (expires);
            """,
            "DROP TABLE cache; DROP TABLE people_ratecount;",
        ),
    ]

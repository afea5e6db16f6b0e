from django.db import migrations


class Migration(migrations.Migration):
    """The write-up of an event is a text of the journal, with versions."""

    dependencies = [("events", "0003_duties_and_sign_ups"), ("journal", "0003_texts_and_judgements")]
    operations = [migrations.RemoveField(model_name="event", name="body")]

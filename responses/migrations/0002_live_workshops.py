import coproduce.identifiers
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from responses.codes import new_code


# Whoever took part before there were codes was at the event, or at least answered it.
HERE_BEFORE = "UPDATE responses_participant SET joined_at = now()"
CLOSED_BEFORE = "UPDATE responses_activity SET closed_at = now() WHERE state = 'closed'"


def give_codes(apps, schema_editor):
    """A board that was open goes on being open, and so has a code to be joined with."""
    activities = apps.get_model("responses", "Activity").objects
    for board in activities.filter(state="open", code=None):
        activities.filter(pk=board.pk).update(code=new_code())


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_agenda'),
        ('people', '0003_unlogged_tables'),
        ('principles', '0001_sets_and_wordings'),
        ('responses', '0001_boards_and_notes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("Board", "Activity"),
        migrations.RenameField("Participant", "board", "activity"),
        migrations.RenameField("Change", "board", "activity"),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(default=coproduce.identifiers.new_identifier, editable=False, max_length=10, unique=True)),
                ('prompt', models.CharField(max_length=300)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['cards', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ballot', models.UUIDField(editable=False)),
                ('rank', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['participant', 'rank', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HandCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(default=coproduce.identifiers.new_identifier, editable=False, max_length=10, unique=True)),
                ('key', models.UUIDField(editable=False, unique=True)),
                ('mark', models.CharField(choices=[('tick', 'Agree'), ('heart', 'Important'), ('bubble', 'Amend'), ('square', 'Challenge'), ('not_recorded', 'Mark not recorded')], max_length=12)),
                ('number', models.PositiveIntegerField()),
                ('where', models.CharField(blank=True, help_text='For example: at the round tables.', max_length=100)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['station', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='KeptApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Layout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(default=coproduce.identifiers.new_identifier, editable=False, max_length=10, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('question', models.CharField(blank=True, max_length=300)),
                ('stations', models.JSONField()),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(default=coproduce.identifiers.new_identifier, editable=False, max_length=10, unique=True)),
                ('number', models.PositiveIntegerField(help_text='Its place on the list.')),
                ('key', models.UUIDField(editable=False)),
                ('wish', models.CharField(choices=[('learn', 'Want to learn'), ('share', 'Want to share'), ('any', 'Suggestion')], default='any', max_length=5)),
                ('text', models.CharField(blank=True, max_length=300)),
                ('origin', models.CharField(choices=[('own_device', 'Own device'), ('counted_in_room', 'Counted in the room'), ('paper', 'From paper')], default='own_device', max_length=15)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('moderation', models.CharField(choices=[('shown', 'Shown'), ('waiting', 'Waits for an organiser'), ('hidden', 'Hidden by the organisers')], default='shown', max_length=7)),
                ('moderation_why', models.CharField(blank=True, max_length=300)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('counted_in_room', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['poll', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(default=coproduce.identifiers.new_identifier, editable=False, max_length=10, unique=True)),
                ('number', models.PositiveIntegerField(help_text='Its place in the gallery.')),
                ('key', models.UUIDField(editable=False)),
                ('files', models.CharField(blank=True, editable=False, max_length=32)),
                ('width', models.PositiveIntegerField(default=0)),
                ('height', models.PositiveIntegerField(default=0)),
                ('group', models.CharField(blank=True, max_length=100)),
                ('alt', models.CharField(blank=True, help_text='What it shows, for whoever cannot see it.', max_length=500)),
                ('expression', models.CharField(blank=True, max_length=300)),
                ('receipt_hash', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('moderation', models.CharField(choices=[('shown', 'Shown'), ('waiting', 'Waits for an organiser'), ('hidden', 'Hidden by the organisers')], default='shown', max_length=7)),
                ('moderation_why', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['drawing', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Stand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.CharField(choices=[('before', 'Before talking'), ('after', 'After talking')], max_length=6)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('pair', models.UUIDField(editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='Zone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['cards', 'position'],
            },
        ),
        migrations.CreateModel(
            name='ZoneCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.CharField(choices=[('before', 'Before talking'), ('after', 'After talking')], max_length=6)),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Cards',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('responses.activity',),
        ),
        migrations.CreateModel(
            name='Drawing',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('responses.activity',),
        ),
        migrations.CreateModel(
            name='Poll',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('responses.activity',),
        ),
        migrations.CreateModel(
            name='Board',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('responses.activity',),
        ),
        migrations.AlterModelOptions(
            name='change',
            options={'ordering': ['activity', 'number']},
        ),
        migrations.RemoveConstraint(
            model_name='activity',
            name='one_board_per_slug',
        ),
        migrations.RemoveConstraint(
            model_name='change',
            name='one_change_per_number',
        ),
        migrations.RemoveConstraint(
            model_name='participant',
            name='one_participant_per_token',
        ),
        migrations.AddField(
            model_name='reading',
            name='is_held',
            field=models.BooleanField(default=False, help_text='Its words were replaced before an organiser showed them, or were hidden.'),
        ),
        migrations.AddField(
            model_name='activity',
            name='closed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='code',
            field=models.CharField(blank=True, editable=False, max_length=8, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='activity',
            name='hides_until_reveal',
            field=models.BooleanField(default=False, help_text='What others said, or how they chose, is covered until it is revealed.'),
        ),
        migrations.AddField(
            model_name='activity',
            name='is_premoderated',
            field=models.BooleanField(default=False, help_text='Words wait until an organiser shows them.'),
        ),
        migrations.AddField(
            model_name='activity',
            name='is_ranked',
            field=models.BooleanField(default=False, help_text='People put a few in order instead of ticking.'),
        ),
        migrations.AddField(
            model_name='activity',
            name='asks_wishes',
            field=models.BooleanField(default=False, help_text='Suggestions say what somebody wants to learn, or to share.'),
        ),
        migrations.AddField(
            model_name='activity',
            name='kind',
            field=models.CharField(choices=[('board', 'Board'), ('poll', 'Poll'), ('cards', 'Cards'), ('drawing', 'Drawing')], default='board', editable=False, max_length=7),
        ),
        migrations.AddField(
            model_name='activity',
            name='may_include_under_18s',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='activity',
            name='phase',
            field=models.CharField(choices=[('collect', 'Collect'), ('reveal', 'Reveal and talk'), ('mark', 'Mark'), ('propose', 'Propose'), ('choose', 'Choose'), ('before', 'Before talking'), ('talk', 'Talk'), ('after', 'After talking')], default='collect', max_length=7),
        ),
        migrations.AddField(
            model_name='activity',
            name='pinned_note',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pinned_on', to='responses.note'),
        ),
        migrations.AddField(
            model_name='activity',
            name='seats',
            field=models.PositiveIntegerField(default=1000, help_text='With so many people it is full.'),
        ),
        migrations.AddField(
            model_name='activity',
            name='shown_station',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='shown_on', to='responses.station'),
        ),
        migrations.AddField(
            model_name='activity',
            name='timer_ends_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='note',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='responses.note'),
        ),
        migrations.AddField(
            model_name='note',
            name='moderation',
            field=models.CharField(choices=[('shown', 'Shown'), ('waiting', 'Waits for an organiser'), ('hidden', 'Hidden by the organisers')], default='shown', max_length=7),
        ),
        migrations.AddField(
            model_name='note',
            name='moderation_why',
            field=models.CharField(blank=True, help_text='Shown to whoever wrote it.', max_length=300),
        ),
        migrations.AddField(
            model_name='note',
            name='signed',
            field=models.CharField(blank=True, help_text='A name its writer chose to show.', max_length=60),
        ),
        migrations.AddField(
            model_name='participant',
            name='joined_at',
            field=models.DateTimeField(blank=True, help_text='When they joined with its code.', null=True),
        ),
        migrations.AddField(
            model_name='station',
            name='is_locked',
            field=models.BooleanField(default=False, help_text='Takes no more answers for now.'),
        ),
        migrations.AlterField(
            model_name='activity',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='events.event'),
        ),
        migrations.AlterField(
            model_name='activity',
            name='is_invented',
            field=models.BooleanField(default=False, help_text='What is on it is demonstration.'),
        ),
        migrations.AlterField(
            model_name='change',
            name='kind',
            field=models.CharField(choices=[('opened', 'Opened'), ('closed', 'Closed'), ('phase_changed', 'Phase changed'), ('settings_changed', 'Settings changed'), ('timer_set', 'Timer set'), ('timer_stopped', 'Timer stopped'), ('code_changed', 'New code'), ('station_added', 'Station added'), ('station_locked', 'Station locked'), ('station_unlocked', 'Station unlocked'), ('station_shown', 'Station shown alone'), ('note_added', 'Note added'), ('note_corrected', 'Note corrected'), ('note_withdrawn', 'Note withdrawn'), ('note_shown', 'Note shown'), ('note_hidden', 'Note hidden'), ('note_pinned', 'Note pinned'), ('note_unpinned', 'Note unpinned'), ('notes_merged', 'Notes merged'), ('notes_parted', 'Notes kept apart'), ('hands_counted', 'Hands counted'), ('hands_taken_back', 'Count of hands taken back'), ('mark_taken_back', 'Mark taken back'), ('consent_changed', 'Consent changed'), ('imported', 'Transcript imported'), ('option_proposed', 'Suggestion made'), ('option_changed', 'Suggestion shown, hidden or withdrawn'), ('option_answered', 'Suggestion answered'), ('chosen', 'Choices made'), ('card_added', 'Card added'), ('stood', 'Somebody took a stand'), ('stands_counted', 'Stands counted'), ('picture_added', 'Drawing added'), ('picture_changed', 'Drawing shown, hidden or withdrawn')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.UniqueConstraint(fields=('event', 'slug'), name='one_activity_per_slug'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('code', None), ('state', 'open'), _connector='OR'), name='a_code_only_while_open'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.UniqueConstraint(fields=('activity', 'number'), name='one_change_per_number'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('activity', 'token'), name='one_participant_per_token'),
        ),
        migrations.AddField(
            model_name='card',
            name='station',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='card', to='responses.station'),
        ),
        migrations.AddField(
            model_name='choice',
            name='participant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='choices', to='responses.participant'),
        ),
        migrations.AddField(
            model_name='handcount',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='hand_counts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='handcount',
            name='station',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_counts', to='responses.station'),
        ),
        migrations.AddField(
            model_name='note',
            name='hand_count',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='responses.handcount'),
        ),
        migrations.AddField(
            model_name='keptapart',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='kept_apart', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keptapart',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_apart_before', to='responses.note'),
        ),
        migrations.AddField(
            model_name='keptapart',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kept_apart_after', to='responses.note'),
        ),
        migrations.AddField(
            model_name='layout',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='layouts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='option',
            name='agenda_item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='options', to='events.agendaitem'),
        ),
        migrations.AddField(
            model_name='option',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='options', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='option',
            name='consent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='people.consent'),
        ),
        migrations.AddField(
            model_name='option',
            name='participant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='options', to='responses.participant'),
        ),
        migrations.AddField(
            model_name='choice',
            name='option',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='responses.option'),
        ),
        migrations.AddField(
            model_name='picture',
            name='consent',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='people.consent'),
        ),
        migrations.AddField(
            model_name='picture',
            name='participant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pictures', to='responses.participant'),
        ),
        migrations.AddField(
            model_name='picture',
            name='quotation',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='picture', to='events.quotation'),
        ),
        migrations.AddField(
            model_name='stand',
            name='card',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands', to='responses.card'),
        ),
        migrations.AddField(
            model_name='stand',
            name='participant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stands', to='responses.participant'),
        ),
        migrations.AddField(
            model_name='stand',
            name='zone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands', to='responses.zone'),
        ),
        migrations.AddField(
            model_name='zonecount',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='zone_counts', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='zonecount',
            name='card',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='zone_counts', to='responses.card'),
        ),
        migrations.AddField(
            model_name='zonecount',
            name='zone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='responses.zone'),
        ),
        migrations.AddField(
            model_name='zone',
            name='cards',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='zones', to='responses.cards'),
        ),
        migrations.AddField(
            model_name='card',
            name='cards',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cards', to='responses.cards'),
        ),
        migrations.AddField(
            model_name='picture',
            name='drawing',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='responses.drawing'),
        ),
        migrations.AddField(
            model_name='option',
            name='poll',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='responses.poll'),
        ),
        migrations.AlterField(
            model_name='note',
            name='board',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='responses.board'),
        ),
        migrations.AlterField(
            model_name='station',
            name='board',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stations', to='responses.board'),
        ),
        migrations.AlterField(
            model_name='transcript',
            name='board',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transcripts', to='responses.board'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('moderation__in', ['shown', 'waiting', 'hidden'])), name='moderation_is_known'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('signed', ''), _connector='OR'), name='an_ended_note_is_unsigned'),
        ),
        migrations.AddConstraint(
            model_name='keptapart',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='one_decision_per_pair'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.UniqueConstraint(fields=('option', 'participant'), name='one_choice_per_option'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.UniqueConstraint(fields=('participant', 'rank'), name='one_option_per_rank'),
        ),
        migrations.AddConstraint(
            model_name='stand',
            constraint=models.UniqueConstraint(fields=('card', 'pair', 'round'), name='one_stand_per_round'),
        ),
        migrations.AddConstraint(
            model_name='stand',
            constraint=models.CheckConstraint(condition=models.Q(('round__in', ['before', 'after'])), name='round_is_known'),
        ),
        migrations.AddConstraint(
            model_name='zonecount',
            constraint=models.UniqueConstraint(fields=('card', 'zone', 'round'), name='one_count_per_zone_and_round'),
        ),
        migrations.AddConstraint(
            model_name='zone',
            constraint=models.UniqueConstraint(fields=('cards', 'position'), name='one_zone_per_position'),
        ),
        migrations.AddConstraint(
            model_name='card',
            constraint=models.UniqueConstraint(fields=('cards', 'position'), name='one_card_per_position'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.UniqueConstraint(fields=('drawing', 'key'), name='one_picture_per_key'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.UniqueConstraint(fields=('drawing', 'number'), name='one_picture_per_number'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('alt', ''), ('expression', ''), ('files', ''), ('group', ''), ('quotation', None), ('withdrawn_at__isnull', False)), models.Q(('withdrawn_at', None), models.Q(('files', ''), _negated=True)), _connector='OR'), name='a_withdrawn_picture_is_empty'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('poll', 'key'), name='one_option_per_key'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('poll', 'number'), name='one_option_per_number'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), ('withdrawn_at__isnull', False)), models.Q(('withdrawn_at', None), models.Q(('text', ''), _negated=True)), _connector='OR'), name='a_standing_option_has_words'),
        ),
        migrations.RunSQL(HERE_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSED_BEFORE, migrations.RunSQL.noop),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
    ]

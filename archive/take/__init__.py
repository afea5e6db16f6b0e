"""What is taken away: rows of notes in many forms, packages of the whole archive, and its releases.

- `snapshot` lets a file be of one moment, and names the moment.
- `rows` are the notes that a question finds, as every form writes them; `row_sql` is their statement.
- `forms` are the forms, each a name with a function that writes bytes.
- `tables`, `package` and `bag` make the whole archive one file.
- `jobs`, `made` and `in_sight` are files that a worker makes, where they are kept, and when they go.
- `releases` are dated, numbered snapshots of everything public.
"""

"""The archive for programs: JSON, as anybody may see it.

Whoever asks is answered as nobody in particular, signed in or not: an answer is the same for all, may be
kept by a cache that asks again, and holds words only where consent lets them stand in files.

- `facts` and `kinds` say what each thing is told as. Answers, their schemas and the guide are made of that.
- `parameters` reads what is asked, `lists` tells one page of it, `problems` says what was wrong.
- `openapi` writes all of it as a document for programs.
"""

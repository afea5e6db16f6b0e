"""What stands between a form and readers, without asking any outside service.

Layers, in the order of `screening.screen`: a field only robots fill in, a signed token that
says when the form was made (`tokens`, `forms`), limits for each writer and network (`limits`). These refuse.
Everything else only gives reasons to look closely: rules that can be read (`rules`), the same text seen
before (`doubles`), words learned from decisions here (`learning`), and who nobody knows yet (`trust`).
No spam becomes public because no newcomer's words do before a person has read them.
"""

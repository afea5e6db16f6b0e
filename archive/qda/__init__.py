"""Notes in the exchange format of programs for qualitative analysis: REFI-QDA 1.0.

- `codes` are principles, marks, states of the words and the codes of a study, as a codebook.
- `sources` are the text of each event, where each note stands in it, and its photographs.
- `project` puts both together, written while it is sent.

Every GUID is made from our own ids, so that a project that is taken again merges with the one before.
"""

"""The archive for machines that collect: OAI-PMH, site maps, a feed, and what a robot is asked to leave.

- `settled` says up to when everything that changed is in sight.
- `gone` knows what everybody could see once and nobody can any more.
- `kinds` and `changes` put both in one order, by when they changed last.
- `requests`, `tokens`, `dublin_core` and `oai` speak the protocol.
"""

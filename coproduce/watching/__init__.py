"""What a machine may know of the site: whether it lives, whether it is ready, how much it does, what it logs.

- `health` asks everything that pages stand on, in a second at most.
- `counts` keeps the numbers of one process, and adds up those of all on this machine.
- `metrics` writes them, and what the database knows, in the text format of Prometheus.
- `requests` counts and logs each request by the name of its route; no address, no cookie, no words.
- `views` answers, before sessions and redirects have a say.

Nothing here names a visitor, and nothing tells a stranger more than whether the site works.
"""

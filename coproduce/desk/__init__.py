"""The desk: what needs somebody who has a role here, and one queue of everything to look at."""

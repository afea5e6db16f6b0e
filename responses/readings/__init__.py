"""Reading what is on paper: the desk, what readers agree on, the queue, and what a person rules."""

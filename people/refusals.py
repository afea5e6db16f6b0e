class Refused(Exception):
    """An act that was not done: its text is a sentence a person can read and act on."""

"""Requests and complaints: the public form, the stewards' register, and the search through all."""

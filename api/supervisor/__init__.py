"""What `make demo` needs to hold: PostgreSQL, Rasa, the worker and the server, started, watched and ended together."""

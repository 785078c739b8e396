"""What Hent adds to Rasa: a channel, a tracker store, a French pipeline, and cures that make it fail aloud."""

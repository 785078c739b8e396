"""`hent bench`: the figures that we promise, each beside stock Rasa's in the same run."""

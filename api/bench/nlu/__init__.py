"""`hent bench-nlu`: our understanding beside stock Rasa's and a plain linear model's, on the same sentences."""

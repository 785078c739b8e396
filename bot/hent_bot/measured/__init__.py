"""What `hent bench-nlu` runs in Rasa's environment to compare classifiers; nothing in service imports it.

A folder of its own: the modules beside it decide whether a model must be trained again, these do not.
"""

"""Rasa without TensorFlow, as Hent starts it: otherwise each run of these tests would wait 15 s for it."""

from hent_bot import lean

lean.install()

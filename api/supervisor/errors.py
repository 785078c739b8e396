"""What can stop a start, each with the French sentence that the person at the terminal reads.

SupervisorError
├── PortUnavailable      the public port cannot be had
├── AlreadyRunning       another demo holds the same folder
├── DatabaseUnavailable  the embedded PostgreSQL cannot be prepared or does not answer
├── TrainingFailed       Rasa could not learn (`api.supervisor.training`)
└── ChildFailed          a program ended, or was not ready in time; the sentence names its log
"""


class SupervisorError(Exception):
    """Its text is one or two plain French sentences, shown as they are."""


class PortUnavailable(SupervisorError):
    """The public port is taken, forbidden or not a port."""


class AlreadyRunning(SupervisorError):
    """The folder is held by another demo."""


class DatabaseUnavailable(SupervisorError):
    """The embedded PostgreSQL cannot be prepared, or does not answer."""


class ChildFailed(SupervisorError):
    """A child ended when it should have run, failed, or was not ready in time."""

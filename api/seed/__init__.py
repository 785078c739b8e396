"""The demonstration's invented people, appointments and training (`data/seed/`)."""

from api.seed.planting import seed

__all__ = ["seed"]

"""Days and hours as people write them, in French: "demain aprem", "d'ici fin décembre", "lundi en huit", "le 12"."""

from api.core.dates.reading import Limit, Reading, read

__all__ = ["Limit", "Reading", "read"]

"""Placeholder for a few minutes: helper-4 overwrites this file."""
from enum import StrEnum
class Urgency(StrEnum):
    distress = "distress"
    violence = "violence"
    shelter = "shelter"
    food = "food"
def recognise(text: str) -> Urgency | None:
    if "mourir" in text: return Urgency.distress
    if "frappe" in text: return Urgency.violence
    return None

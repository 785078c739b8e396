"""From an outlook to names and facts. Each saying carries only the facts of its own kind: a sentence that an
authority rewrites cannot then tell a place where only a time may be heard."""

from datetime import datetime
from typing import Any

from api.appointments.outlook import CANCELLED, Outlook, Visit, is_today
from api.appointments.tables import LocationType
from api.texts.schemas import Saying


def verdict(outlook: Outlook, now: datetime) -> list[Saying]:
    """What the person must know first; then the cancelled one that they may still be waiting for."""
    found = [Saying(outlook.verdict, _when(outlook.visit, now) if outlook.visit else {})]
    if outlook.cancelled:
        found.append(Saying(CANCELLED[outlook.cancelled.status], _when(outlook.cancelled, now)))
    return found


def where(visit: Visit) -> list[Saying]:
    """The place or the way to meet, then how to get there."""
    match visit.location_type:
        case LocationType.public_office if visit.address and visit.address.strip():
            place = {"place_name": visit.place_name, "address": visit.address, "phone": visit.phone}
            way = {"directions": visit.directions, "phone": visit.phone}
            directions = [Saying("appointment_directions", way)] if visit.directions else []
            return [Saying("appointment_at_office", place), *directions]
        case LocationType.public_office:
            return [Saying("appointment_place_unknown", {"phone": visit.phone})]
        case LocationType.phone:
            return [Saying("appointment_by_phone", {"call_from": visit.call_from, "phone": visit.phone})]
        case LocationType.home:
            return [Saying("appointment_at_home", {"phone": visit.phone})]
        case LocationType.visio:
            return [Saying("appointment_by_video", {"phone": visit.phone})]


def who(visit: Visit) -> list[Saying]:
    """The professional, when the appointment names one."""
    return [Saying("appointment_with", {"with_whom": visit.with_whom})] if visit.with_whom else []


def bring(visit: Visit) -> list[Saying]:
    """The papers, or that none is asked for."""
    if visit.documents:
        return [Saying("appointment_bring", {"documents": list(visit.documents), "phone": visit.phone})]
    return [Saying("appointment_bring_nothing", {"phone": visit.phone})]


def later(outlook: Outlook) -> list[Saying]:
    """Those that come after."""
    others = [_instant(visit) | {"title": visit.title} for visit in outlook.later]
    return [Saying("appointment_later", {"later": others})] if others else []


def contact(visit: Visit) -> list[Saying]:
    """Whom to call."""
    return [Saying("appointment_contact", {"phone": visit.phone})]


def _when(visit: Visit, now: datetime) -> dict[str, Any]:
    facts = {"is_today": is_today(visit, now), "title": visit.title, "phone": visit.phone}
    return _instant(visit) | facts


def _instant(visit: Visit) -> dict[str, Any]:
    return {"id": str(visit.id), "starts_at": visit.starts_at, "ends_at": visit.ends_at}

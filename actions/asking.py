"""From somebody who speaks to a request for a human."""

from datetime import datetime

from actions.speaker import Speaker
from api.beneficiaries.tables import Beneficiary
from api.escalations.service import Asked
from api.escalations.tables import Reason


def asked_by(
    speaker: Speaker,
    reason: Reason,
    *,
    line: str | None = None,
    phone: str | None = None,
    window: tuple[datetime, datetime] | None = None,
) -> Asked:
    """A request of whoever speaks, in their own words unless `line` says it better.

    The person is named to their caseworkers even where the conversation may hear nothing of their file.
    """
    person: Beneficiary | None = speaker.person
    return Asked(
        reason=reason,
        line=line or speaker.text,
        authority_code=speaker.authority_code,
        channel=speaker.audience.channel,
        conversation_id=speaker.conversation_id,
        person=person,
        phone=phone or speaker.phone,
        window=window,
    )

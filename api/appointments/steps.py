"""Which kind of hour a step of the pathway calls for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.slots import TITLES
from api.core.clock import paris
from api.pathways.journal import facts_of
from api.pathways.state import Stage, State, derive

CALLED_FOR = {
    Stage.waiting: ("rsa_orientation",),
    Stage.moved: ("rsa_orientation",),
    Stage.oriented: ("rsa_cer_signature", "rsa_accompagnement"),
    Stage.to_sign: ("rsa_cer_signature", "rsa_accompagnement"),
    Stage.contract: ("rsa_follow_up", "rsa_accompagnement"),
    Stage.ended: ("rsa_cer_signature", "rsa_accompagnement"),
}
RENEWED_WITHIN_DAYS = 60
"""Before a contract ends, the next one is what there is to talk about."""


async def categories_of(session: AsyncSession, beneficiary_id: UUID, now: datetime) -> tuple[str, ...]:
    """Motif categories of the hours to offer to this person at `now`; all of them when their step is not known."""
    return called_for(derive(await facts_of(session, beneficiary_id)), now)


def called_for(state: State, now: datetime) -> tuple[str, ...]:
    """Motif categories for somebody who stands there."""
    ending = state.stage is Stage.contract and state.ends_on
    if ending and (ending - paris(now).date()).days <= RENEWED_WITHIN_DAYS:
        return CALLED_FOR[Stage.ended]
    return CALLED_FOR.get(state.stage, tuple(TITLES))

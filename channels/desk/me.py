"""One's own account: who I am, my second factor, my password."""

from io import BytesIO

import segno
from fastapi import APIRouter, Depends, Response, status

from api.authorities.service import names_of
from api.caseworkers import mine, second_factor
from api.caseworkers.own import own
from api.caseworkers.tables import Role
from api.core.clock import now
from api.desk import unreached
from channels.desk import account_schemas as schemas
from channels.desk.dependencies import CountingSession, TheAccount, TheEntering, TheToken, counted, from_desk
from channels.web.dependencies import TheSealer, TheSession

router = APIRouter(prefix="/desk/me", tags=["desk"], dependencies=[Depends(from_desk)])

NOTHING = status.HTTP_204_NO_CONTENT
UNREACHED = "unreached"
PAGES = {
    Role.caseworker: ["requests", "people", UNREACHED],
    Role.supervisor: ["requests", "people", UNREACHED, "team"],
    Role.administrator: ["accounts", "notices"],
    Role.auditor: ["journal"],
}
"""What each role's navigation leads to; the server refuses the rest whatever a page shows."""


@router.get("")
async def me(session: TheSession, who: TheEntering) -> schemas.Me:
    """Who is signed in, for whom; no page before the second factor that is due."""
    organisation, authority = await names_of(session, who.organisation_id)
    return schemas.Me(
        id=who.id,
        name=who.name,
        first_name=who.first_name,
        role=who.role,
        organisation=organisation,
        authority=authority,
        second_factor=who.second_factor,
        pages=[] if who.due else await _pages(session, who),
    )


async def _pages(session: TheSession, who: TheEntering) -> list[str]:
    listed = await unreached.is_for(session, who)
    return [page for page in PAGES[who.role] if page != UNREACHED or listed]


@router.get("/account")
async def account(session: TheSession, who: TheAccount) -> schemas.Mine:
    """How people and colleagues reach me: read here, changed by a supervisor."""
    return schemas.Mine.model_validate(await own(session, who))


@router.post("/second-factor", dependencies=[counted])
async def enrol(
    asked: schemas.Password, session: CountingSession, sealer: TheSealer, who: TheEntering
) -> schemas.Enrolment:
    """Begin, or begin again: the secret is shown here only."""
    secret, uri = await mine.enrol(session, sealer, who, asked.password.get_secret_value(), now())
    return schemas.Enrolment(secret=secret, uri=uri, svg="/desk/me/second-factor.svg")


@router.get("/second-factor.svg", response_class=Response)
async def qr_code(session: TheSession, sealer: TheSealer, who: TheEntering) -> Response:
    """What a telephone's camera reads. A picture of its own, for the page may hold no inline style."""
    drawn = BytesIO()
    # Dark on light whatever the page's colours: most applications read nothing else.
    segno.make(await second_factor.pending(session, sealer, who.id)).save(drawn, kind="svg", scale=5, light="#fff")
    return Response(drawn.getvalue(), media_type="image/svg+xml")


@router.post("/second-factor/confirm", status_code=NOTHING)
async def confirm(
    code: schemas.Code, session: TheSession, sealer: TheSealer, who: TheEntering, token: TheToken
) -> None:
    """From now on a code is asked for."""
    await mine.confirm(session, sealer, who, token, code.code.get_secret_value(), now())


@router.post("/password", status_code=NOTHING, dependencies=[counted])
async def change_password(
    asked: schemas.NewPassword, session: CountingSession, sealer: TheSealer, who: TheAccount, token: TheToken
) -> None:
    """A new one; every other desk that I am signed in at is signed out."""
    old, new = asked.old.get_secret_value(), asked.new.get_secret_value()
    await mine.change_password(session, sealer, who, token, old, new, now())

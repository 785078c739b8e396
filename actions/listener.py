"""The door that Rasa knocks at: one route, on a listener of its own, with a shared secret."""

import hmac
import logging
from typing import Annotated, Any

from fastapi import FastAPI, Header, Request
from fastapi.responses import JSONResponse
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

from actions.acting import HentAction
from actions.appointments import (
    CHANGES,
    QUESTIONS,
    AboutAppointments,
    BookAppointment,
    ChangeAppointment,
    InvitationLink,
    MissedAppointment,
)
from actions.courses import ApplyTraining, TrainingDetail
from actions.letters import AboutLetter
from actions.passing_on import Complain
from actions.pathway import AboutCaseworker, AboutContract, PathwayStatus, ReportChange
from actions.people import ReportHindrance, RequestCallback, RequestHuman
from actions.privacy import EraseData
from actions.searching import MoreResults, RefineSearch
from actions.support import SearchJob, SearchSupport
from actions.training import SearchTraining
from api.core.database import Database

log = logging.getLogger("hent.actions")


def create_listener(database: Database, token: str) -> FastAPI:
    """The application that runs actions for whoever bears `token`."""
    executor = ActionExecutor()
    for action in all_actions(database):
        executor.register_action(action)
    app = FastAPI(title="Hent actions", docs_url=None, redoc_url=None, openapi_url=None)
    expected = f"Bearer {token}".encode()

    @app.post("/actions")
    async def act(request: Request, authorization: Annotated[str, Header()] = "") -> JSONResponse:
        """Run one action: rasa-sdk's webhook JSON in, `{events, responses}` out."""
        if not hmac.compare_digest(authorization.encode(), expected):
            return JSONResponse({"error": "not_allowed"}, 401)
        return await _run(executor, request)

    @app.get("/health")
    async def health() -> dict[str, str]:
        """Whether the listener answers; the database has its own check."""
        return {"status": "ok"}

    return app


def all_actions(database: Database) -> list[HentAction]:
    """Every action that the domain files name."""
    about = [AboutAppointments(database, called) for called in QUESTIONS]
    changing = [ChangeAppointment(database, called) for called in CHANGES]
    return [
        *about,
        *changing,
        BookAppointment(database),
        PathwayStatus(database),
        AboutCaseworker(database),
        AboutContract(database),
        ReportChange(database),
        MissedAppointment(database),
        InvitationLink(database),
        RequestHuman(database),
        RequestCallback(database),
        ReportHindrance(database),
        Complain(database),
        AboutLetter(database),
        EraseData(database),
        SearchTraining(database),
        TrainingDetail(database),
        ApplyTraining(database),
        SearchSupport(database),
        SearchJob(database),
        RefineSearch(database),
        MoreResults(database),
    ]


async def _run(executor: ActionExecutor, request: Request) -> JSONResponse:
    try:
        payload: dict[str, Any] = await request.json()
        # Without it rasa-sdk 3.9 and later answers 449, and Rasa 3.6 does not ask again.
        payload.setdefault("domain", {})
        result = await executor.run(payload)
        if result is None:
            raise ActionNotFoundException("")
        return JSONResponse(result.model_dump())
    except ActionNotFoundException as unknown:
        return JSONResponse({"error": "unknown_action", "action_name": unknown.action_name}, 404)
    except ActionExecutionRejection as rejection:
        return JSONResponse({"error": "rejected", "action_name": rejection.action_name}, 400)
    except Exception as failure:
        # The payload is a whole conversation, and an exception may quote it: only its kind is told.
        log.error("action failed: %s", type(failure).__name__)
        return JSONResponse({"error": "action_failed"}, 500)

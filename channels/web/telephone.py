"""The simulated telephone as a page that the demonstration's own site may frame, and nobody else."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

from api.authorities.sites import near
from channels.web.dependencies import TheSettings
from channels.web.guard import shown_by

PAGE = Path(__file__).parent / "static" / "telephone.html"

router = APIRouter(prefix="/demo", include_in_schema=False)


@router.get("/telephone")
async def telephone(settings: TheSettings) -> FileResponse:
    """The site cannot read what its frame shows: codes are shown there."""
    return FileResponse(PAGE, headers={"Content-Security-Policy": shown_by(near(settings.site_url))})

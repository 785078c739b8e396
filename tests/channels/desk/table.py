"""The routes of an application, from the application."""

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """(method, template) of each; files under /static/ are mounted, and are no routes."""
    # Included routers are not in `app.routes` one by one.
    found = [one for one in iter_route_contexts(app.routes) if isinstance(one.original_route, APIRoute)]
    return [(method, str(one.path)) for one in found for method in sorted(one.methods or ())]

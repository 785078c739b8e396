"""How a server of ours is run, the site or the desk: on its address, until it is told to end, and quietly then."""

import socket
import sys
from contextlib import suppress

import uvicorn
from fastapi import FastAPI

LAST_WORDS_SECONDS = 2
"""What is open when a server ends has so long to be answered."""


class Server(uvicorn.Server):
    """Serves an application. Streams, which stay open for ever, end first: none is cut off as if it had failed."""

    def __init__(self, app: FastAPI, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let whatever is open end, and wait for it a little."""
        self._app.state.bus.end()
        await super().shutdown(sockets)


def create_server(app: FastAPI, host: str, port: int) -> Server:
    """The application at its address, not started yet."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LAST_WORDS_SECONDS,
        # Longer than the proxies in front keep theirs (60 s), so that it is never we who cut a line that is being used.
        timeout_keep_alive=75,
    )
    return Server(app, config)


def run(server: Server) -> None:
    """Serve until a signal. Leaves the process when the address cannot be had."""
    # Ctrl-C, once everything has ended.
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(1)

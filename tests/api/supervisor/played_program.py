"""One program of the played house (`played_house`): run as `hent <word>` and as Rasa would be. Standard library only,
for a demo starts eight of them.
"""

import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PERSON = {"name": "Maëlle Inventée", "phone": "+33639980001", "birth_date": "1990-05-14", "note": "tout"}
_PAGES = {"/health/live": {}, "/health/ready": {}, "/demo/people": [PERSON], "/webhooks/hent/ready": {"model": "m"}}

_PORTS = {"serve": "HENT_PORT", "desk": "HENT_DESK_PORT", "site": "HENT_SITE_PORT"}


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        rasa = self.path.startswith("/webhooks/")
        allowed = not rasa or self.headers["Authorization"] == f"Bearer {os.environ['HENT_RASA_TOKEN']}"
        self.send_response(200 if allowed else 401)
        self.end_headers()
        self.wfile.write(json.dumps(_PAGES[self.path]).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the terminal."""


def play(words: list[str]) -> None:
    """What a program of the house does here: sign the book with its name, pid and environment, then serve or end."""
    name = "rasa" if "hent_bot" in words else words[0]
    own = {key: value for key, value in os.environ.items() if key.startswith(("HENT_", "DATABASE_", "RASA_"))}
    with open(os.environ["PLAYED_BOOK"], "a") as book:
        book.write(json.dumps({"name": name, "pid": os.getpid(), "argv": words, "env": own}) + "\n")
    if name in os.environ.get("PLAYED_FAILURE", "none"):
        sys.exit("refused")
    if name == "worker":
        time.sleep(120)
    if name in ("serve", "desk", "site", "rasa"):
        port = words[words.index("-p") + 1] if name == "rasa" else own[_PORTS[name]]
        ThreadingHTTPServer(("127.0.0.1", int(port)), _Answers).serve_forever()


if __name__ == "__main__":
    play(sys.argv[1:])

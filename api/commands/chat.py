"""`hent chat`: the web chat's own contract, in the terminal."""

import threading
from typing import Annotated, Any
from uuid import uuid4

import httpx
import typer
from prompt_toolkit import PromptSession
from prompt_toolkit.patch_stdout import patch_stdout

WHO = {"assistant": "Hent", "caseworker": "Conseiller", "system": "Information"}
WAIT = 25


class Chat:
    """One conversation: what was offered last, and the last seq that was shown."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=WAIT + 10)
        begun = self.http.post("/chat/conversations").raise_for_status().json()
        self.http.headers["Authorization"] = f"Bearer {begun['token']}"
        self.seen = 0
        self.offered: list[dict[str, str]] = []

    def send(self, typed: str) -> str | None:
        """Send a line, or the choice of that number; the refusal in French if there is one."""
        chosen = int(typed) - 1 if typed.isdecimal() and 0 < int(typed) <= len(self.offered) else None
        body: dict[str, Any] = {"id": str(uuid4()), "text": typed}
        if chosen is not None:
            body["choice"] = self.offered[chosen]["value"]
        answer = self.http.post("/chat/messages", json=body)
        return None if answer.is_success else str(answer.json().get("message", answer.status_code))

    def listen(self) -> list[str]:
        """What came since the last look, waiting for it; lines to print."""
        shown = self.http.get("/chat/messages", params={"after": self.seen, "wait": WAIT}).raise_for_status().json()
        lines = []
        for message in shown["messages"]:
            self.seen = message["seq"]
            if message["author"] in WHO:
                self.offered = message["choices"]
                lines.append(f"{WHO[message['author']]} : {message['text']}")
                lines += [f"  {number}. {choice['title']}" for number, choice in enumerate(self.offered, 1)]
        return lines


def chat(url: Annotated[str, typer.Option(help="Adresse du serveur")] = "http://127.0.0.1:8000") -> None:
    """Parler à Hent dans le terminal. Un numéro choisit un bouton ; Ctrl-D pour finir."""
    try:
        talk = Chat(url)
    except httpx.HTTPError as error:
        typer.secho(f"Aucun serveur ne répond à {url}. Lancez d'abord : make demo", err=True)
        raise typer.Exit(1) from error
    threading.Thread(target=_print_answers, args=(talk,), daemon=True).start()
    session: PromptSession[str] = PromptSession("Vous : ")
    with patch_stdout():
        while True:
            try:
                typed = session.prompt()
            except (EOFError, KeyboardInterrupt):
                return
            refusal = talk.send(typed) if typed.strip() else None
            if refusal:
                typer.echo(refusal)


def _print_answers(talk: Chat) -> None:
    while True:
        try:
            lines = talk.listen()
        except httpx.HTTPError:
            lines = ["(le serveur ne répond plus)"]
            threading.Event().wait(2)
        for line in lines:
            typer.echo(line)

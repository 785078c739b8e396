"""`hent chat`: the terminal speaks the web contract, buttons by their number."""

import pytest

from api.commands.chat import Chat
from tests.stack import Stack, until

pytestmark = pytest.mark.stack


def heard(talk: Chat, words: str) -> list[str]:
    lines: list[str] = []

    def came() -> bool:
        lines.extend(talk.listen())
        return any(words in line for line in lines)

    until(came, 60)
    return lines


def test_a_line_is_answered_and_a_number_chooses_a_button(stack: Stack) -> None:
    talk = Chat(stack.url)
    assert talk.send("bonjour") is None
    lines = heard(talk, "Bonjour")
    assert "  2. Chercher une formation" in lines
    assert talk.send("2") is None
    heard(talk, "Quel métier")
    talk.http.close()


def test_a_refusal_is_read_in_french(stack: Stack) -> None:
    talk = Chat(stack.url)
    assert "trop long" in str(talk.send("a" * 5000))
    talk.http.close()

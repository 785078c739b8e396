from uuid import uuid4

import pytest

from api.bench.chain import Hopeless
from api.bench.pages import Answer, Page, _figures

MEMORY = (160.0, 140.0)


def page(*lines: bytes) -> Page:
    opened = Page("token", uuid4())
    for at, line in enumerate(lines):
        opened.take(line, float(at))
    return opened


def message(seq: int) -> bytes:
    return b'data: {"seq": %d, "author": "assistant", "text": "Bonjour."}\n' % seq


def test_a_page_is_open_once_it_is_told_who_answers() -> None:
    assert not page(b"HTTP/1.1 200 OK\r\n", b": still here\n").opened
    assert page(b"event: mode\n", b'data: {"mode": "assistant"}\n').opened


def test_a_message_is_timed_when_it_first_comes_and_again_is_counted() -> None:
    opened = page(b"event: mode\n", b'data: {"mode": "assistant"}\n', message(1), message(2), message(1))
    assert (opened.came, opened.twice) == ({1: 2.0, 2: 3.0}, 1)


def test_figures_are_of_the_stream_beside_a_plain_read() -> None:
    figures = {figure.name: figure for figure in _figures([page(message(1))], [Answer(-0.020, 0.004)], 0.04, MEMORY)}
    assert figures["page_event_p95"].value == pytest.approx(20)
    assert figures["page_event_p95"].reference == pytest.approx(4)
    assert (figures["serve_memory_mb"].value, figures["serve_memory_mb"].reference) == MEMORY
    assert figures["pages_idle_cpu"].value == pytest.approx(4)


def test_an_answer_that_comes_twice_makes_the_measure_hopeless() -> None:
    with pytest.raises(Hopeless, match="deux fois"):
        _figures([page(message(1), message(1))], [Answer(0, 0)], 0, MEMORY)

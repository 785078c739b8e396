import errno
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.supervisor.errors import PortUnavailable
from api.supervisor.ports import beside, free_ports, require_free


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_taken_port_is_refused_in_a_sentence_that_names_a_free_one(address: str) -> None:
    port = free_ports(1)[0]
    with socket.create_server((address, port)), pytest.raises(PortUnavailable) as refused:
        require_free(port)
    sentence, _, suggested = str(refused.value).rpartition("PORT=")
    assert sentence == f"Le port {port} est déjà pris. Essayez : make demo "
    require_free(int(suggested))


def test_a_free_port_is_accepted_and_left_free() -> None:
    port = free_ports(1)[0]
    require_free(port)
    with socket.create_server(("127.0.0.1", port)) as server:
        assert server.getsockname()[1] == port


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(PortUnavailable, match="n'existe pas"):
        require_free(port)


def test_an_administrators_port_is_refused_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    # As root any port may be had: the refusal of the system is played.
    monkeypatch.setattr("api.supervisor.ports._refusal", lambda port: errno.EACCES)
    with pytest.raises(PortUnavailable, match="administrateur"):
        require_free(80)


def test_the_desk_is_next_door_unless_somebody_is_there() -> None:
    port = free_ports(1)[0]
    assert beside(port) == port + 1
    with socket.create_server(("127.0.0.1", port + 1)):
        other = beside(port)
        assert other != port + 1
        require_free(other)
    assert beside(65_535) <= 65_535


@given(st.integers(1, 20))
def test_internal_ports_differ_and_are_never_given_to_outgoing_connections(count: int) -> None:
    ports = free_ports(count)
    assert len(set(ports)) == count
    assert all(1024 < port < 32_768 for port in ports)

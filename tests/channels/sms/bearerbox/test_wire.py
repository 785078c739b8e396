"""Packets as bearerbox reads and writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.sms.bearerbox.wire import NONE, Answer, Garbled, Kind, SmsType, Value, pack, unpack

SEEN = (
    bytes.fromhex(
        "000000c6000000020000000533383038300000000c2b3333363339393830303031000000000000000600ead83dde006b07519affffffff"
        "ffffffffffffffff0000000175ffffffff0000002461623262376237312d323763662d343431612d396137302d34656335656133346562"
        "393600000002ffffffffffffffff00000002ffffffffffffffffffffffff0000001f0000000a687474703a2f2f782f79"
    )
    + b"\xff" * 44
)
"""A whole packet that Kannel 1.4.5's smsbox sent for "ê😀"."""
NUMBERS = st.none() | st.integers(0, NONE - 1)
TEXTS = st.none() | st.binary(max_size=300)


def test_what_kannels_own_box_sends_is_read() -> None:
    kind, fields = unpack(SEEN[4:])
    assert int.from_bytes(SEEN[:4]) == len(SEEN) - 4
    assert (kind, fields["sender"], fields["receiver"]) == (Kind.sms, b"38080", b"+33639980001")
    assert (fields["coding"], fields["dlr_mask"], fields["dlr_url"]) == (2, 31, b"http://x/y")
    assert fields["msgdata"] == "ê😀".encode("utf-16-be")
    assert (fields["id"], fields["sms_type"]) == (b"ab2b7b71-27cf-441a-9a70-4ec5ea34eb96", SmsType.goes_out)
    assert pack(kind, fields) == SEEN


@given(sender=TEXTS, msgdata=TEXTS, time=NUMBERS, coding=NUMBERS, dlr_url=TEXTS, meta_data=TEXTS)
def test_what_is_packed_is_unpacked(**fields: Value) -> None:
    packet = pack(Kind.sms, fields)
    kind, read = unpack(packet[4:])
    assert kind is Kind.sms
    assert {name: value for name, value in read.items() if value is not None} == {
        name: value for name, value in fields.items() if value is not None
    }


def test_fields_of_a_later_kannel_are_left_unread() -> None:
    packet = pack(Kind.ack, {"nack": Answer.kept, "time": 7, "id": b"one"})
    assert unpack(packet[4:] + b"\0\0\0\x09")[1] == {"nack": 3, "time": 7, "id": b"one"}


@given(st.binary(max_size=200))
def test_rubbish_is_read_or_refused_and_nothing_else(body: bytes) -> None:
    try:
        kind, fields = unpack(body)
    except Garbled:
        return
    assert pack(kind, fields)[4:] == body[: len(pack(kind, fields)) - 4]


@pytest.mark.parametrize("cut", [3, 8, 11, 60, len(SEEN) - 6])
def test_a_packet_that_is_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(Garbled):
        unpack(SEEN[4:cut])

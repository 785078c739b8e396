"""What bearerbox and its boxes say to each other: a length, a kind, then fields in a fixed order.

Source: `gw/msg-decl.h` of Kannel 1.4.5, and what its smsbox was seen to send. Four octets for a number, all ones for
none; a text is its length and its octets. A later Kannel adds fields at the end: what follows ours is left unread.
"""

import struct
from collections.abc import Mapping
from enum import IntEnum

Value = int | bytes | None
NONE = 0xFFFFFFFF
LONGEST = 65_536
"""Octets of a packet; the longest text that Kannel puts together is some ten thousand."""
_NUMBER = struct.Struct(">I")


class Kind(IntEnum):
    """The first number of a packet."""

    heartbeat = 0
    admin = 1
    sms = 2
    ack = 3


class SmsType(IntEnum):
    """Field `sms_type`."""

    came_in = 0
    goes_out = 2
    receipt = 3


class Answer(IntEnum):
    """Field `nack` of an acknowledgement."""

    taken = 0
    refused = 1
    not_now = 2
    kept = 3
    """Taken; the operator is not there."""


IDENTIFY = 3
"""Field `command`: which box this is. Without a name it hears, or shares at random, what no route gives to another."""
_FIELDS: dict[Kind, tuple[tuple[str, type], ...]] = {
    Kind.heartbeat: (("load", int),),
    Kind.admin: (("command", int), ("boxc_id", bytes)),
    Kind.ack: (("nack", int), ("time", int), ("id", bytes)),
    Kind.sms: (
        *((name, bytes) for name in ("sender", "receiver", "udhdata", "msgdata")),
        ("time", int),
        *((name, bytes) for name in ("smsc_id", "smsc_number", "foreign_id", "service", "account", "id")),
        *((name, int) for name in ("sms_type", "mclass", "mwi", "coding", "compress", "validity", "deferred")),
        ("dlr_mask", int),
        ("dlr_url", bytes),
        *((name, int) for name in ("pid", "alt_dcs", "rpi")),
        *((name, bytes) for name in ("charset", "boxc_id", "binfo")),
        *((name, int) for name in ("msg_left", "priority", "resend_try", "resend_time")),
        ("meta_data", bytes),
    ),
}


class Garbled(Exception):
    """What came is no packet of Kannel's."""


def pack(kind: Kind, fields: Mapping[str, Value]) -> bytes:
    """A packet with its length; a field that is not given is none."""
    body = _NUMBER.pack(kind) + b"".join(_packed(fields.get(name)) for name, _ in _FIELDS[kind])
    return _NUMBER.pack(len(body)) + body


def unpack(body: bytes) -> tuple[Kind, dict[str, Value]]:
    """A packet without its length: its kind and all its fields. Raises Garbled."""
    try:
        kind = Kind(_NUMBER.unpack_from(body)[0])
        place, found = _NUMBER.size, dict[str, Value]()
        for name, made_of in _FIELDS[kind]:
            found[name], place = _unpacked(body, place, made_of)
    except (struct.error, ValueError) as error:
        raise Garbled from error
    return kind, found


def _packed(value: Value) -> bytes:
    if value is None:
        return _NUMBER.pack(NONE)
    return _NUMBER.pack(value) if isinstance(value, int) else _NUMBER.pack(len(value)) + value


def _unpacked(body: bytes, place: int, made_of: type) -> tuple[Value, int]:
    [number] = _NUMBER.unpack_from(body, place)
    place += _NUMBER.size
    if number == NONE:
        return None, place
    if made_of is int:
        return number, place
    if place + number > len(body):
        raise Garbled
    return body[place : place + number], place + number

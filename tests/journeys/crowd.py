"""Seven people in the middle of seven conversations, and what each must find once the house has died and come back."""

from dataclasses import dataclass, field
from uuid import UUID

from api.seed.members import named
from tests.journeys.playing import QUESTION, BySms
from tests.journeys.records import Records
from tests.stack import ROOT, Person, until

SEARCH = "je cherche une formation de soudeur autour de Brest"
URGENT = "jen peu plu de vivre jveu mourir"
PLAYED = "".join(file.read_text() for file in (ROOT / "tests/bot/dialogues").glob("*.yml"))
ORDINARY = [
    (str(member.person["phone"]), str(member.person["born"]))
    for member in named()
    if member.person["phone"] and "note" not in member.person and member.person["phone"] not in PLAYED
]
"""People with a telephone of their own, nothing special in their file, and whom no dialogue plays."""


@dataclass
class Crowd:
    """`nth` chooses three people nobody else plays: a number may ask for five codes an hour."""

    records: Records
    nth: int
    written: dict[UUID, list[str]] = field(default_factory=dict)
    """What each wrote, as they will read it again."""

    def gather(self) -> None:
        """Everybody comes to the point where they write what matters."""
        url = self.records.stack.url
        self.chatty, self.desperate, self.new, self.paging = (Person(url) for _ in range(4))
        self.telling, self.proving = Person(url), Person(url)
        self.telling_who, self.proving_who, (phone, _) = ORDINARY[3 * self.nth : 3 * self.nth + 3]
        self.texting = BySms(self.records, phone)
        # Other tests may have had codes sent to the same people.
        self.codes_before = {phone: len(self.telling.codes(phone)) for phone in self._asked_for_codes()}
        self._say(self.paging, SEARCH)
        for person in (self.telling, self.proving):
            self._say(person, QUESTION)
        self._say(self.proving, " ".join(self.proving_who), hidden=True)
        self.records.settle(*self.written)
        self.code = self.proving.next_code(self.proving_who[0], self.codes_before[self.proving_who[0]])

    def write(self) -> None:
        """Eight messages in seven conversations, nobody waiting for an answer."""
        self._say(self.new, SEARCH)
        self._say(self.paging, "montrez m'en d'autres")
        self._say(self.telling, " ".join(self.telling_who), hidden=True)
        self._say(self.proving, self.code, hidden=True)
        self.texting.send(QUESTION)
        self._say(self.chatty, "bonjour à vous")
        self._say(self.chatty, "merci pour votre aide")
        self._say(self.desperate, URGENT)

    def settle(self, within: float = 90.0) -> None:
        """Wait until all of them were answered, and every SMS has gone."""
        self.texting.arrive()
        self.written[self.records.known_number(self.texting.phone)] = [QUESTION]
        self.records.settle(*self.written, within=within)
        queued = "SELECT 1 FROM outgoing_sms WHERE status IN ('queued', 'sending')"
        until(lambda: not self.records.all(queued), within)

    def check(self) -> None:
        """Each message answered once, in order; each effect and each SMS once."""
        for conversation, texts in self.written.items():
            assert_answered_once(self.records, conversation, texts)
        for person in (self.chatty, self.desperate, self.new, self.paging, self.telling, self.proving):
            texts = [message["text"] for message in person.transcript() if message["author"] == "person"]
            assert texts == self.written[person.conversation]
        for person in (self.new, self.paging):
            assert_searched_once(self.records, person.conversation)
        for phone in self._asked_for_codes():
            assert len(self.telling.codes(phone)) == self.codes_before[phone] + 1
        assert [direction for direction, _ in self.texting.inbox()] == ["in", "out"]

    def _asked_for_codes(self) -> list[str]:
        return [phone for phone, _ in (self.telling_who, self.proving_who)]

    def _say(self, person: Person, text: str, *, hidden: bool = False) -> None:
        person.write(text)
        self.written.setdefault(person.conversation, []).append("••••••" if hidden else text)


def assert_answered_once(records: Records, conversation: UUID, texts: list[str]) -> None:
    """Every message has one first turn, every turn one answer; nothing was said that answers nothing."""
    query = """SELECT asked.seq, asked.text, turns.kind, turns.status, answer.seq AS answered
        FROM messages AS asked
        LEFT JOIN turns ON turns.message_id = asked.id
        LEFT JOIN messages AS answer ON answer.turn_id = turns.id AND answer.author = 'assistant'
        WHERE asked.conversation_id = :id AND asked.author = 'person' ORDER BY asked.seq, turns.started_at"""
    rows = records.all(query, id=conversation)
    first = [row for row in rows if row.kind == "first"]
    assert [row.text for row in first] == texts
    assert {row.status for row in rows} <= {"answered", "failed"}
    answers = [row.answered for row in first]
    assert None not in answers
    assert answers == sorted(answers)
    said = "SELECT seq FROM messages WHERE conversation_id = :id AND author = 'assistant' ORDER BY seq"
    assert [row.seq for row in records.all(said, id=conversation)] == sorted(row.answered for row in rows)
    assert_remembered_once(records, conversation)


def assert_remembered_once(records: Records, conversation: UUID) -> None:
    """Rasa remembers each turn that counts once."""
    query = """SELECT events.data::json -> 'metadata' ->> 'turn' AS turn FROM rasa.events
        JOIN conversations ON conversations.id::text = sender_id
        WHERE sender_id = CAST(:id AS text) AND type_name = 'user' AND events.id <= rasa_cursor"""
    turns = [row.turn for row in records.all(query, id=conversation)]
    assert len(turns) == len(set(turns))


def assert_searched_once(records: Records, conversation: UUID) -> None:
    """One search, and each of its pages taken once."""
    query = """SELECT turns.id, action, ordinal, result FROM effects JOIN turns ON turns.id = effects.turn_id
        WHERE conversation_id = :id"""
    effects = records.all(query, id=conversation)
    searches = records.all("SELECT shown FROM training_searches WHERE conversation_id = :id", id=conversation)
    # None at all when Rasa was away and the honest sentence was said.
    assert len(searches) == min(len(effects), 1)
    assert len(effects) == len({(row.id, row.action, row.ordinal) for row in effects})
    offers = [says for row in effects for says in row.result["says"] if says["name"] == "training_item"]
    shown = [offer for search in searches for offer in search.shown]
    assert len(offers) == len(shown) == len(set(shown))

"""What an editor reads first: the texts that are hardest to read."""

from api.texts.library import entries
from tests.api.commands.conftest import Run


async def test_every_form_of_every_french_text_is_listed_the_hardest_first(hent: Run) -> None:
    header, *lines = (await hent("texts", "readability")).stdout.splitlines()
    assert header.split("\t")[0] == "aisance"
    rows = [line.split("\t") for line in lines]
    eases = [int(row[0]) for row in rows]
    assert eases == sorted(eases)
    listed = {(row[4], row[5]) for row in rows}
    assert listed == {
        (entry.name, form) for entry in entries().values() if entry.language is None for form in entry.forms()
    }
    assert {"web", "sms", "simple", "web (MSA)"} <= {form for _, form in listed}

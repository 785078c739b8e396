"""Ready-made texts over the desk's contract: written, offered, filled in, changed, removed."""

import httpx

from tests.channels.desk.conftest import Team

MINE = {"scope": "own", "title": "Accueil", "text": "Bonjour {prenom}, je suis {conseiller}."}


async def test_a_text_is_written_filled_in_changed_and_removed(desk: httpx.AsyncClient, path: str, ours: Team) -> None:
    made = await desk.post("/desk/ready-texts", json=MINE)
    assert made.status_code == 201
    mine = made.json()["id"]
    listed = (await desk.get("/desk/ready-texts")).json()
    assert [(one["id"], one["scope"], one["editable"]) for one in listed] == [
        (mine, "own", True),
        (str(ours.text), "team", False),
    ]
    assert listed[0]["text"] == MINE["text"]
    filled = (await desk.get(f"{path}/ready-texts")).json()
    assert filled[0]["text"] == "Bonjour Maëlle, je suis Nolwenn Kerdoncuff."
    changed = MINE | {"text": "Bonjour"}
    assert (await desk.put(f"/desk/ready-texts/{mine}", json=changed)).status_code == 204
    assert (await desk.get("/desk/ready-texts")).json()[0]["text"] == "Bonjour"
    assert (await desk.delete(f"/desk/ready-texts/{mine}")).status_code == 204
    assert [one["id"] for one in (await desk.get("/desk/ready-texts")).json()] == [str(ours.text)]


async def test_what_is_refused_says_why(desk: httpx.AsyncClient) -> None:
    unknown = await desk.post("/desk/ready-texts", json=MINE | {"text": "Votre {caf}"})
    assert (unknown.status_code, unknown.json()["error"]) == (422, "unknown_variable")
    assert "{prenom}" in unknown.json()["message"]
    for_all = await desk.post("/desk/ready-texts", json=MINE | {"scope": "authority"})
    assert (for_all.status_code, for_all.json()["error"]) == (403, "role")

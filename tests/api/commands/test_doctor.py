"""`hent doctor` in a terminal: each fault with its cure, and a status that a timer can read."""

import pytest

from tests.api.commands.conftest import Run


async def test_faults_are_told_with_their_cures_and_a_status(hent: Run) -> None:
    ended = await hent("doctor")
    assert ended.exit_code == 1
    assert "✗ Secrets : Trop courts ou trop simples : HENT_SECRET_KEY" in ended.output
    assert ended.output.count("✗") == ended.output.count("  → ") >= 5


@pytest.mark.parametrize(("name", "value", "told"), [("HENT_SECRET_KEY", None, "manque"), ("HENT_PORT", "huit", "")])
async def test_settings_that_cannot_be_read_are_named_without_their_value(
    hent: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str | None, told: str
) -> None:
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    ended = await hent("doctor")
    assert ended.exit_code == 1
    assert f"✗ Réglages : {name} {told}" in ended.output
    assert "huit" not in ended.output

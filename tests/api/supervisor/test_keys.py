import base64
import stat
from pathlib import Path

from api.supervisor.keys import NAMES, demo_secrets


def test_secrets_are_made_once_and_found_again(tmp_path: Path) -> None:
    first = demo_secrets(tmp_path, {})
    assert demo_secrets(tmp_path, {}) == first


def test_each_secret_is_32_random_bytes_of_its_own(tmp_path: Path) -> None:
    made = demo_secrets(tmp_path, {})
    assert set(made) == set(NAMES)
    assert len(set(made.values())) == len(NAMES)
    assert {len(base64.urlsafe_b64decode(value + "=")) for value in made.values()} == {32}


def test_two_folders_share_no_secret(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, two = (demo_secrets(tmp_path / name, {}) for name in ("one", "two"))
    assert not set(one.values()) & set(two.values())


def test_only_the_owner_reads_the_file_even_after_someone_opened_it(tmp_path: Path) -> None:
    demo_secrets(tmp_path, {})
    path = tmp_path / "secrets.env"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    demo_secrets(tmp_path, {})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_secret_that_a_new_version_needs_is_added_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "secrets.env").write_text("HENT_SECRET_KEY=kept\n")
    made = demo_secrets(tmp_path, {})
    assert made["HENT_SECRET_KEY"] == "kept"
    assert all(made.values())


def test_the_environment_wins_and_is_not_written_down(tmp_path: Path) -> None:
    assert demo_secrets(tmp_path, {"HENT_RASA_TOKEN": "given"})["HENT_RASA_TOKEN"] == "given"
    assert "given" not in (tmp_path / "secrets.env").read_text()

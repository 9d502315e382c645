"""Half-configured means no start, and the refusal names the cure."""

from pathlib import Path

import pytest

from feedback.config import NotConfigured, read_settings

SECRET = "kq3Jx0pVb7Lw9sZt2Yc5Rm8Nd4Hf6Ga1"


def a_configuration(tmp_path: Path, **changes: str) -> dict[str, str]:
    return {"VOICEBOX_SECRET": SECRET, "VOICEBOX_INSTANCE": str(tmp_path), "HOME": "/root", **changes}


def test_a_secret_and_a_folder_are_enough(tmp_path: Path) -> None:
    settings = read_settings(a_configuration(tmp_path))
    assert settings.database_url == f"sqlite:///{tmp_path}/voicebox.db"
    assert settings.keystore == tmp_path / "keystore"


@pytest.mark.parametrize(
    ("changes", "cure"),
    [
        ({"VOICEBOX_SECRET": ""}, "voicebox make-secret"),
        ({"VOICEBOX_SECRET": "short"}, "at least 32"),
        ({"VOICEBOX_SECRET": "a" * 64}, "too weak"),
        ({"VOICEBOX_COLOUR": "red"}, "VOICEBOX_COLOUR is not a setting"),
        ({"VOICEBOX_PORT": "http"}, "VOICEBOX_PORT"),
        ({"VOICEBOX_TIME_ZONE": "Mars/Phobos"}, "Europe/Lisbon"),
        ({"VOICEBOX_PUBLIC_ADDRESS": "school.example"}, "http:// or https://"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_names_the_cure(tmp_path: Path, changes: dict[str, str], cure: str) -> None:
    with pytest.raises(NotConfigured, match=cure):
        read_settings(a_configuration(tmp_path, **changes))


def test_a_keystore_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "keystore").mkdir(mode=0o700)
    (tmp_path / "keystore" / "ledger").touch(mode=0o644)
    with pytest.raises(NotConfigured, match="chmod -R go-rwx"):
        read_settings(a_configuration(tmp_path))


def test_home_languages_are_those_of_ours() -> None:
    given = {"VOICEBOX_SECRET": "abcdefghijklmnopqrstuvwxyz0123456789", "VOICEBOX_HOME_LANGUAGES": "so, ht,zh-Hans"}
    assert read_settings(given).home_languages == ("so", "ht", "zh-Hans")
    with pytest.raises(NotConfigured, match="VOICEBOX_HOME_LANGUAGES has 'xx'"):
        read_settings({**given, "VOICEBOX_HOME_LANGUAGES": "so,xx"})

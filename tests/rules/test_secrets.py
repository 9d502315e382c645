"""detect-secrets over the whole repository, without a baseline: whatever it finds here has its reason here."""

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

from tests.rules.source import ROOT

#: Of one form, so that they are told apart from words: these are looked for everywhere, tests included.
_FORMS = (
    *("PrivateKeyDetector", "AWSKeyDetector", "AzureStorageKeyDetector", "GitHubTokenDetector", "GitLabTokenDetector"),
    *("JwtTokenDetector", "NpmDetector", "PypiTokenDetector", "SlackDetector", "StripeDetector", "TwilioKeyDetector"),
    *("SendGridDetector", "OpenAIDetector", "TelegramBotTokenDetector", "DiscordBotTokenDetector"),
)
#: Guesses by a name or by how mixed the letters are. Not in tests, which are full of made-up passwords and vectors.
_GUESSES = ("KeywordDetector", "BasicAuthDetector", "Base64HighEntropyString", "HexHighEntropyString")
_ALLOWED = {
    ("analysis/text/e5/weights.py", "Hex High Entropy String"): "the public hash of the public weights of a model",
    ("feedback/commands/install.py", "Secret Keyword"): "what is wrong with a password, in words",
    ("feedback/db/__init__.py", "Basic Auth Credentials"): "the pattern with which a password is hidden in a sentence",
    ("feedback/operations/door/links.py", "Secret Keyword"): "the name of a kind of link",
    ("feedback/privacy/second_factor.py", "Base64 High Entropy String"): "the alphabet of recovery codes",
    ("feedback/privacy/slips.py", "Base64 High Entropy String"): "the alphabet of slips",
    ("feedback/static/offline.js", "Base64 High Entropy String"): "the alphabet of receipts",
}
_LIMITS = {"Base64HighEntropyString": 4.5, "HexHighEntropyString": 3.0}


#: Words and measured figures, which no person writes a password into; they would take a minute.
_DATA = (
    ".lock",
    ".json",
    ".po",
    ".xz",
    ".png",
    ".webp",
    ".tsv",
    ".csv",
    ".mp3",
    ".svg",
    ".txt",
    ".npz",
    ".xsd",
    ".css",
)


def _found(root: Path, names: Iterable[str], plugins: tuple[str, ...]) -> set[tuple[str, str]]:
    """Which kind of secret is found in which file."""
    used = [{"name": name, **({"limit": _LIMITS[name]} if name in _LIMITS else {})} for name in plugins]
    secrets = SecretsCollection(root=str(root))
    with transient_settings({"plugins_used": used}):
        for name in names:
            secrets.scan_file(name)
    return {(name, secret.type) for name, secret in secrets}


def _may_have_one(name: str) -> bool:
    """Whether a known form is anywhere in the file: the scanner, line by line and form by form, takes a minute."""
    text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
    kinds: list[Any] = list(get_mapping_from_secret_type_to_class().values())
    plugins = [each for each in kinds if each.__name__ in _FORMS]
    assert len(plugins) == len(_FORMS)
    return any(form.search(text) for plugin in plugins for form in getattr(plugin, "denylist", ()))


def _ours() -> list[str]:
    """What belongs to the repository and was written by hand."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split(
        "\n"
    )
    return [name for name in listed if name and not name.endswith(_DATA) and (ROOT / name).is_file()]


def test_no_secret_is_in_the_repository() -> None:
    names = _ours()
    assert len(names) > 1000
    shipped = [name for name in names if not name.startswith("tests/")]
    found = _found(ROOT, filter(_may_have_one, names), _FORMS) | _found(ROOT, shipped, _GUESSES)
    assert found - set(_ALLOWED) == set()
    assert set(_ALLOWED) - found == set(), "an exception for what is not there any more"


@pytest.mark.parametrize(
    ("line", "has_form"),
    [
        ("-----BEGIN " + "RSA PRIVATE KEY-----", True),
        ("token = 'ghp_" + "a1B2c3D4e5f6G7h8i9" * 2 + "'", True),
        ("password = '" + "hunter2-and-more'", False),
        ("url = 'https://user:" + "geheim99@school.example'", False),
    ],
)
def test_a_secret_is_found(tmp_path: Path, line: str, has_form: bool) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text(f"{line}\n", encoding="utf-8")
    assert _found(tmp_path, ["bad.py"], (*_FORMS, *_GUESSES)) != set()
    assert _may_have_one(str(bad)) is has_form

"""Settings: one frozen object, read once from `VOICEBOX_*` variables and passed in. Half-configured means no start."""

import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_PREFIX = "VOICEBOX_"
#: Long enough that a secret typed by hand is noticed; `voicebox make-secret` prints one of 43 characters.
SHORTEST_SECRET = 32
_LEAST_DIFFERENT_CHARACTERS = 12


class NotConfigured(Exception):
    """The service must not start. The text names the setting and the cure."""


@dataclass(frozen=True)
class Settings:
    """Everything an installation decides. Folders are absolute; `time_zone` is an IANA name."""

    secret: str
    instance: Path
    keystore: Path
    database_url: str
    public_address: str = "http://localhost:8080"
    school_name: str = "Our school"
    time_zone: str = "UTC"
    port: int = 8080
    host: str = "127.0.0.1"

    @property
    def zone(self) -> ZoneInfo:
        """The school's time zone, in which days begin and rounds close."""
        return ZoneInfo(self.time_zone)

    @property
    def is_https(self) -> bool:
        """Whether pages are reached over TLS, so that cookies may insist on it."""
        return self.public_address.startswith("https://")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; NotConfigured where one is unknown, missing, weak or impossible."""
    given = {name.removeprefix(_PREFIX).lower(): value for name, value in environ.items() if name.startswith(_PREFIX)}
    known = set(Settings.__dataclass_fields__)
    for name in sorted(set(given) - known):
        raise NotConfigured(
            f"{_PREFIX}{name.upper()} is not a setting of Voicebox. Remove it, or use one of: "
            + ", ".join(_PREFIX + field.upper() for field in sorted(known))
        )
    instance = Path(given.get("instance", "instance")).resolve()
    settings = Settings(
        secret=_strong(given.get("secret", "")),
        instance=instance,
        keystore=Path(given.get("keystore", str(instance / "keystore"))).resolve(),
        database_url=given.get("database_url", f"sqlite:///{instance / 'voicebox.db'}"),
        public_address=_address(given.get("public_address", Settings.public_address)),
        school_name=given.get("school_name", Settings.school_name),
        time_zone=_zone(given.get("time_zone", Settings.time_zone)),
        port=_port(given.get("port", str(Settings.port))),
        host=given.get("host", Settings.host),
    )
    check_keystore(settings.keystore)
    return settings


def check_keystore(keystore: Path) -> None:
    """Refuse a keystore that others on the machine can read: whoever reads it can open the boxes."""
    if not keystore.exists():
        return
    for path in [keystore, *sorted(keystore.rglob("*"))]:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise NotConfigured(
                f"{path} can be read by other users of this machine (mode {mode:o}). Run: chmod -R go-rwx {keystore}"
            )


def _strong(secret: str) -> str:
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < _LEAST_DIFFERENT_CHARACTERS:
        raise NotConfigured(
            f"VOICEBOX_SECRET is {'missing' if not secret else 'too weak'}: it needs at least {SHORTEST_SECRET} "
            "random characters. Run `voicebox make-secret` and put what it prints into VOICEBOX_SECRET."
        )
    return secret


def _address(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        raise NotConfigured("VOICEBOX_PUBLIC_ADDRESS must begin with http:// or https://, as families would type it.")
    return address.rstrip("/")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise NotConfigured(
            f"VOICEBOX_TIME_ZONE is {name!r}, which is no time zone. Use a name like Europe/Lisbon."
        ) from unknown
    return name


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise NotConfigured(f"VOICEBOX_PORT is {text!r}; it must be a whole number from 1 to 65535.")
    return int(text)

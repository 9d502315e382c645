"""Settings: one frozen object, read once from `VOICEBOX_*` variables and passed in. Half-configured means no start."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feedback.calendar import (
    MONDAY_TO_FRIDAY,
    YEAR_BEGINS,
    SchoolCalendar,
    read_holidays,
    read_weekdays,
    read_year_begins,
)
from feedback.languages import SOURCE
from feedback.setting_values import (
    FLOOR_PUBLIC,
    FLOOR_TEAM,
    PREFIX,
    NotConfigured,
    address,
    calendar,
    contact,
    crowd,
    hosts,
    language,
    listed,
    one_of,
    refuse_below,
    strong,
    whole,
    zone,
)

__all__ = [
    "ENCODERS",
    "LAWS",
    "NotConfigured",
    "Settings",
    "check_keystore",
    "folder_in",
    "read_encoder",
    "read_settings",
]

#: Backups hold what retention deletes meanwhile, so they may not be kept for long.
MOST_BACKUP_DAYS = 90

#: How the line to the mail server is closed to others: at once, after a word in clear, or (inside one machine) not.
SMTP_SECURITY = ("starttls", "tls", "none")
ENCODERS = ("auto", "small", "default")
#: Profiles of protected topics (`forms.checks.profiles`); the first one where a school has not said.
LAWS = ("strictest", "us-ppra", "us-states", "eu-gdpr", "uk-gdpr")
#: Before the path of a folder with an operator's own encoder.
_FOLDER = "folder:"


@dataclass(frozen=True)
class Settings:
    """Everything an installation decides. Folders are absolute; `time_zone` is an IANA name."""

    secret: str
    instance: Path
    keystore: Path
    database_url: str
    public_address: str = "http://localhost:8080"
    #: More names under which pages may be opened, beside that of the public address; without ports.
    trusted_hosts: tuple[str, ...] = ()
    #: Where weaknesses are reported, as a URI for /.well-known/security.txt; "" publishes none.
    security_contact: str = ""
    school_name: str = "Our school"
    time_zone: str = "UTC"
    #: The language in which the school works, by its code in `languages`.
    language: str = SOURCE
    #: Languages that families speak at home, by their codes; none: every language of ours may be met in comments.
    home_languages: tuple[str, ...] = ()
    #: Where what was learned about written words lies; None: see `operations.text_reader`.
    models: Path | None = None
    #: Which reader of written words: "auto" takes what memory allows, "small" or "default" insists; or `model_folder`.
    encoder: str = "auto"
    #: Whose law protects topics until the officer has chosen a profile: one of `LAWS`.
    law: str = "strictest"
    #: The fewest people that the team, and everybody, is shown; an officer may ask for more, nobody for less.
    k_team: int = FLOOR_TEAM
    k_public: int = FLOOR_PUBLIC
    port: int = 8080
    host: str = "127.0.0.1"
    #: None is the folder `backups` in the instance; see `backup_folder`.
    backups: Path | None = None
    keep_backups_days: int = 14
    #: Weekdays with school, Monday is 0; and holidays as (first day, last day). See `calendar`.
    school_days: frozenset[int] = MONDAY_TO_FRIDAY
    holidays: tuple[tuple[date, date], ...] = ()
    #: Month and day on which the school year begins.
    year_begins: tuple[int, int] = YEAR_BEGINS
    #: The school's mail server, for letters to readers; "" sends none. `smtp_security`: one of SMTP_SECURITY.
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_from: str = ""
    #: The school's own sign-in service (OpenID Connect): its issuer, exactly as it says; "" is none.
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""

    def __post_init__(self) -> None:
        """NotConfigured below the floor, also where settings are made without an environment."""
        refuse_below("k_team", self.k_team, FLOOR_TEAM)
        refuse_below("k_public", self.k_public, FLOOR_PUBLIC)

    @property
    def backup_folder(self) -> Path:
        """Where backups lie."""
        return self.backups or self.instance / "backups"

    @property
    def model_folder(self) -> Path | None:
        """Where the school's own encoder of written words lies, if one is set."""
        return folder_in(self.encoder)

    @property
    def calendar(self) -> SchoolCalendar:
        """The days on which there is school, in the school's time zone."""
        return SchoolCalendar(self.school_days, self.holidays, self.year_begins)

    @property
    def zone(self) -> ZoneInfo:
        """The school's time zone, in which days begin and rounds close."""
        return ZoneInfo(self.time_zone)

    def day_of(self, moment: datetime) -> date:
        """The day of a moment (UTC, naive) in the school's time zone."""
        return moment.replace(tzinfo=UTC).astimezone(self.zone).date()

    @property
    def host_name(self) -> str:
        """The name in the public address, without its port; IPv6 in brackets."""
        name = urlsplit(self.public_address).hostname or ""
        return f"[{name}]" if ":" in name else name

    @property
    def is_https(self) -> bool:
        """Whether pages are reached over TLS, so that cookies may insist on it."""
        return self.public_address.startswith("https://")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; NotConfigured where one is unknown, missing, weak or impossible."""
    given = {name.removeprefix(PREFIX).lower(): value for name, value in environ.items() if name.startswith(PREFIX)}
    known = set(Settings.__dataclass_fields__)
    for name in sorted(set(given) - known):
        raise NotConfigured(
            f"{PREFIX}{name.upper()} is not a setting of Voicebox. Remove it, or use one of: "
            + ", ".join(PREFIX + field.upper() for field in sorted(known))
        )
    instance = Path(given.get("instance", "instance")).resolve()
    settings = Settings(
        secret=strong(given.get("secret", "")),
        instance=instance,
        keystore=Path(given.get("keystore", str(instance / "keystore"))).resolve(),
        database_url=given.get("database_url", f"sqlite:///{instance / 'voicebox.db'}"),
        public_address=address(given.get("public_address", Settings.public_address)),
        trusted_hosts=hosts(listed(given, "trusted_hosts")),
        security_contact=contact(given.get("security_contact", "").strip()),
        school_name=given.get("school_name", Settings.school_name),
        time_zone=zone(given.get("time_zone", Settings.time_zone)),
        language=language(given.get("language", SOURCE)),
        home_languages=tuple(language(code.strip(), "HOME_LANGUAGES") for code in listed(given, "home_languages")),
        models=Path(given["models"]).resolve() if given.get("models") else None,
        encoder=read_encoder(given.get("encoder", "")),
        law=one_of(given, "law", LAWS),
        k_team=crowd(given, "k_team", FLOOR_TEAM),
        k_public=crowd(given, "k_public", FLOOR_PUBLIC),
        port=whole(given, "port", Settings.port, most=65535),
        host=given.get("host", Settings.host),
        backups=Path(given["backups"]).resolve() if given.get("backups") else None,
        keep_backups_days=whole(given, "keep_backups_days", Settings.keep_backups_days, most=MOST_BACKUP_DAYS),
        school_days=calendar("SCHOOL_DAYS", read_weekdays, given.get("school_days", "mon-fri")),
        holidays=calendar("HOLIDAYS", read_holidays, given.get("holidays", "")),
        year_begins=calendar("YEAR_BEGINS", read_year_begins, given.get("year_begins", "08-01")),
        **_mail_server(given),
        **_sign_in_service(given),
    )
    check_keystore(settings.keystore)
    return settings


def read_encoder(value: str) -> str:
    """One of ENCODERS ("" is the first), or "folder:" and the path of a folder; NotConfigured where there is none."""
    if value.startswith(_FOLDER):
        return f"{_FOLDER}{_folder_that_is_there(value.removeprefix(_FOLDER).strip())}"
    if value and value not in ENCODERS:
        raise NotConfigured(
            f"VOICEBOX_ENCODER has {value!r}. Use one of: {', '.join(ENCODERS)}, folder:/path/to/model."
        )
    return value or ENCODERS[0]


def folder_in(encoder: str) -> Path | None:
    """The folder that a setting names which `read_encoder` has read; None where it names none."""
    return Path(encoder.removeprefix(_FOLDER)) if encoder.startswith(_FOLDER) else None


def check_keystore(keystore: Path) -> None:
    """Refuse a keystore that others on the machine can read: whoever reads it can open the boxes.

    Where its folder has the set-group-ID bit, pages and worker are two users and share it through their group; never
    the keeper's own folder.
    """
    if not keystore.exists():
        return
    shared = bool(keystore.stat().st_mode & stat.S_ISGID)
    for path in _all_in(keystore):
        try:
            mode = stat.S_IMODE(path.lstat().st_mode)
        except (FileNotFoundError, PermissionError):
            continue  # destroyed meanwhile, or the keeper's, of which pages see the outside only
        private = path.relative_to(keystore).parts[:1] == ("keeper",)
        if mode & (0o007 if shared and not private else 0o077):
            cure = (
                f"chmod -R {'o' if shared and not private else 'go'}-rwx {keystore / 'keeper' if private else keystore}"
            )
            raise NotConfigured(f"{path} can be read by other users of this machine (mode {mode:o}). Run: {cure}")


def _all_in(folder: Path) -> Iterator[Path]:
    yield folder
    for inside, folders, files in os.walk(folder):
        yield from (Path(inside, name) for name in sorted(folders + files))


def _folder_that_is_there(path: str) -> Path:
    if not path:
        raise NotConfigured("VOICEBOX_ENCODER names no folder. Write its whole path: folder:/srv/model, for instance.")
    try:
        found = Path(path).resolve()
        is_there = found.is_dir()
    except (OSError, ValueError):  # behind a closed folder, or no path at all
        is_there = False
    if not is_there:
        raise NotConfigured(
            f"VOICEBOX_ENCODER names the folder {path}, which is not there, or is closed to this user (as all of /home "
            "is to the services). Put the model where both can look, such as /srv/model, and write folder:/srv/model."
        )
    return found


def _sign_in_service(given: Mapping[str, str]) -> dict[str, Any]:
    found = {f"oidc_{name}": given.get(f"oidc_{name}", "").strip() for name in ("issuer", "client_id", "client_secret")}
    if any(found.values()) and not all(found.values()):
        raise NotConfigured(
            "Set all three, or none: VOICEBOX_OIDC_ISSUER, VOICEBOX_OIDC_CLIENT_ID, VOICEBOX_OIDC_CLIENT_SECRET."
        )
    if found["oidc_issuer"] and not found["oidc_issuer"].startswith(("https://", "http://localhost:")):
        raise NotConfigured("VOICEBOX_OIDC_ISSUER must begin with https://: what it says opens accounts.")
    return found


def _mail_server(given: Mapping[str, str]) -> dict[str, Any]:
    plain = {name: given.get(f"smtp_{name}", "").strip() for name in ("host", "user", "password", "from")}
    security = given.get("smtp_security", Settings.smtp_security)
    if security not in SMTP_SECURITY:
        raise NotConfigured(f"VOICEBOX_SMTP_SECURITY is {security!r}. Use one of: {', '.join(SMTP_SECURITY)}.")
    if plain["host"] and "@" not in (plain["from"] or plain["user"]):
        raise NotConfigured("VOICEBOX_SMTP_FROM must be the address from which letters to readers come.")
    found = {f"smtp_{name}": value for name, value in plain.items()}
    return {**found, "smtp_security": security, "smtp_port": whole(given, "smtp_port", Settings.smtp_port, most=65535)}

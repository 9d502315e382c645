"""The machine and its settings: secret, files, address, disk, memory that is written to disk, units."""

import stat
from collections.abc import Mapping
from pathlib import Path

from feedback.operations.doctor.row import Row, look, ok, wrong
from feedback.setting_values import LOOPBACK, SHORTEST_SECRET

#: Secrets that can be read in the product's own files.
_PUBLISHED = ("a secret only for tests", "change me", "changeme", "secret secret")
_PLENTY, _TOO_LITTLE = 2 * 1024**3, 300 * 1024**2


def check_secret(secret: str) -> Row:
    """Whether the secret is long, and nobody else's."""
    if len(secret) < SHORTEST_SECRET or any(known in secret.lower() for known in _PUBLISHED):
        return wrong(
            "secret",
            "VOICEBOX_SECRET is short, or one that can be read in Voicebox's own files.",
            "Run `voicebox make-secret`, put the new one into the settings, restart, and make a new backup.",
        )
    return ok("secret", "The secret is long, and only this installation's.")


def check_modes(modes: Mapping[Path, int]) -> list[Row]:
    """Whether files are closed to everybody else. `modes` are st_mode; a folder's set-group-ID bit means that pages and
    worker are two users of one group, who share what is in it."""
    shared = any(stat.S_ISDIR(mode) and mode & stat.S_ISGID for mode in modes.values())
    # Settings come from the administrator (0640 root:voicebox), who lets the group read and nothing more.
    open_bits = {path: 0o007 if shared or path.suffix == ".env" else 0o077 for path in modes}
    found = [path for path, mode in modes.items() if stat.S_IMODE(mode) & open_bits[path]]
    if not found:
        return [ok("file modes", "Database, keys, backups and settings are closed to other users of this computer.")]
    return [
        wrong("file modes", f"{path} is open to other users of this computer.", f"Run: chmod {_closed(shared)} {path}")
        for path in found
    ]


def _closed(shared: bool) -> str:
    return "o-rwx" if shared else "go-rwx"


def check_debug(environ: Mapping[str, str]) -> Row:
    """Whether anything would show a respondent, or write down, the inside of the program."""
    on = [name for name in ("FLASK_DEBUG", "PYTHONDEVMODE", "PYTHONINSPECT") if environ.get(name, "0") not in ("", "0")]
    if on:
        return wrong(
            "debug", f"{', '.join(on)} is set: errors would show what people typed.", f"Unset {', '.join(on)}."
        )
    return ok("debug", "Debugging is off.")


def check_address(public_address: str) -> Row:
    """Whether what people type is sealed on its way here."""
    if public_address.startswith("https://"):
        return ok(
            "address",
            f"Families use {public_address}, over HTTPS. With a certificate of the school's own "
            "authority, its root has to be on every device that is used.",
        )
    if public_address.removeprefix("http://").split("/")[0].rsplit(":", 1)[0] in LOOPBACK:
        return look(
            "address",
            f"{public_address} is this computer only: nobody else can answer.",
            "Set VOICEBOX_PUBLIC_ADDRESS to the address families will type, beginning with https://.",
        )
    return wrong(
        "address",
        f"{public_address} is not HTTPS: everybody on the network can read what people answer.",
        "Put Caddy or nginx in front (samples come with Voicebox), with a certificate, public or of the school's own "
        "authority, and set VOICEBOX_PUBLIC_ADDRESS to https://.",
    )


def check_hosts(host_name: str, others: tuple[str, ...]) -> Row:
    """Under which names pages are opened. All other names get one sentence and no page."""
    strangers = [name for name in others if name in LOOPBACK]
    if strangers and host_name not in LOOPBACK:
        return look(
            "host names",
            f"Pages are also opened under {', '.join(strangers)}, a name that every computer has for itself.",
            "If nothing on this computer needs it, take it out of VOICEBOX_TRUSTED_HOSTS.",
        )
    return ok("host names", f"Pages are opened under {', '.join((host_name, *others))} and under no other name.")


def check_space(free: int, where: Path) -> Row:
    """Whether answers will still find room. `free` is in bytes."""
    said = f"{free // 1024**2} MB are free in {where}."
    if free < _TOO_LITTLE:
        return wrong("disk space", said, "Make room now: when it is full, no answer can be stored.")
    if free < _PLENTY:
        return look("disk space", said, "Make room soon.")
    return ok("disk space", said)


def check_swap(swaps: str, encrypted: frozenset[str]) -> Row:
    """Whether memory can get onto the disk in clear. `swaps` is /proc/swaps, `encrypted` names devices that are."""
    devices = [line.split()[0] for line in swaps.splitlines()[1:] if line.strip()]
    plain = [device for device in devices if device not in encrypted and not device.startswith("/dev/zram")]
    if plain:
        return look(
            "swap",
            f"{', '.join(plain)} is not known to be encrypted: an answer could be written to it while it is sealed.",
            "Encrypt the swap (Debian: crypttab with /dev/urandom), or turn it off: swapoff -a.",
        )
    return ok("swap", "No memory is written to the disk in clear.")


def check_core_dumps(limit: int, units: Mapping[str, str]) -> Row:
    """Whether a crash would write memory to the disk. `limit` is ours in bytes, -1 is none; `units` name -> text."""
    careless = [name for name, text in units.items() if "LimitCORE=0" not in text.split()]
    if careless:
        return wrong(
            "core dumps",
            f"{', '.join(sorted(careless))} does not say LimitCORE=0: a crash would write answers to the disk.",
            "Install the units that come with Voicebox again, or add LimitCORE=0 under [Service].",
        )
    if not units and limit != 0:
        return look(
            "core dumps",
            "Started from here, a crash could write answers to the disk.",
            "Install the service, or run `ulimit -c 0` before starting.",
        )
    return ok("core dumps", "A crash writes no memory to the disk.")


def check_journal(searched: bool, hits: int) -> Row:
    """Whether the service's own log names pages that people answer on."""
    if hits:
        return wrong(
            "own log",
            f"{hits} lines of the service's log name a page that people answer on.",
            "Find out what writes them: journalctl -u 'voicebox-*'. Voicebox itself writes none.",
        )
    if searched:
        return ok("own log", "The service's log names no page that people answer on.")
    return look(
        "own log",
        "The service's log cannot be read from here.",
        "As administrator: journalctl -u 'voicebox-*' | grep -E '/r/|/receipt/' should find nothing.",
    )


def check_own_encoder(name: str, what_is_wrong: str, cure: str) -> Row:
    """Whether comments can be read with the operator's own encoder."""
    if what_is_wrong:
        said = f"{what_is_wrong} Until then no comment is read, and the small reader orders what children wrote."
        return wrong("encoder", said, f"{cure} Then run: voicebox train")
    return ok("encoder", f"Comments are read with the model {name}.")


def check_clock(credible: bool, today: object, last_seen: object) -> Row:
    """Whether the day can be believed."""
    if not credible:
        return wrong(
            "clock",
            f"The clock says {today}, and {last_seen} was the last day. Until a person has looked, nothing is closed, "
            "counted or purged.",
            "Put the clock right. If it is right, run: voicebox clock-is-right",
        )
    return ok("clock", f"Today is {today}.")


def check_time_zone(time_zone: str) -> Row:
    """Whether somebody has chosen the school's time zone."""
    if time_zone == "UTC":
        return look("time zone", "Days begin and rounds close by UTC.", "Set VOICEBOX_TIME_ZONE, e.g. Europe/Lisbon.")
    return ok("time zone", f"Days begin and rounds close by the time of {time_zone}.")

"""The proxy in front: that it writes nothing down about who answers. Its files are read, not understood in full."""

import re
from collections.abc import Iterable, Mapping

from feedback.operations.doctor.row import Row, look, ok, wrong

#: The pages that people answer on, and those of receipts, as they stand in a line of a log.
RESPONDENT_PATH = re.compile(r"/(?:[a-z]{2,3}(?:-[A-Za-z0-9]+)*/[rk]|r|receipt)/[0-9A-Za-z]")
_COMMENT = re.compile(r"(?:^|\s)#.*$", re.MULTILINE)
_HIDES_TLS = re.compile(r"(?im)(?:proxy_hide_header\s+|header(?:_down)?\s+-|^\s*-)Strict-Transport-Security")
_SAYS_TLS = re.compile(r"(?im)^\s*(?:add_header\s+|header\s+)?Strict-Transport-Security\s+\"?max-age=[1-9]")
_NGINX_LOG = re.compile(r"\b(access_log|error_log)\s+([^;]+);")


def check_configurations(files: Mapping[str, str]) -> list[Row]:
    """Whether access logs are off. `files`: path -> text of Caddyfiles and of nginx's files."""
    if not files:
        return [
            look(
                "proxy",
                "No configuration of Caddy or nginx was found, so it is not known what your proxy writes down.",
                "Name its files: voicebox doctor --proxy-config FILE. Samples come with Voicebox.",
            )
        ]
    return [_check(path, _COMMENT.sub("", text)) for path, text in sorted(files.items())]


def check_only_tls(is_https: bool, files: Mapping[str, str]) -> Row:
    """Whether browsers are told to use HTTPS only (HSTS). Voicebox says it; a proxy can take it away."""
    if not is_https:
        return look(
            "only HTTPS",
            "Browsers are not told to use HTTPS only, because the school's address is not HTTPS.",
            "Begin VOICEBOX_PUBLIC_ADDRESS with https:// once the proxy has a certificate.",
        )
    plain = {path: _COMMENT.sub("", text) for path, text in files.items()}
    mute = [path for path, text in sorted(plain.items()) if _HIDES_TLS.search(text) and not _SAYS_TLS.search(text)]
    if mute:
        return wrong(
            "only HTTPS",
            f"{', '.join(mute)} takes away the header that keeps browsers on HTTPS, and sets none.",
            'Set Strict-Transport-Security "max-age=31536000; includeSubDomains" as in the sample, or leave it alone.',
        )
    return ok("only HTTPS", "Browsers are told to use HTTPS only, for a year.")


def check_log(path: str, lines: Iterable[str]) -> Row:
    """Whether a log names a page that people answer on."""
    hits = sum(1 for line in lines if RESPONDENT_PATH.search(line))
    if hits:
        return wrong(
            "proxy log",
            f"{hits} lines of {path} name a page that people answer on, each with a time and perhaps an address.",
            f"Turn that log off, then delete {path} and its older parts.",
        )
    return ok("proxy log", f"{path} names no page that people answer on.")


def _check(path: str, text: str) -> Row:
    kept = _caddy_logs(text) if _is_caddy(text) else _nginx_logs(text)
    if kept:
        return wrong(
            "proxy",
            f"{path} keeps a log of who opens which page: {', '.join(kept)}.",
            "Take it out, as in the sample that comes with Voicebox, and reload the proxy.",
        )
    return ok("proxy", f"{path} keeps no log of who answers.")


def _is_caddy(text: str) -> bool:
    return "server_name" not in text and re.search(r"\breverse_proxy\b", text) is not None


def _caddy_logs(text: str) -> list[str]:
    """Caddy writes access logs only where a site says `log`; but its own log quotes requests that failed."""
    depth, found, block = 0, [], ""
    for line in text.splitlines():
        words = line.split()
        if depth == 0 and words:
            block = "" if words == ["{"] else words[0]
        if depth and block and words[:1] == ["log"]:
            found.append(f"`{line.strip()}` in {block}")
        depth += line.count("{") - line.count("}")
    if not re.search(r"^\s*exclude\s.*\bhttp\b", text, re.MULTILINE):
        found.append("requests that failed (without `exclude http` in `log default`)")
    return found


def _nginx_logs(text: str) -> list[str]:
    """nginx writes both logs unless told: access_log off, and error_log to /dev/null (its lines hold addresses)."""
    kept = []
    for server in _blocks(text, r"\bserver\s*\{"):
        block = server
        for desk in _blocks(server, r"\blocation\s[^{;]*desk[^{;]*\{"):
            # What staff open may be written down.
            block = block.replace(desk, "")
        found = _NGINX_LOG.findall(block)
        kept += [f"{name} {where}" for name, where in found if where.split()[0] not in ("off", "/dev/null")]
        kept += [f"{name} is not turned off" for name in ("access_log", "error_log") if name not in dict(found)]
    return kept


def _blocks(text: str, opening: str) -> list[str]:
    """What stands between the braces of each block that begins so."""
    found = []
    for begin in re.finditer(opening, text):
        depth, at = 1, begin.end()
        while depth and at < len(text):
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            at += 1
        found.append(text[begin.end() : at])
    return found

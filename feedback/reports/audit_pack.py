"""Making an audit pack: registers become PDFs, everything gets an index, and the whole is signed.

Called inside an application context.
"""

from collections.abc import Callable
from datetime import date
from hashlib import sha256

from flask import current_app

from feedback.i18n import Catalogue, speaking
from feedback.operations.audit.pack_files import finish, gather, index_csv
from feedback.operations.audit.proofs import public_key_of
from feedback.operations.audit.registers.kind import Register
from feedback.operations.school import School
from feedback.privacy.packs import hashes_of


def make_pack(school: School, language: str, *, today: date, progress: Callable[[int, int], None]) -> bytes:
    """The pack in one language of the desk; `progress` is called with (registers made, of how many)."""
    with speaking(language, Catalogue.STAFF):
        contents = gather(school, language)
        files, of = dict(contents.files), len(contents.registers)
        for number, made in enumerate(contents.registers, start=1):
            files[f"registers/{made.register.name}.pdf"] = render_register(school, made.register, today=today)
            progress(number, of)
        key = public_key_of(school)
        named = {"school_name": school.settings.school_name, "key": key, "made_on": today}
        files["check.html"] = _page("officer/check.html", **named).encode()
        files["public-key.pem"] = key.pem.encode()
        files["index.csv"] = index_csv(contents.sentences)
        registers = [made.register for made in contents.registers]
        index = {**named, "sentences": contents.sentences, "registers": registers, "files": hashes_of(files)}
        files["index.html"] = _page("registers/pack.html", **index).encode()
        return finish(school, language, files, today=today)


def render_register(school: School, register: Register, *, today: date) -> bytes:
    """A register as tagged PDF/UA-1 in the language that is spoken."""
    # WeasyPrint takes two seconds to import, and most commands and every web request do without it.
    from feedback.reports import tagged  # noqa: PLC0415 - see above

    html = _page("registers/sheet.html", register=register, school_name=school.settings.school_name, made_on=today)
    return tagged.write(tagged.lay_out(html), identifier=sha256(html.encode()).hexdigest()[:32])


def _page(template: str, **variables: object) -> str:
    # Not flask.render_template: a document must not depend on what the pages' context processors add to a request.
    return current_app.jinja_env.get_template(template).render(**variables)

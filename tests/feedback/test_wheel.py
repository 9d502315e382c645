"""The wheel works from any folder: templates, compiled catalogues, migrations and static files are inside."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVE_ONE_PAGE = """
from feedback.app import create_app
from feedback.config import read_settings
from feedback.migrations import upgrade
from feedback.operations.school import open_school
import feedback, os
assert "site-packages" in feedback.__file__, feedback.__file__
settings = read_settings(os.environ)
upgrade(open_school(settings).engine)
client = create_app(settings).test_client()
assert client.get("/ar/desk/sign-in").status_code == 200
assert client.get("/static/respond.css").status_code == 200
assert client.get("/en/help/model-card").status_code == 200
assert client.get("/en/r/NOSUCH").status_code == 404
from forms.library import names
assert len(names()) >= 3
from forms.checks.lexicon import languages
assert len(languages()) == 15
print("works")
"""


def test_a_wheel_built_here_serves_pages_elsewhere(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = zipfile.ZipFile(wheel).namelist()
    assert "feedback/translations/ar/LC_MESSAGES/respondent.mo" in packed
    assert not [name for name in packed if name.endswith((".po", ".pot"))]
    service = {"install.sh", "voicebox.sh", "voicebox.env", "voicebox-web.service", "voicebox-worker.service"}
    assert {f"feedback/service/{name}" for name in (*service, "Caddyfile", "nginx.conf")} <= set(packed)
    elsewhere = tmp_path / "elsewhere"
    venv.create(elsewhere, with_pip=False)
    # The wheel itself goes into the new environment; what it depends on is borrowed from this one.
    site = next((elsewhere / "lib").glob("python*")) / "site-packages"
    zipfile.ZipFile(wheel).extractall(site)
    borrowed = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (site / "borrowed.pth").write_text(str(borrowed), encoding="utf-8")
    environ = {
        "PATH": os.environ["PATH"],
        "VOICEBOX_SECRET": "kq3Jx0pVb7Lw9sZt2Yc5Rm8Nd4Hf6Ga1",
        "VOICEBOX_INSTANCE": str(tmp_path / "instance"),
    }
    run = [str(elsewhere / "bin" / "python"), "-c", SERVE_ONE_PAGE]
    served = subprocess.run(run, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert served.stdout.strip() == "works", served.stderr

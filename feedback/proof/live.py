"""This installation, as it lies there now. Nothing is written but a private copy, which is scrubbed afterwards."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from feedback.operations.school import School
from feedback.proof import postgresql
from feedback.proof.file_checks import check_file
from feedback.proof.folder_checks import check_folders
from feedback.proof.folders import copy_database, private_folder
from feedback.proof.record_checks import check_records, last_shaken
from feedback.proof.row_checks import check_ids, check_schema, check_sizes, check_times, read_rows, read_schema
from feedback.proof.verdict import Line

#: Told what is being looked at.
Said = Callable[[str], None]


def check_installation(
    school: School, *, beside: Path, also: Sequence[Path] = (), today: date, said: Said
) -> list[Line]:
    """Every line about the live installation. `beside` is where the private copy is made for a moment."""
    said("tables and columns")
    lines = [check_schema(read_schema(school.engine))]
    said("rows")
    rows = read_rows(school.engine)
    lines += [check_times(rows), check_ids(rows), check_sizes(rows)]
    said("the database's own storage")
    shaken = last_shaken(school, today=today)
    if school.engine.dialect.name == "sqlite":
        with private_folder(beside) as folder:
            driver = school.engine.dialect.loaded_dbapi
            lines += check_file(*copy_database(school, folder), folder, driver=driver, shaken=shaken)
    else:
        lines += postgresql.check_server(school.engine, shaken=shaken)
    said("records and keys")
    lines += check_records(school)
    said("folders")
    lines += check_folders(school, also, today=today)
    return lines

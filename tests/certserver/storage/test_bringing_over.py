"""What a municipality had set before a migration still counts after it."""

from pathlib import Path

from alembic import command
from sqlalchemy import text

from certserver.pipeline.setting_rows import read_settings
from certserver.rules.in_force import closures_at, purposes_at
from certserver.storage.migrating import alembic_config, migrate
from koufu.evidence.words import CertificateKind, Option
from tests.support.databases import new_database


def test_closures_and_purposes_are_brought_over(either_database: None, tmp_path: Path) -> None:
    database = new_database(tmp_path, "former")
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0018_reports")
        connection.execute(
            text(
                "INSERT INTO closures (municipality, since, until, yearly, outlet, kinds, reason, reason_en) VALUES"
                " ('992011', '2026-12-29', '2027-01-03', true, '*', 'residence,koseki-full', '年末年始', 'New Year')"
            )
        )
        for position, code in ((1, "bank"), (0, "licence")):
            connection.execute(
                text(
                    "INSERT INTO purposes (municipality, code, position, kind, scope, options, advice, name, name_en,"
                    " note, note_en) VALUES ('992011', :code, :position, 'residence', 'self', 'domicile', 'order',"
                    " '', '', '', '')"
                ),
                {"code": code, "position": position},
            )
    migrate(database)
    with database.reading() as connection:
        settings = read_settings(connection, "992011", 1)
    (closure,) = closures_at(settings, 0)
    assert (closure.yearly, closure.reason) == (True, "年末年始")
    assert closure.kinds == (CertificateKind.RESIDENCE, CertificateKind.KOSEKI_FULL)
    assert [purpose.code for purpose in purposes_at(settings, 0)] == ["licence", "bank"]
    assert purposes_at(settings, 0)[0].options == (Option.DOMICILE,)

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kernel.database import Database, UtcDateTime, named_metadata


class Base(DeclarativeBase):
    metadata = named_metadata()


class Counter(Base):
    __tablename__ = "counter"
    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@pytest.fixture
def database(new_database, tmp_path):
    (tmp_path / "versions").mkdir()
    (tmp_path / "env.py").write_text(
        "from alembic import context\n"
        "from sqlalchemy import MetaData\n"
        "from kernel.migrations import run_migrations\n"
        "run_migrations(context.config.get_main_option('sqlalchemy.url'), MetaData())\n"
    )
    database = Database(new_database(Path(tmp_path)))
    Base.metadata.create_all(database.engine)
    yield database
    database.dispose()


def test_a_moment_comes_back_aware_and_in_utc(database):
    hanoi = timezone(timedelta(hours=7))
    with database.begin() as session:
        session.add(Counter(id=1, at=datetime(2024, 1, 5, 7, 30, tzinfo=hanoi)))

    with database.read() as session:
        at = session.scalar(select(Counter.at))

    assert at == datetime(2024, 1, 5, 0, 30, tzinfo=UTC)
    assert at.tzinfo is UTC


def test_a_failed_statement_keeps_what_it_was_to_store_to_itself(database):
    values = {"id": 77, "value": 424242}
    with database.begin() as session:
        session.add(Counter(**values))

    with pytest.raises(IntegrityError) as refused, database.begin() as session:
        session.add(Counter(**values))

    assert "424242" not in str(refused.value)


def test_a_naive_moment_is_refused(database):
    with pytest.raises(Exception, match="naive datetime"), database.begin() as session:
        session.add(Counter(id=1, at=datetime(2024, 1, 5)))  # noqa: DTZ001 - what is tested


def test_an_error_leaves_nothing_behind(database):
    def fail_half_way():
        with database.begin() as session:
            session.add(Counter(id=1))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()

    with database.read() as session:
        assert session.scalars(select(Counter)).all() == []


def test_writers_that_read_first_queue_up(database):
    with database.begin() as session:
        session.add(Counter(id=1))

    def count_up():
        with database.begin() as session:
            row = session.scalar(select(Counter).where(Counter.id == 1).with_for_update())
            row.value += 1

    threads = [threading.Thread(target=count_up) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as session:
        assert session.scalar(select(Counter.value)) == 20


def test_a_reading_session_keeps_nothing(database):
    with database.read() as session:
        session.add(Counter(id=1))
        session.flush()

    with database.read() as session:
        assert session.scalars(select(Counter)).all() == []


def test_the_database_can_be_asked_whether_it_is_there(database):
    assert database.is_reachable()

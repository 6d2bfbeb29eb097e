"""What tests from outside share: one home with its index, built once from the real knowledge base, and the real command."""

import shutil
from pathlib import Path
from uuid import uuid4

import pytest
from outside import ROOT, ran, started
from postgres import Postgres, binaries
from scripted_llm import ScriptedLLM

from assistant.ingest.pipeline import import_paths
from assistant.ingest.records import load_knowledge
from assistant.services import Services
from assistant.settings import Settings
from assistant.store.library import Library

SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def built_home(tmp_path_factory):
    """A home whose index is built. Never changed: copy it (``own_home``) to change it."""
    home = tmp_path_factory.mktemp("built") / "home"
    services = Services(Settings(home=home))
    assert services.index.count > 0
    services.library.close()
    return home


@pytest.fixture(scope="session")
def services(built_home):
    """Services on the shared home, for asking only."""
    return Services(Settings(home=built_home))


@pytest.fixture(scope="session")
def official(tmp_path_factory):
    """A library of the official texts, for reading only."""
    if not SHARED.exists():
        pytest.skip("official texts are not at hand: ../shared")
    library = Library(tmp_path_factory.mktemp("official"))
    import_paths([SHARED / "official", SHARED / "official_recent"], library, load_knowledge(ROOT / "knowledge_base").by_name)
    return library


@pytest.fixture
def own_home(built_home, tmp_path):
    """A copy of the shared home that a test may change or break."""
    return Path(shutil.copytree(built_home, tmp_path / "home"))


@pytest.fixture
def start():
    """Start the command, to run beside another."""
    processes = []

    def starting(*args, **named):
        processes.append(started(*args, **named))
        return processes[-1]

    yield starting
    for process in processes:
        if process.poll() is None:
            process.kill()


@pytest.fixture
def anheng(start):
    """Run the command to its end."""
    return lambda *args, **named: ran(start(*args, **named))


@pytest.fixture
def llm():
    """An OpenAI-compatible endpoint on loopback that says what the test tells it to."""
    server = ScriptedLLM()
    yield server
    server.close()


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server for this run."""
    folder = binaries()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    server = Postgres(folder).start()
    yield server
    server.close()


@pytest.fixture(params=["sqlite", "postgres"])
def databases(request):
    """Makes settings of a new database, of each kind in turn: SQLite in the home, PostgreSQL by URL."""
    if request.param == "sqlite":
        return dict
    server = request.getfixturevalue("postgres")
    return lambda: {"store": {"url": server.fresh(f"t{uuid4().hex}")}}


@pytest.fixture
def database(databases):
    """Settings of one new database of each kind."""
    return databases()

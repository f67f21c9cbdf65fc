"""The examples of docs/api.md, run against a real intake over HTTP."""

import os
import shutil
import subprocess
import sys
import threading

import pytest
from werkzeug.serving import make_server

from kernel import app as kernel_app
from kernel.auth.principal import Role, Service
from services.intake.persistence import MIGRATIONS
from tests.builders.intake import PASSWORD, a_world
from tests.support.documentation import ROOT, blocks

API = ROOT / "docs" / "api.md"


@pytest.fixture
def world(new_database, kernel_settings):
    made = a_world(new_database(MIGRATIONS), kernel_settings)
    yield made
    made.deps.database.dispose()


@pytest.fixture
def environment(world):
    """Where intake answers, and who signs in there."""
    world.officer()
    front = kernel_app.mount({Service.INTAKE: world.app})
    server = make_server("127.0.0.1", 0, front, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield {
        "PATH": os.defpath,
        "THIDUA_ADDRESS": f"http://127.0.0.1:{server.server_port}",
        "THIDUA_LOGIN": f"{Role.SECTOR_OFFICER}-van-hoa@{world.office.office_id}",
        "THIDUA_PASSWORD": PASSWORD,
    }
    server.shutdown()
    thread.join()
    server.server_close()


def example(language):
    (found,) = [block.text for block in blocks(API) if block.language == language]
    return found


def run(command, environment):
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_example_with_the_client_saves_a_report_once(environment):
    said = run([sys.executable, "-c", example("python")], environment).splitlines()

    assert said[0].startswith("draft 2023-VAN-HOA-L1-")
    assert said[1:3] == ["the same answer: True", "Ban Văn hóa draft"]
    assert said[3].startswith("422 ('#/content/achievements/0/field'")


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl")
def test_the_example_with_curl_lists_the_periods(environment):
    assert '"code":"2023"' in run(["bash", "-euc", example("bash")], environment).replace(" ", "")

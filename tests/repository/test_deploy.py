"""What can be known of deploy/ without a container engine or systemd: paths, names, versions, rights."""

import re
import shlex
import tomllib
from configparser import RawConfigParser
from pathlib import Path

import pytest

from deltanews.all_settings import SETTINGS
from deltanews.command_table import COMMANDS

REPOSITORY = Path(__file__).parents[2]
DEPLOY = REPOSITORY / "deploy"
PACKAGES = ("core", "text", "crawler", "archive", "indexer", "scheduler", "web", "deltanews")
VARIABLES = {package.variable(key) for package in SETTINGS for key in package.model_fields} | {"DELTANEWS_CONFIG"}


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, in order: word and the rest."""
    lines = [line for line in (DEPLOY / "Dockerfile").read_text().splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in joined.splitlines() if line.strip()]


def copied() -> list[str]:
    """What the Dockerfile takes from the repository."""
    return [
        part
        for word, rest in instructions()
        if word == "COPY" and not rest.startswith("--from")
        for part in rest.split()[:-1]
    ]


def compose() -> str:
    return (DEPLOY / "compose.yaml").read_text(encoding="utf-8")


def test_every_path_that_is_copied_exists_and_reaches_the_builder() -> None:
    let_in = re.findall(r"^!(\S+)$", (DEPLOY / "Dockerfile.dockerignore").read_text(), re.MULTILINE)
    assert {part.removeprefix("./") for part in copied()} == set(let_in)
    assert [part for part in let_in if not (REPOSITORY / part).exists()] == []


def test_everything_that_the_wheel_is_made_of_is_copied() -> None:
    assert set(copied()) >= {*PACKAGES, "pyproject.toml", "README.md", "LICENSE"}


def test_images_are_pinned() -> None:
    images = [rest.split()[0] for word, rest in instructions() if word == "FROM"]
    images += re.findall(r"^ +image: (\S+)$", compose(), re.MULTILINE)
    assert len(images) > 3
    assert [image for image in images if not re.search(r":\d+\.\d+\.\d+", image)] == []


def test_every_container_has_limits_and_no_capabilities() -> None:
    services = dict(re.findall(r"^(\w+):\n((?:(?: .*)?\n)+)", compose(), re.MULTILINE))["services"]
    blocks = re.split(r"^  (?=[\w-]+:$)", services, flags=re.MULTILINE)[1:]
    assert len(blocks) > 3
    confined = re.search(r"^x-confined: &confined\n((?: .*\n)+)", compose(), re.MULTILINE)
    assert confined
    assert {"max-size: 10m", "cap_drop: [ALL]"} <= {line.strip() for line in confined[1].splitlines()}
    assert [block for block in blocks if "<<: *confined" not in block or "mem_limit: " not in block] == []


def test_the_image_ends_as_a_user_without_rights() -> None:
    last_stage = [word for word, _ in instructions()][::-1]
    users = [rest for word, rest in instructions() if word == "USER"]
    assert users == ["deltanews"]
    assert last_stage.index("USER") < last_stage.index("FROM")
    assert "useradd" in " ".join(rest for word, rest in instructions() if word == "RUN")


def test_libraries_are_installed_by_hash_alone() -> None:
    installs = [
        part for word, rest in instructions() if word == "RUN" for part in rest.split("&&") if " install " in part
    ]
    assert len(installs) == 3
    for install in installs:
        words = shlex.split(install)
        assert "--require-hashes" in words or "--no-deps" in words or words[-2:] == ["--upgrade", "pip"]


def test_the_commands_that_the_image_the_unit_and_compose_run_exist() -> None:
    dockerfile = dict(instructions())
    unit = "".join(path.read_text(encoding="utf-8") for path in DEPLOY.glob("*.service"))
    run = {
        *re.findall(r'CMD \["deltanews", "(.*)"\]', dockerfile["HEALTHCHECK"]),
        *re.findall(r'^\["(.*)"\]$', dockerfile["CMD"]),
        *re.findall(r"^ExecStart=/opt/deltanews/bin/deltanews (.*)$", unit, re.MULTILINE),
        *re.findall(r'^ +command: \["(.*)"\]$', compose(), re.MULTILINE),
    }
    assert {"run", "doctor", "archive backup /var/backups/deltanews"} <= run
    names = {re.split(r" --| /", command.replace('", "', " "))[0] for command in run}
    assert names <= {command.name for command in COMMANDS}


@pytest.mark.parametrize("file", ["Dockerfile", "compose.yaml", "deltanews.service", "deltanews-backup.service"])
def test_every_variable_is_a_setting(file: str) -> None:
    named = set(re.findall(r"\bDELTANEWS_[A-Z_]*[A-Z]\b", (DEPLOY / file).read_text(encoding="utf-8")))
    assert named
    assert named <= VARIABLES


def test_ports_are_open_to_this_machine_alone() -> None:
    ports = re.findall(r'^ +- "([\d.:]+)"$', compose(), re.MULTILINE)
    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_services_and_volumes_that_are_named_exist() -> None:
    blocks = dict(re.findall(r"^(\w+):\n((?:(?: .*)?\n)+)", compose(), re.MULTILINE))
    services = set(re.findall(r"^  ([\w-]+):$", blocks["services"], re.MULTILINE))
    volumes = set(re.findall(r"^  ([\w-]+):$", blocks["volumes"], re.MULTILINE))
    waited_for = set(re.findall(r"^      ([\w-]+):\n +condition:", blocks["services"], re.MULTILINE))
    hosts = set(re.findall(r"http://([a-z]+):\d+", compose())) - {"localhost"}
    mounted = set(re.findall(r"^ +- ([\w-]+):/", blocks["services"], re.MULTILINE))
    assert waited_for
    assert waited_for | hosts <= services
    assert mounted == volumes


def test_what_was_not_run_says_so() -> None:
    sections = (DEPLOY / "README.md").read_text(encoding="utf-8").split("\n## ")[1:]
    told = {section.splitlines()[0]: section for section in sections}
    (title,) = [title for title in told if title.startswith("Securing")]
    assert "not run here" in title
    assert all(f"**{word}" in told[title] for word in ("Security", "Saving", "Alerting"))
    assert '"kibana"' in told[title], "analysts' dashboards live in the volume of Elasticsearch"


class AsWritten(RawConfigParser):
    """A parser that keeps the capitals of keys, as systemd does."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def test_the_unit_is_confined_and_restarted() -> None:
    unit = AsWritten(strict=False)
    unit.read(DEPLOY / "deltanews.service")
    service = dict(unit["Service"])
    assert service["NoNewPrivileges"] == "yes"
    assert service["User"] == service["Group"] == "deltanews"
    assert (service["StateDirectoryMode"], service["UMask"]) == ("0750", "0027"), "its group may read"
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectory"] == "deltanews"
    assert service["Restart"] == "on-failure"


def test_the_backup_is_confined_and_its_timer_makes_up_for_a_missed_night() -> None:
    unit, timer = AsWritten(strict=False), AsWritten(strict=False)
    unit.read(DEPLOY / "deltanews-backup.service")
    timer.read(DEPLOY / "deltanews-backup.timer")
    service = dict(unit["Service"])
    folder = service["ExecStart"].split()[-1]
    assert service["Type"] == "oneshot"
    assert service["NoNewPrivileges"] == "yes"
    assert service["User"] == service["Group"] == "deltanews"
    assert service["ReadWritePaths"].split() == ["/var/lib/deltanews", folder]
    assert unit["Unit"]["RequiresMountsFor"] == folder
    assert dict(timer["Timer"])["Persistent"] == "true"


def test_compose_asks_the_service_whether_it_is_ready() -> None:
    (port,) = re.findall(r'DELTANEWS_SCHEDULER_METRICS_PORT: "(\d+)"', compose())
    assert f"http://127.0.0.1:{port}/readyz" in compose()


def test_one_file_says_where_the_service_s_archive_is() -> None:
    unit = (DEPLOY / "deltanews.service").read_text(encoding="utf-8")
    assert re.findall(r"^Environment=(.*)$", unit, re.MULTILINE) == ["DELTANEWS_CONFIG=/etc/deltanews.toml"]
    settings = tomllib.loads((DEPLOY / "deltanews.toml").read_text(encoding="utf-8"))
    known = {package.table: package.model_fields for package in SETTINGS}
    assert {key for table, values in settings.items() for key in values.keys() - known[table].keys()} == set()
    assert settings["archive"]["directory"] == "/var/lib/deltanews"

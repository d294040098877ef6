"""The documents cannot rot: generated parts are current, examples are valid, links lead somewhere."""

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from core.settings import TABLES, PackageSettings
from crawler.sources.model import Source
from deltanews.all_settings import SETTINGS
from deltanews.cli import imported
from deltanews.command_table import COMMANDS, Command

REPOSITORY = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path for folder in (".", "docs", "docs/decisions", "deploy") for path in (REPOSITORY / folder).glob("*.md")
)
READMES = (REPOSITORY / "README.md", REPOSITORY / "README.zh-CN.md")
KEYS = [f"{package.table}.{key}" for package in SETTINGS for key in package.model_fields]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", REPOSITORY / "docs/generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_generated_parts_are_current(generator: ModuleType) -> None:
    texts = {name: (REPOSITORY / name).read_text(encoding="utf-8") for name in generator.DOCUMENTS}
    assert {name for name, text in texts.items() if generator.filled(text) != text} == set(), "run make docs"


def test_the_generator_updates_a_stale_part(generator: ModuleType) -> None:
    filled = generator.filled("before\n<!-- commands -->\nstale\n<!-- /commands -->\nafter\n")
    assert "`deltanews config`" in filled
    assert "stale" not in filled
    assert filled.startswith("before\n")
    assert filled.endswith("after\n")


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_in_both_readmes(readme: Path, command: Command) -> None:
    assert f"`deltanews {command.name}`" in readme.read_text(encoding="utf-8")


@pytest.mark.parametrize("package", SETTINGS, ids=lambda package: package.table)
def test_every_setting_is_in_both_readmes_and_in_the_settings(package: type[PackageSettings]) -> None:
    for path in (*READMES, REPOSITORY / "docs/settings.md"):
        text = path.read_text(encoding="utf-8")
        table = text.partition(f"[{package.table}]")[2]
        assert [key for key in package.model_fields if f"| `{key}` |" not in table] == [], path.name


@pytest.mark.parametrize("package", SETTINGS, ids=lambda package: package.table)
def test_every_setting_explains_itself(package: type[PackageSettings]) -> None:
    assert [key for key, field in package.model_fields.items() if not field.description] == []


def test_every_command_and_setting_explains_itself_in_chinese_and_nothing_else_does() -> None:
    chinese = tomllib.loads((REPOSITORY / "docs/zh.toml").read_text(encoding="utf-8"))
    assert set(chinese["commands"]) == {command.name for command in COMMANDS}
    assert set(chinese["packages"]) == {package.table for package in SETTINGS}
    assert {table: set(keys) for table, keys in chinese["settings"].items()} == {
        package.table: set(package.model_fields) for package in SETTINGS
    }


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_example_of_a_source_is_a_valid_source(readme: Path) -> None:
    (example,) = [block for block in blocks(readme, "toml") if block.startswith("# sources/")]
    source = Source.model_validate(tomllib.loads(example))
    assert example.startswith(f"# sources/{source.name}.toml")


def test_the_tables_of_the_settings_file_are_the_packages() -> None:
    assert {package.table for package in SETTINGS} == set(TABLES)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_settings_example_is_valid(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = [block for block in blocks(path, "toml") if block.startswith("# deltanews.toml")]
    for number, example in enumerate(examples):
        file = tmp_path / f"{number}.toml"
        file.write_text(example, encoding="utf-8")
        monkeypatch.setenv("DELTANEWS_CONFIG", str(file))
        assert set(tomllib.loads(example)) <= {package.table for package in SETTINGS}
        for package in SETTINGS:
            package.load()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_a_shell_block_exists(path: Path) -> None:
    words = [command.name for command in COMMANDS]
    used = [
        match[1]
        for block in blocks(path, "(?:sh|console|shell)")
        for match in re.finditer(r"^(?:\$ )?(?:\S*/)?deltanews (?:--config \S+ )?([a-z].*)$", block, re.MULTILINE)
    ]
    assert [line for line in used if not any(f"{line} ".startswith(f"{word} ") for word in words)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_variable_that_is_named_exists(path: Path) -> None:
    known = {package.variable(key) for package in SETTINGS for key in package.model_fields} | {
        "DELTANEWS_CONFIG",
        "DELTANEWS_PORT",
    }
    named = re.findall(r"DELTANEWS_[A-Z_]*[A-Z]\b(?!…)", path.read_text(encoding="utf-8"))
    assert [variable for variable in named if variable not in known] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_repository_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith(("http", "#"))]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_that_is_named_exists(path: Path) -> None:
    folders = "text|crawler|archive|indexer|scheduler|deltanews|tests|benchmarks|deploy|docs"
    named = re.findall(rf"`((?:{folders})/[a-z0-9_./*-]*)`", path.read_text(encoding="utf-8"))
    assert [name for name in named if not any(REPOSITORY.glob(name.rstrip("/")))] == []


def test_every_document_is_found_from_the_table_of_documents() -> None:
    contents = (REPOSITORY / "docs/README.md").read_text(encoding="utf-8")
    documents = [path.relative_to(REPOSITORY / "docs").as_posix() for path in (REPOSITORY / "docs").rglob("*.md")]
    assert [name for name in documents if name != "README.md" and f"]({name})" not in contents] == []


def test_every_make_target_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        target
        for path in DOCUMENTS
        for target in re.findall(r"(?:^|`|\$ )make ([a-z]+)\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named
    assert named <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_the_text_exists_with_its_options(path: Path) -> None:
    commands = {command.name: command for command in COMMANDS}
    wrong = []
    for line in re.findall(r"`deltanews ([a-z][^`…|]*)`", path.read_text(encoding="utf-8")):
        words = line.split()
        command = commands.get(" ".join(words[:2])) or commands.get(words[0])
        options = {word.partition("=")[0] for word in words if word.startswith("--")}
        known = {option for parameter in imported(command).params for option in parameter.opts} if command else set()
        if command is None or options - known:
            wrong.append(line)
    assert wrong == []

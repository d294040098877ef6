"""The folder that a node with security runs from: an ordinary home and the modules for it, built once and kept."""

import base64
import hashlib
import os
import shutil
import tempfile
from itertools import chain
from pathlib import Path

from tests.elasticsearch_node.home import CACHE, VERSION, compile_java, copy_jars, describe, jars, pack

SOURCES = Path(__file__).parent
USER, PASSWORD = "tester", "of the tests alone"
"""Who may do everything, and hands out the keys."""
ABSENT = frozenset(
    {"org.opensaml", "net.shibboleth.utilities", "es-opensaml-security-api", "x-pack-template-resources"}
)
"""Groups and artifacts that no package registry has: SAML's libraries, and templates for indexes of logs."""
TWICE = frozenset({"slf4j-api", "com.github.stephenc.jcip"})
"""What Maven finds for security a second time, in another version or under another name."""
SAML_TYPES = ("core.xml.XMLObject", "saml.saml2.core.RequestAbstractType", "saml.saml2.core.StatusResponseType")
"""What the node reads of them at its start, in the signatures of methods that are never called without SAML."""


def secured_home(ordinary: Path) -> Path:
    """Return the home, built if it is not there yet (about 10 s, once); the caller holds a lock."""
    home = CACHE / f"{ordinary.name}-secured-1"
    if not home.exists():
        new = Path(tempfile.mkdtemp(prefix="secured-", dir=CACHE))
        shutil.copytree(ordinary, new, copy_function=os.link, dirs_exist_ok=True)
        _add_security(new)
        _add_user(new / "config")
        new.rename(home)
    return home


def _add_security(home: Path) -> None:
    core = jars(f"org.elasticsearch.plugin:x-pack-core:{VERSION}", ABSENT)
    security = jars(f"org.elasticsearch.plugin:x-pack-security:{VERSION}", ABSENT | TWICE)
    server = {path.name for path in (home / "lib").iterdir()}
    modules = home / "modules"
    # A jar that a module finds below it must not stand in its own folder as well.
    copy_jars((path for name, path in core.items() if name not in server), modules / "x-pack-core")
    copy_jars((path for name, path in security.items() if name not in server | set(core)), modules / "x-pack-security")
    describe(modules / "x-pack-core", "org.elasticsearch.xpack.core.XPackPlugin")
    describe(
        modules / "x-pack-security",
        "org.elasticsearch.xpack.security.Security",
        **{"extended.plugins": "x-pack-core"},
    )
    written = home / "sources"
    for name in SAML_TYPES:
        package, _, interface = f"org.opensaml.{name}".rpartition(".")
        source = written / f"{interface}.java"
        source.parent.mkdir(exist_ok=True)
        source.write_text(f"package {package};\n\npublic interface {interface} {{}}\n", encoding="utf-8")
    classes = home / "classes"
    compile_java(chain(written.iterdir(), [SOURCES / "KeyAnalysis.java"]), (home / "lib").glob("*.jar"), classes)
    pack(classes, "org/**/*.class", modules / "x-pack-security/saml.jar")
    (modules / "key-analysis").mkdir()
    pack(classes, "delta/*.class", modules / "key-analysis/key-analysis.jar")
    describe(modules / "key-analysis", "delta.KeyAnalysis")
    shutil.rmtree(classes)
    shutil.rmtree(written)


def _add_user(config: Path) -> None:
    salt = os.urandom(32)
    key = hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), salt, 10_000, 32)
    words = "$".join(("{PBKDF2}10000", base64.b64encode(salt).decode(), base64.b64encode(key).decode()))
    (config / "users").write_text(f"{USER}:{words}\n", encoding="utf-8")
    (config / "users_roles").write_text(f"superuser:{USER}\n", encoding="utf-8")

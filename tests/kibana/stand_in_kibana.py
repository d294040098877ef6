"""A stand-in of Kibana's import, as its public source behaves, its three traps included.

1. `errors` and `successResults` are left out where they are empty.
2. Where an object conflicts or misses a reference nothing is written, yet `successCount` counts what would have been.
3. Other failures are partial: some objects are written, some not, and the status is 200 all the same.
"""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Space:
    """What a space holds, by type and id."""

    objects: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass
class KibanaStandIn:
    version: str = "9.5.3"
    level: str = "available"
    api_key: str | None = None
    base_path: str = ""
    may_write: bool = True
    newest_dashboard: tuple[int, int] = (10, 3)
    """The newest typeMigrationVersion of a dashboard that this Kibana knows."""
    spaces: dict[str, Space] = field(default_factory=lambda: {"default": Space(), "news": Space()})
    url: str = ""

    def answer(self, method: str, target: str, headers: Any, body: bytes) -> tuple[int, Any]:
        path = urlsplit(target).path
        if not path.startswith(self.base_path):
            return 404, {"statusCode": 404, "error": "Not Found", "message": "Not Found"}
        path = path.removeprefix(self.base_path)
        known = self.api_key is None or headers.get("Authorization") == f"ApiKey {self.api_key}"
        if (method, path) == ("GET", "/api/status"):
            told = {"version": {"number": self.version}} if known else {}
            status = 200 if self.level != "unavailable" else 503
            return status, {"status": {"overall": {"level": self.level}}} | told
        found = re.fullmatch(
            r"(?:/s/([a-z0-9_-]+))?/api/(saved_objects/_import|saved_objects/_export|kibana/settings)", path
        )
        space = self.spaces.get(found[1] or "default") if found else None
        call = found[2] if found else ""
        name, content = _file_of(headers, body) if space and call.endswith("_import") else (".ndjson", b"")
        refusals = {
            (401, "unable to authenticate"): not known,
            (404, "Not Found"): space is None,
            (400, "Request must contain a kbn-xsrf header."): method != "GET" and "kbn-xsrf" not in headers,
            (400, f"Invalid file extension {name}"): not name.endswith(".ndjson"),
            (403, "Unable to bulk_create dashboard"): not self.may_write and call.endswith("_import"),
        }
        for (status, message), refused in refusals.items():
            if refused:
                return status, {"statusCode": status, "message": message}
        assert space
        if call == "kibana/settings":
            space.settings |= json.loads(body)["changes"] if method == "POST" else {}
            return 200, {"settings": {name: {"userValue": value} for name, value in space.settings.items()}}
        if call.endswith("_export"):
            types = json.loads(body)["type"]
            return 200, [one for (kind, _), one in space.objects.items() if kind in types]
        overwrite = parse_qs(urlsplit(target).query).get("overwrite") == ["true"]
        return self.load(space, [json.loads(line) for line in content.splitlines()], overwrite=overwrite)

    def load(self, space: Space, objects: list[dict[str, Any]], *, overwrite: bool) -> tuple[int, Any]:
        keys = [(one["type"], one["id"]) for one in objects]
        if len(set(keys)) < len(keys):
            message = "Non-unique import objects detected"
            return 400, {"statusCode": 400, "error": "Bad Request", "message": message}
        resolvable = []
        for one, key in zip(objects, keys, strict=True):
            missing = [
                {"type": each["type"], "id": each["id"]}
                for each in one["references"]
                if (each["type"], each["id"]) not in {*keys, *space.objects}
            ]
            if missing:
                resolvable.append(_error(one, {"type": "missing_references", "references": missing}))
            elif key in space.objects and not overwrite:
                resolvable.append(_error(one, {"type": "conflict"}))
        failed = [one for one in objects if one["type"] == "dashboard" and self.is_too_new(one)]
        errors = [*resolvable]
        for one in failed:
            message = f"Document {one['id']} belongs to a more recent version of Kibana"
            errors.append(_error(one, {"type": "unknown", "statusCode": 422, "message": message}))
        written = [one for one in objects if one not in failed]
        if not resolvable:
            space.objects |= {(one["type"], one["id"]): one for one in written}
        count = len(objects) - len(errors)
        answer: dict[str, Any] = {"success": not errors, "successCount": count, "warnings": []}
        return 200, answer | ({"errors": errors} if errors else {})

    def is_too_new(self, one: dict[str, Any]) -> bool:
        return tuple(map(int, one["typeMigrationVersion"].split(".")[:2])) > self.newest_dashboard


def _error(one: dict[str, Any], error: dict[str, Any]) -> dict[str, Any]:
    title = one["attributes"]["title"]
    return {"type": one["type"], "id": one["id"], "meta": {"title": title, "icon": "x"}, "error": error}


def _file_of(headers: Any, body: bytes) -> tuple[str, bytes]:
    head = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode()
    (part,) = BytesParser(policy=HTTP).parsebytes(head + body).iter_parts()
    assert part.get_param("name", header="content-disposition") == "file"
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return part.get_filename() or "", content


@contextmanager
def running(kibana: KibanaStandIn) -> Iterator[KibanaStandIn]:
    """Serve the stand-in on loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, answer = kibana.answer(self.command, self.path, self.headers, body)
            lines = answer if isinstance(answer, list) else [answer]  # an export is an object a line
            payload = "\n".join(json.dumps(one, ensure_ascii=False) for one in lines).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        do_GET = do_POST = reply  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    kibana.url = f"http://127.0.0.1:{server.server_port}{kibana.base_path}"
    try:
        yield kibana
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""Kibana over HTTP: who answers, and the import of a file of saved objects."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import urllib3
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from core.errors import DeltaNewsError
from indexer.kibana.saved_object import TYPE_VERSIONS, assets_version
from indexer.settings import IndexerSettings

OLDEST = (8, 19)
_READY = frozenset({"available", "degraded"})
_SECONDS = 60.0
_REMEDIES = {
    401: "the API key is wrong or expired: set kibana_api_key",
    403: "the API key lacks a privilege in this space; docs/kibana.md has the role that is needed",
    404: "there is no Kibana, or no such space, at this address: check kibana_url (base path too) and kibana_space",
    413: "the file is larger than Kibana takes: raise savedObjects.maxImportPayloadBytes",
    503: "Kibana is starting or has lost its Elasticsearch: wait, or look at its log",
}


class KibanaError(DeltaNewsError):
    """Kibana cannot be used or has not taken the assets; the message says why and how to fix it."""


@dataclass(frozen=True)
class ImportResult:
    """What Kibana says of an import."""

    success: bool
    """The only word to trust: where it is False, Kibana may count objects that it has not written."""
    count: int
    errors: tuple[str, ...]
    """Each object that was not taken, and why."""


class Kibana:
    """One space of one Kibana."""

    def __init__(self, url: str, space: str = "default", *, api_key: str | None = None, ca: str | None = None) -> None:
        self.url = url.rstrip("/")
        self.space = space
        self._headers = {"kbn-xsrf": "deltanews"} | ({"Authorization": f"ApiKey {api_key}"} if api_key else {})
        self._http = urllib3.PoolManager(ca_certs=ca, retries=False, timeout=_SECONDS)

    @classmethod
    def configured(cls, settings: IndexerSettings) -> "Kibana":
        """Return the Kibana of the settings."""
        ca = str(settings.kibana_ca_certs) if settings.kibana_ca_certs else None
        return cls(settings.kibana_url, settings.kibana_space, api_key=settings.kibana_key, ca=ca)

    def check(self) -> str:
        """Return the version that answers, or `unknown` where Kibana tells it to nobody without a key.

        Raises KibanaError where it is no Kibana, is not ready, or is too old for the assets.
        """
        status = self._ask("GET", f"{self.url}/api/status")
        level = status.get("status", {}).get("overall", {}).get("level")
        if level not in _READY:
            raise KibanaError(f"{self.url} is no Kibana that is ready (its level is {level}): {_REMEDIES[503]}")
        number = str(status.get("version", {}).get("number", "unknown"))
        parts = number.split(".")
        if parts[0].isdigit() and (int(parts[0]), int(parts[1])) < OLDEST:
            raise KibanaError(f"{self.url} is Kibana {number}; the assets need {'.'.join(map(str, OLDEST))} or later")
        return number

    def import_objects(self, file: bytes, *, overwrite: bool = True) -> ImportResult:
        """Import a file of saved objects. Raises KibanaError where Kibana takes no import at all."""
        answer = self._ask(
            "POST",
            f"{self._api}/saved_objects/_import?overwrite={str(overwrite).lower()}",
            fields={"file": ("deltanews.ndjson", file, "application/ndjson")},
        )
        # Kibana leaves `errors` out where there are none, whatever its reference says.
        errors = tuple(_describe(error) for error in answer.get("errors", ()))
        return ImportResult(answer.get("success") is True, int(answer.get("successCount", 0)), errors)

    def versions(self) -> dict[tuple[str, str], int]:
        """Return the version of every object of our types in the space, by type and id. Raises KibanaError."""
        body = {"type": list(TYPE_VERSIONS), "excludeExportDetails": True}
        response = self._send("POST", f"{self._api}/saved_objects/_export", json=body)
        if response.status >= 400:
            self._read(response, f"{self._api}/saved_objects/_export")
        lines = [line for line in response.data.decode().splitlines() if line.strip()]
        return {(one["type"], one["id"]): assets_version(line) for line in lines if "id" in (one := json.loads(line))}

    def set_missing(self, settings: Mapping[str, str]) -> list[str]:
        """Set those of the space's advanced settings that nobody has set; return their names. Raises KibanaError."""
        url = f"{self._api}/kibana/settings"
        present = self._ask("GET", url).get("settings", {})
        changes = {name: value for name, value in settings.items() if "userValue" not in present.get(name, {})}
        if changes:
            self._ask("POST", url, json={"changes": changes})
        return list(changes)

    @property
    def _api(self) -> str:
        """Address of the space's API."""
        return f"{self.url}/api" if self.space == "default" else f"{self.url}/s/{self.space}/api"

    def _send(self, method: str, url: str, **more: Any) -> BaseHTTPResponse:
        try:
            return self._http.request(method, url, headers=self._headers, **more)
        except HTTPError as error:
            raise KibanaError(f"{self.url} does not answer ({error}): check kibana_url and whether it is up") from error

    def _ask(self, method: str, url: str, **more: Any) -> dict[str, Any]:
        return self._read(self._send(method, url, **more), url)

    def _read(self, response: BaseHTTPResponse, url: str) -> dict[str, Any]:
        try:
            body = json.loads(response.data)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise KibanaError(f"{url} answers {response.status} with something that is not Kibana's: check kibana_url")
        if response.status >= 400 and not (response.status == 503 and "status" in body):
            reason = body.get("message", "")
            raise KibanaError(
                f"{url} answers {response.status} {reason}: {_REMEDIES.get(response.status, 'see above')}"
            )
        return body


def _describe(error: dict[str, Any]) -> str:
    """Return one error of an import in a line."""
    problem = error.get("error", {})
    title = error.get("title") or error.get("meta", {}).get("title") or ""
    words = {
        "conflict": "is there already; import with --overwrite to replace it",
        "ambiguous_conflict": "is there more than once",
        "unsupported_type": "is of a type that this Kibana does not know",
        "missing_references": "refers to what is missing: "
        + ", ".join(f"{each.get('type')} {each.get('id')}" for each in problem.get("references", ())),
    }
    said = words.get(problem.get("type"), f"{problem.get('statusCode', '')} {problem.get('message', problem)}".strip())
    return f"{error.get('type')} {title or error.get('id')}: {said}"

"""yaml-language-server, driven over its protocol: JSON-RPC with `Content-Length` headers, through stdin and stdout."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HERE = Path(__file__).parent
SERVER = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
CURSOR = "‸"
PATIENCE = 120
"""Seconds after which a server that says nothing is taken to be dead."""

_CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown", "plaintext"], "snippetSupport": True}},
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {"relatedInformation": True},
    },
    "workspace": {"configuration": True, "workspaceFolders": True},
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is offered: its label, what is put in for it, and what it says."""

    label: str
    inserts: str
    says: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One complaint: the text that it underlines, and what it says."""

    at: str
    says: str


@dataclass(slots=True)
class Server:
    """A running server with the settings of an editor."""

    folder: Path
    settings: Mapping[str, Any]
    _process: subprocess.Popen[bytes] = field(init=False, repr=False)
    _listener: threading.Thread = field(init=False, repr=False)
    _inbox: queue.Queue[dict[str, Any] | None] = field(default_factory=queue.Queue, init=False, repr=False)
    _last: int = field(default=0, init=False)
    _opened: int = field(default=0, init=False)
    _configured: bool = field(default=False, init=False)
    _diagnostics: dict[str, list[dict[str, Any]]] = field(default_factory=dict, init=False, repr=False)

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            ["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=self.folder
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        root = {"uri": self.folder.as_uri(), "name": "work"}
        told = {"processId": None, "rootUri": root["uri"], "workspaceFolders": [root], "capabilities": _CAPABILITIES}
        self._ask("initialize", told)
        self._tell("initialized", {})
        while not self._configured:
            self._handle(self._next())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._ask("shutdown", None)
                self._tell("exit", None)
        finally:
            self._process.kill()
            self._process.wait()
            self._listener.join()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()

    # --- what an editor asks

    def complete(self, name: str, text: str) -> dict[str, Item]:
        """What is offered where the cursor stands in a file, by label."""
        uri, position = self._open(name, text)
        found = self._ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": position})
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: _item(item) for item in items}

    def hover(self, name: str, text: str) -> str:
        """What is said of the word where the cursor stands."""
        uri, position = self._open(name, text)
        found = self._ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": position})
        return str(found["contents"]["value"]) if found else ""

    def diagnose(self, name: str, text: str) -> list[Diagnostic]:
        """What is wrong with a file."""
        uri, _ = self._open(name, text)
        lines = text.splitlines()
        while uri not in self._diagnostics:
            self._handle(self._next())
        return [_diagnostic(each, lines) for each in self._diagnostics[uri]]

    # --- the protocol

    def _open(self, name: str, text: str) -> tuple[str, dict[str, int]]:
        """Opens a file that is nowhere on the disk, each time in a folder of its own; its address and the cursor."""
        before, _, after = text.partition(CURSOR)
        self._opened += 1
        uri = (self.folder / str(self._opened) / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": before + after}
        self._tell("textDocument/didOpen", {"textDocument": document})
        lines = before.split("\n")
        return uri, {"line": len(lines) - 1, "character": len(lines[-1])}

    def _ask(self, method: str, params: Any) -> Any:
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == self._last and "method" not in message:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self._handle(message)

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _handle(self, message: dict[str, Any]) -> None:
        """Answers what the server asks, and keeps what it tells."""
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            told = message["params"]
            self._diagnostics[told["uri"]] = told["diagnostics"]
        elif "id" in message and method == "workspace/configuration":
            wanted = [self.settings.get(item.get("section", "")) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": wanted})
            self._configured = True
        elif "id" in message and method is not None:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        message = self._inbox.get(timeout=PATIENCE)
        if message is None:
            raise RuntimeError("the language server has ended")
        return message

    def _listen(self) -> None:
        """Puts every message of the server into the inbox; None when it has ended."""
        out = self._process.stdout
        assert out is not None
        while line := out.readline():
            length = 0
            while line.strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                line = out.readline()
            self._inbox.put(json.loads(out.read(length)))
        self._inbox.put(None)


def _item(item: Mapping[str, Any]) -> Item:
    said = item.get("documentation") or ""
    inserts = item.get("textEdit", {}).get("newText", item.get("insertText", item["label"]))
    return Item(item["label"], inserts, said["value"] if isinstance(said, dict) else said)


def _diagnostic(found: Mapping[str, Any], lines: list[str]) -> Diagnostic:
    start, end = found["range"]["start"], found["range"]["end"]
    line = lines[start["line"]] if start["line"] < len(lines) else ""
    last = end["character"] if end["line"] == start["line"] else len(line)
    return Diagnostic(line[start["character"] : last], found["message"])

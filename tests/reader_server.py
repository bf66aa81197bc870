"""A server on loopback that speaks the OpenAI protocol and answers, well or badly, as a test tells it."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server(ThreadingHTTPServer):
    """`script` gets the number of the request and what was asked, and gives what `Handler` sends."""

    daemon_threads = True

    def __init__(self, script):
        super().__init__(("127.0.0.1", 0), Handler)
        self.script = script
        self.asked = []
        self.headers_seen = []
        self.lock = threading.Lock()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request, client_address):
        """Clients that hang up are part of the tests."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with self.server.lock:
            self.server.asked.append(body)
            self.server.headers_seen.append({k.lower(): v for k, v in self.headers.items()})
            number = len(self.server.asked)
        answer = self.server.script(number, body)
        answer(self)

    def log_message(self, *args):
        pass


def question(body):
    """The data of a request: issues, actors, context, paragraph."""
    return json.loads(body["messages"][-1]["content"])


def send(handler, status, body, headers=()):
    handler.send_response(status)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(len(body)))
    for name, value in headers:
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def words(text, reason="stop"):
    """A completion with these words."""
    completion = {
        "id": "1",
        "object": "chat.completion",
        "choices": [{"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10},
    }
    return lambda handler: send(handler, 200, json.dumps(completion).encode())


def positions(*rows):
    """A completion with these rows: (actor, issue, stance, evidence[, condition])."""
    names = ("actor", "issue", "stance", "evidence", "condition")
    found = [dict(zip(names, (*row, None)[:5], strict=True)) for row in rows]
    return words(json.dumps({"positions": found}))


def status(code, headers=()):
    return lambda handler: send(handler, code, b'{"error": {"message": "no"}}', headers)


def raw(body):
    return lambda handler: send(handler, 200, body)


def huge(handler):
    """Endless white space in front of an answer that never comes."""
    handler.send_response(200)
    handler.send_header("content-length", str(10**9))
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b" " * 65536)


def dripping(handler):
    """A byte now and then, for longer than anybody waits."""
    handler.send_response(200)
    handler.send_header("content-length", "1000")
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def hanging(handler):
    time.sleep(2)


def hung_up(handler):
    handler.connection.close()


@contextmanager
def served(script):
    """A running server; `script(number, body)` gives one of the answers above."""
    server = Server(script)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

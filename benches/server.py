"""How fast a running `serve` answers search_calls over MCP.

    cargo run --release --example load -- /tmp/20k.db 20000
    call-coach serve --dev --database-url /tmp/20k.db &
    python3 benches/server.py PORT CLIENTS RATE SECONDS [ARGUMENTS]

Clients stay connected. RATE is requests a second of all clients together, 0 as fast as possible. ARGUMENTS are the tool's, as
JSON; without them six kinds of questions take turns. A request's time begins when it was due, so that waiting behind a
slower one counts. Figures stand in benches/README.md.
"""

import asyncio
import json
import sys
import time

HOST = "127.0.0.1"
QUESTIONS = [
    {"limit": 20},
    {"text": "quokka"},
    {"text": "numbat", "limit": 10},
    {"min_score": 60},
    {"has_objection_type": "pricing"},
    {"date_range": {"start": "90d"}},
]
META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": {"name": "bench", "version": "1"},
}


def request(port, arguments):
    params = {"name": "search_calls", "arguments": arguments, "_meta": META}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}).encode()
    head = [
        "POST /mcp HTTP/1.1",
        f"Host: {HOST}:{port}",
        "Content-Type: application/json",
        "Accept: application/json, text/event-stream",
        "MCP-Protocol-Version: 2026-07-28",
        "Mcp-Method: tools/call",
        "Mcp-Name: search_calls",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


async def answer(reader):
    """Whether the answer that comes is a result."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    if "content-length:" in head:
        body = await reader.readexactly(int(head.split("content-length:")[1].split("\r\n")[0]))
    else:
        body = b""
        while size := int(await reader.readuntil(b"\r\n"), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readexactly(2)
    return head.startswith("http/1.1 200") and b'"isError":true' not in body


async def client(number, clients, port, rate, start, end, questions, times, errors):
    reader, writer = await asyncio.open_connection(HOST, port)
    turn = 0
    while True:
        due = start + (turn * clients + number) / rate if rate else time.perf_counter()
        if max(due, time.perf_counter()) > end:
            writer.close()
            return
        await asyncio.sleep(max(0, due - time.perf_counter()))
        writer.write(request(port, questions[(turn * clients + number) % len(questions)]))
        if not await answer(reader):
            errors.append(turn)
        times.append(time.perf_counter() - due)
        turn += 1


async def main(port, clients, rate, seconds, questions):
    times, errors = [], []
    start = time.perf_counter() + 0.2
    await asyncio.gather(
        *(client(n, clients, port, rate, start, start + seconds, questions, times, errors) for n in range(clients))
    )
    times.sort()
    p50, p99 = (times[int(share * (len(times) - 1))] * 1000 for share in (0.5, 0.99))
    print(
        f"{clients} clients, {rate or 'any number of'} requests/s wanted, {len(times) / seconds:.0f}/s answered, "
        f"{len(errors)} errors, p50 {p50:.1f} ms, p99 {p99:.1f} ms, slowest {times[-1] * 1000:.1f} ms"
    )


asyncio.run(
    main(
        int(sys.argv[1]),
        int(sys.argv[2]),
        float(sys.argv[3]),
        float(sys.argv[4]),
        [json.loads(sys.argv[5])] if len(sys.argv) > 5 else QUESTIONS,
    )
)

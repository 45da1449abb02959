"""How fast a running `serve` answers search_calls over MCP: clients that stay connected, paced or as fast as they can.

    cargo run --release --example load -- /tmp/load.db 20000
    call-coach serve --dev --database-url /tmp/load.db &
    python3 benches/server.py PORT CLIENTS RATE SECONDS [ARGUMENTS]    # RATE 0: as fast as possible

Measured on 23 November 2026 on 20,000 calls in SQLite, 2 cores shared with other builds (load 5 to 6), this client on the
same machine; times include waiting behind the pace that was asked for:

    start to ready, --dev, demo database, 15 times: median 12 ms, slowest 67 ms
    1 client      {"limit": 20}                    p50   2.8 ms  p99  15.7 ms    270/s
    1 client      {"date_range": {"start": "90d"}} p50   2.9 ms  p99  12.0 ms    274/s
    1 client      {"text": "quokka"}               p50  12.1 ms  p99  34.0 ms     76/s
    1 client      {"has_objection_type": "pricing"} p50 17.9 ms  p99   181 ms     41/s
    1 client      {"min_score": 60}                p50  31.8 ms  p99  72.2 ms     32/s
    1 client      {"text": "numbat", "limit": 10}  p50   114 ms  p99   180 ms      9/s
    64 at 100/s   {"limit": 20}                    p50   4.2 ms  p99  13.1 ms   no error
    64 at 100/s   {"text": "quokka"}               p50   481 ms  p99   758 ms   no error: more than it can do
    64 at 100/s   a mixture of all these           p50  3009 ms  p99  5696 ms   no error: more than it can do
    64 at most    {"limit": 20}                    440/s
    64 at most    a mixture of all these            74/s
    memory at its highest 70 MB

Lists by date are within what was wished for (one client p50 10 ms; 64 clients p50 15 ms, p99 80 ms). Questions about scores,
concerns and words are not.
"""
import asyncio, json, sys, time
host, port, n, rate, secs = "127.0.0.1", int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
Q=[{"limit":20},{"text":"quokka"},{"text":"numbat","limit":10},{"min_score":60},{"has_objection_type":"pricing"},{"date_range":{"start":"90d"}}]
if len(sys.argv)>5: Q=[json.loads(sys.argv[5])]
def req(i):
    m={"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"}}
    b=json.dumps({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_calls","arguments":Q[i%len(Q)],"_meta":m}}).encode()
    return (f"POST /mcp HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: search_calls\r\nContent-Length: {len(b)}\r\n\r\n").encode()+b
async def one(r,w,i):
    w.write(req(i)); h=(await r.readuntil(b"\r\n\r\n")).decode().lower(); body=b""
    if "content-length:" in h: body=await r.readexactly(int(h.split("content-length:")[1].split("\r\n")[0]))
    else:
        while True:
            s=int(await r.readuntil(b"\r\n"),16); c=await r.readexactly(s+2)
            if s==0: break
            body+=c
    return h.startswith("http/1.1 200") and b'"isError":true' not in body
times=[]; bad=0; dropped=0
async def client(k,start,end):
    global bad
    r,w=await asyncio.open_connection(host,port); j=0
    while True:
        due=start+(j*n+k)/rate if rate else time.perf_counter()
        if due>end or time.perf_counter()>end: break
        await asyncio.sleep(max(0,due-time.perf_counter()))
        ok=await one(r,w,j*n+k); times.append(time.perf_counter()-due); bad+=not ok; j+=1
async def main():
    s=time.perf_counter()+.2; await asyncio.gather(*(client(k,s,s+secs) for k in range(n)))
asyncio.run(main()); times.sort(); p=lambda q:round(times[min(len(times)-1,int(q*len(times)))]*1000,1)
print(f"clients {n} rate {rate or 'max'}: {len(times)} requests, {len(times)/secs:.0f}/s, errors {bad}, p50 {p(.5)} p90 {p(.9)} p99 {p(.99)} max {p(1)} ms")

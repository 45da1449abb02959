"""An independent client of both protocol eras lists and calls all three tools.

usage: client.py stdio PROGRAM DATABASE | client.py http URL
"""

import asyncio
import os
import sys

from mcp import Client, StdioServerParameters

ERAS = {"legacy": "2025-11-25", "2026-07-28": "2026-07-28", "auto": "2026-07-28"}
TOOLS = ["analyze_call", "get_rep_insights", "search_calls"]


def server(arguments):
    match arguments:
        case ["stdio", program, database]:
            environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "LOG_LEVEL": "trace"}
            command = ["mcp", "--dev", "--database-url", database]
            return StdioServerParameters(command=program, args=command, env=environment)
        case ["http", url]:
            return url
    sys.exit(__doc__)


async def called(client, tool, arguments, **more):
    result = await client.call_tool(tool, arguments, **more)
    assert not result.is_error, (tool, result.content)
    assert result.structured_content["schema_version"] == 1, tool
    assert result.content[0].text, tool
    return result.structured_content


async def run(mode, version, at):
    async with Client(at, mode=mode) as client:
        assert client.protocol_version == version, client.protocol_version
        tools = (await client.list_tools()).tools
        assert sorted(tool.name for tool in tools) == TOOLS, tools
        assert all(tool.output_schema and tool.description for tool in tools)

        # The client checks structured content against the tool's output schema itself.
        found = await called(client, "search_calls", {"limit": 3})
        assert found["total"] > len(found["calls"]) == 3 and found["truncated"]
        call = found["calls"][0]

        progress = []

        async def on_progress(done, total, message):
            progress.append((done, total))

        asked = {"call_id": call["ref"], "force_reanalysis": True}
        report = await called(client, "analyze_call", asked, progress_callback=on_progress)
        assert report["call"]["ref"] == call["ref"] and len(report["dimensions"]) == 4
        assert progress == sorted(set(progress)) and len(progress) == 4, progress

        rep = report["rep"]["email"] or report["rep"]["name"]
        insights = await called(client, "get_rep_insights", {"rep_email": rep, "time_period": "all_time"})
        assert insights["calls"] > 0

        wrong = await client.call_tool("search_calls", {"limit": "many"})
        assert wrong.is_error and "limit" in wrong.content[0].text, wrong
    print(f"ok: mcp for Python, {mode} ({version}), {sys.argv[1]}")


async def main():
    for mode, version in ERAS.items():
        await run(mode, version, server(sys.argv[1:]))


asyncio.run(asyncio.wait_for(main(), 120))

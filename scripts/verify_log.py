"""Verify an exported event log. Needs nothing but Python 3; knows nothing of kaoji.

    kaoji manage export_log > log.jsonl
    python verify_log.py log.jsonl

Every event's hash is the SHA-256 of the canonical JSON (keys sorted, no blanks, UTF-8) of
everything else in it; that includes the hash of the event before, which for the first one is
64 zeros. Whoever keeps the last hash can tell later whether the log was changed or cut.
"""

import hashlib
import json
import sys
from pathlib import Path


def verify(lines):
    """Return how many events hold and the last hash; raise ValueError at the first flaw."""
    previous, count = "0" * 64, 0
    for line in lines:
        if not line.strip():
            continue
        count += 1
        event = json.loads(line)
        stated = event.pop("hash")
        canonical = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        computed = hashlib.sha256(canonical.encode("utf-8")).hexdigest()
        if event["sequence"] != count:
            raise ValueError(
                f"event {count} is missing; number {event['sequence']} stands there"
            )
        if event["previous_hash"] != previous:
            raise ValueError(f"event {count} does not follow the one before it")
        if computed != stated:
            raise ValueError(f"event {count} was changed: its content gives {computed}")
        previous = stated
    return count, previous


def main():
    """Read the file named on the command line, or standard input."""
    if len(sys.argv) > 1:
        text = Path(sys.argv[1]).read_text("utf-8")
    else:
        text = sys.stdin.buffer.read().decode("utf-8")
    try:
        count, last = verify(text.split("\n"))
    except (ValueError, KeyError) as flaw:
        print(f"BROKEN: {flaw}")
        return 1
    print(f"{count} events hold; the last hash is {last}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

# The same commands everywhere: here, before a commit, in CI.

# check and test
default:
    ./kaoji test

# format, sort, mend
fix:
    .venv/bin/ruff check --fix src tests scripts accuracy
    .venv/bin/ruff format src tests scripts accuracy

# rewrite the rule pages
rules:
    PYTHONPATH=src .venv/bin/python scripts/rule_pages.py

# measure the rules on labelled forms, rewrite the table of accuracy
accuracy:
    PYTHONPATH=src .venv/bin/python -m accuracy --write

# collect new sentences for translation, compile the English catalogue
english:
    .venv/bin/python scripts/english.py

# describe the HTTP API anew
openapi:
    PYTHONPATH=src .venv/bin/python scripts/openapi.py

# write the JSON Schemas of what we write
schemas:
    PYTHONPATH=src .venv/bin/python scripts/schemas.py

# run one journey
story NAME:
    ./kaoji test tests/stories -k {{NAME}}

# how fast, how much memory, beside public alternatives
bench:
    PYTHONPATH=src .venv/bin/python scripts/benchmark.py
    PYTHONPATH=src .venv/bin/python scripts/benchmark_documents.py

# rewrite the hashed locks (they name no index)
lock:
    .venv/bin/uv pip compile pyproject.toml --extra web --extra office --extra postgres --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet -o requirements.lock
    .venv/bin/uv pip compile pyproject.toml --extra web --extra office --extra scan --extra postgres --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet -o requirements-dev.lock

# everything a machine without internet needs
wheelhouse:
    .venv/bin/python -m pip download --require-hashes -r requirements.lock -d wheelhouse
    .venv/bin/python -m pip wheel --no-deps --wheel-dir wheelhouse .

# syntax=docker/dockerfile:1.9
# Four images from one file: `server` (site, desk, worker, every command), `rasa` (with its trained model), `proxy`, `kannel`.
# The same folders as in the repository, under /app: Rasa's model names its dictionary by ../build/spacy.

FROM ghcr.io/astral-sh/uv:0.13.9 AS uv

FROM debian:12.12-slim AS base
ENV LANG=C.UTF-8 HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# A number that no account of the host has; the name only serves whoever looks at a list of processes.
RUN groupadd --gid 10001 hent && useradd --uid 10001 --gid hent --no-create-home --home-dir /tmp --shell /usr/sbin/nologin hent
WORKDIR /app

FROM base AS builder
COPY --from=uv /uv /usr/local/bin/uv
ENV UV_PYTHON_PREFERENCE=only-managed UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1

FROM builder AS server-environment
ENV UV_PYTHON_INSTALL_DIR=/opt/python-3.13
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --no-install-project --python 3.13
COPY api api
COPY actions actions
COPY channels channels
COPY data data
RUN uv sync --frozen --no-dev --python 3.13

FROM server-environment AS trained
ENV UV_PYTHON_INSTALL_DIR=/opt/python-3.10
COPY bot/pyproject.toml bot/uv.lock bot/
RUN uv sync --frozen --no-dev --project bot --python 3.10
COPY bot bot
RUN .venv/bin/hent train

FROM base AS rasa
COPY --from=trained /opt/python-3.10 /opt/python-3.10
COPY --from=trained /app/bot /app/bot
COPY --from=trained /app/build/spacy /app/build/spacy
COPY --from=trained /app/models /app/models
WORKDIR /app/bot
# One short text is read faster by one thread than by two.
ENV RASA_TELEMETRY_ENABLED=false OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MPLCONFIGDIR=/tmp
USER 10001:10001
EXPOSE 5005
HEALTHCHECK --interval=15s --timeout=6s --start-period=180s --retries=4 CMD [".venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:5005/webhooks/hent/ready', timeout=5)"]
CMD [".venv/bin/python", "-m", "hent_bot", "run", "--credentials", "credentials.yml", "--endpoints", "endpoints.yml", "-m", "/app/models", "--interface", "0.0.0.0", "-p", "5005"]

FROM base AS server
COPY --from=server-environment /opt/python-3.13 /opt/python-3.13
COPY --from=server-environment /app /app
# Read, never run, by the server: `hent doctor` knows by them whether Rasa's model is the one of this version.
COPY bot/config.yml bot/uv.lock bot/
COPY bot/domain bot/domain
COPY bot/hent_bot bot/hent_bot
# Empty and theirs, so that a volume put there is theirs as well.
RUN install -d -o 10001 -g 10001 -m 0700 /backups
# One short text is read faster by one thread than by two, here too.
ENV OPENBLAS_NUM_THREADS=1
ENV PATH=/app/.venv/bin:$PATH HENT_HOST=0.0.0.0 HENT_DESK_HOST=0.0.0.0 HENT_ACTIONS_HOST=0.0.0.0
USER 10001:10001
EXPOSE 8000 8001 5055
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s --retries=4 CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/live', timeout=5)"]
ENTRYPOINT ["hent"]
CMD ["serve"]

FROM base AS kannel
RUN apt-get update && apt-get install -y --no-install-recommends kannel=1.4.5-12 && rm -rf /var/lib/apt/lists/*
# What is under way lies there: theirs, so that the volume is theirs as well.
RUN install -d -o 10001 -g 10001 -m 0700 /var/spool/kannel /var/spool/kannel/store /var/spool/kannel/dlr
USER 10001:10001
EXPOSE 13001
# Its own page, not the boxes' port: whoever calls there is taken for a box, and handed messages.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["bash", "-c", ": > /dev/tcp/127.0.0.1/13000"]
# Below 3 it writes numbers and texts into its log.
CMD ["/usr/sbin/bearerbox", "-v", "3", "/run/secrets/kannel_conf"]

FROM caddy:2.10.2-alpine AS proxy
# Certificates are kept in /data: the image leaves it to root.
RUN chown -R 10001:10001 /data /config
COPY deploy/Caddyfile /etc/caddy/Caddyfile
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]

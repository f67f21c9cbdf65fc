# Two images from one file: `web` for the three services, `worker` with LibreOffice and fonts.
ARG BASE_IMAGE=debian:bookworm-slim

FROM ${BASE_IMAGE} AS web
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/opt/thidua/.venv/bin:$PATH
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 python3-venv tini \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin thidua \
 && install -d -o thidua -g thidua /var/lib/thidua /var/lib/thidua/files /var/lib/thidua/attachments
WORKDIR /opt/thidua
COPY requirements/runtime.lock requirements/runtime.lock
RUN python3 -m venv .venv \
 && .venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements/runtime.lock
COPY pyproject.toml README.md LICENSE ./
COPY requirements/runtime.in requirements/runtime.in
COPY kernel kernel
COPY ooxml ooxml
COPY vnadmin vnadmin
COPY services services
COPY client client
COPY embedded embedded
COPY templates templates
RUN .venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --editable .
USER 10001
ENTRYPOINT ["tini", "--"]

FROM web AS worker
USER root
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends libreoffice-writer-nogui python3-uno fontconfig \
    fonts-liberation2 fonts-crosextra-carlito fonts-crosextra-caladea \
 && rm -rf /var/lib/apt/lists/*
USER 10001

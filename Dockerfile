# The base is pinned by tag; whoever builds for production names its digest:
#   --build-arg BASE=python:3.11-slim@sha256:…
ARG BASE=python:3.11-slim

FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
COPY requirements.build.lock requirements.image.lock ./
# Without isolation pip builds with the locked tools alone and fetches no others.
RUN pip install --require-hashes -r requirements.build.lock --only-binary=:all: \
    && pip install --require-hashes -r requirements.image.lock \
        --prefix=/image --ignore-installed --no-build-isolation
COPY pyproject.toml README.md LICENSE ./
COPY shared ./shared
COPY services ./services
COPY gateway ./gateway
COPY deploy ./deploy
RUN pip install . --prefix=/image --no-deps --no-index --no-build-isolation

FROM ${BASE}
ARG VERSION=unreleased
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Zhengbu" \
    org.opencontainers.image.description="A headless CMS for groups of government websites." \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}"
RUN pip uninstall --yes --root-user-action=ignore pip setuptools wheel \
    && rm -rf /usr/local/lib/python3.11/ensurepip \
    && groupadd --gid 10001 zhengbu \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin zhengbu
COPY --from=build /image /usr/local
# The root may be mounted read-only: the processes write to /tmp alone.
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
EXPOSE 8000 8001 8002 8003 8011 8012 8013
ENTRYPOINT ["zhengbu"]

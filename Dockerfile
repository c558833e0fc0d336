# The server with everything it needs. Node.js is only in the first stage, inside the build.
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir "uv>=0.9,<1"
WORKDIR /detente
ENV UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
COPY . .
RUN uv sync --no-dev --no-editable --compile-bytecode

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 detente && install --directory --owner=detente /matches
COPY --from=build /detente/.venv /detente/.venv
USER 10001
ENV PATH=/detente/.venv/bin:$PATH DETENTE_DATABASE=sqlite:////matches/detente.sqlite3
VOLUME /matches
EXPOSE 8000
HEALTHCHECK --interval=10s --start-period=20s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/api/health/ready')"]
ENTRYPOINT ["detente"]
CMD ["serve"]

# The service alone; the database is another container, see docker-compose.yml.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/parley
COPY requirements/runtime.txt requirements/
RUN /opt/parley/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements/runtime.txt
COPY . .
RUN /opt/parley/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home parley
COPY --from=build /opt/parley /opt/parley
USER parley
ENV PATH=/opt/parley/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PARLEY_HOST=0.0.0.0
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=12 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["parley", "serve", "--no-browser", "--port", "8000"]

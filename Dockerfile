# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt /tmp/requirements.txt
RUN pip install --require-hashes -r /tmp/requirements.txt
WORKDIR /app
COPY . .
# Static files are part of the image; the data folder made on the way is not.
RUN ACR_DATA=/tmp/data ACR_STATIC=/app/staticfiles python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q acr_program accounts reviews pilots keyaccounts

FROM python:3.13-slim AS run
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 libfontconfig1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent acr \
    && install -d -m 700 -o acr -g acr /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    ACR_MODE=production ACR_DATA=/data ACR_STATIC=/app/staticfiles ACR_BIND=0.0.0.0 PORT=8000
USER acr
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "acr_program.config.pulse", "web"]
CMD ["gunicorn", "--config", "python:acr_program.config.gunicorn"]

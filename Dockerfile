# Builds call-coach and keeps only the program and the certificates it needs.
#
#   docker build -t call-coach .
#   docker run --rm -v call-coach:/data --env-file .env call-coach sync
FROM rust:1.95-trixie AS build
WORKDIR /src
COPY . .
# The repository comes along for the commit that `--version` names, and stays behind in this stage.
RUN cargo install --locked --path . --root /out

FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home coach \
    && install -d -o coach -m 0700 /data
COPY --from=build /out/bin/call-coach /usr/local/bin/call-coach
USER coach
# Everything that is kept lies here; mount a volume, or set DATABASE_URL to a PostgreSQL.
VOLUME /data
WORKDIR /data
ENV CALL_COACH_DATABASE_URL=/data/calls.db
ENTRYPOINT ["call-coach"]
CMD ["--help"]

# The program in a container. Nobody of the project has built this image: it is a recipe, written with care and not tried.
#
#   docker build -t dewpoint .
#   docker run --rm -v "$PWD:/work" --user "$(id -u):$(id -g)" dewpoint run spi1
#
# Results are those of any other machine, to the byte.
FROM rust:1.89-slim-bookworm AS build
WORKDIR /source
COPY . .
# The versions that were tested, and only the program.
RUN cargo build --release --locked --bin dewpoint

FROM debian:bookworm-slim
COPY --from=build /source/target/release/dewpoint /usr/local/bin/dewpoint
COPY --from=build /source/LICENSE-MIT /source/LICENSE-APACHE /usr/share/doc/dewpoint/
WORKDIR /work
ENTRYPOINT ["dewpoint"]
CMD ["--help"]

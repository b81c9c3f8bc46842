# The command line, with git for policies of other commits. Mount the repository at /work, as the user who owns it:
#     docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/work" IMAGE check
FROM node:24-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/*
COPY LICENSE /opt/portgate/
COPY dist/cli /opt/portgate/cli
USER node
WORKDIR /work
ENTRYPOINT ["node", "/opt/portgate/cli/index.js"]
CMD ["help"]

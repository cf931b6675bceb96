# The server alone; its database is beside it (compose.yaml).
FROM node:24.21.0-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The optional packages are an embedded PostgreSQL for every system; no package's scripts are run.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24.21.0-slim
ENV NODE_ENV=production TRUCE_HOST=0.0.0.0 TRUCE_PORT=8787 TRUCE_DATA=/data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY server server
COPY utils/agreement utils/agreement
COPY utils/contract utils/contract
# Whatever the rights were where it was checked out.
RUN chmod -R a+rX package.json server utils && install --directory --owner=node --group=node --mode=0700 /data
VOLUME /data
USER node
EXPOSE 8787
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.TRUCE_PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=16", "server/main.ts"]

# One image for all roles of deploy/role.mjs.

FROM node:20.20.2-bookworm-slim AS manifests
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
COPY activities/package.json activities/
COPY api/package.json api/
COPY benchmarks/package.json benchmarks/
COPY contracts/package.json contracts/
COPY db/package.json db/
COPY expressions/package.json expressions/
COPY layout/package.json layout/
COPY proof/package.json proof/
COPY temporal-config/package.json temporal-config/
COPY tests/package.json tests/
COPY web/package.json web/
COPY worker/package.json worker/
COPY workflows/package.json workflows/

# Only what is needed at run time: no compilers, no sources of web, tests and benchmarks.
FROM manifests AS packages
RUN npm ci --omit=dev --ignore-scripts -w api -w worker
COPY deploy/prune.mjs deploy/
# Readable for the user of the image, whatever the umask of the clone.
RUN node deploy/prune.mjs api worker && rm -r deploy && chmod -R go+rX .

FROM manifests AS build
RUN npm ci --ignore-scripts
COPY . .
RUN node scripts/build.mjs && chmod -R go+rX .

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3001
WORKDIR /app
COPY --from=packages /app ./
COPY --from=build /app/activities/dist activities/dist
COPY --from=build /app/api/dist api/dist
COPY --from=build /app/api/templates api/templates
COPY --from=build /app/contracts/dist contracts/dist
COPY --from=build /app/db/dist db/dist
COPY --from=build /app/db/prisma/migrations db/prisma/migrations
COPY --from=build /app/expressions/dist expressions/dist
COPY --from=build /app/layout/dist layout/dist
COPY --from=build /app/proof/dist proof/dist
COPY --from=build /app/temporal-config/dist temporal-config/dist
COPY --from=build /app/temporal-config/settings.json /app/temporal-config/dynamic-config.json temporal-config/
COPY --from=build /app/web/dist web/dist
COPY --from=build /app/worker/dist worker/dist
COPY --from=build /app/workflows/dist workflows/dist
COPY --from=build /app/deploy/role.mjs /app/deploy/healthy.mjs deploy/
USER node
EXPOSE 3001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["node", "deploy/healthy.mjs"]
ENTRYPOINT ["node", "--enable-source-maps", "deploy/role.mjs"]
CMD ["api"]

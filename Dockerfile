FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN node scripts/build.mjs && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build --chown=root:root /app /app
RUN mkdir /files && chown node:node /files
USER node
EXPOSE 3000
# One image, three programs: web is the default, compose names the worker and the migration.
CMD ["node", "--enable-source-maps", "dist/apps/web/src/main.js"]

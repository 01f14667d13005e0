// Installs the git hooks, because `npm install` runs no scripts here (.npmrc).
import "./git-hooks.mjs";
import { startInstallation } from "./start.mjs";

// `npm run dev`: the same as `npm start`, with pages compiled when they are opened and with demo data.
await startInstallation({ dev: true, demo: true });

// Who works on it commits: `npm install` runs no scripts here (.npmrc), so the hooks are laid now.
import "./hooks.mjs";
import { start } from "./start.mjs";

// `npm run dev`: what `npm start` does, with pages compiled as they are opened and demo data at hand.
await start({ dev: true, demo: true });

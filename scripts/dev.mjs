import { start } from "./start.mjs";

// `npm run dev`: what `npm start` does, with pages compiled as they are opened and demo data at hand.
await start({ dev: true, demo: true });

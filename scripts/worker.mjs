import { begin, loadTypeScript } from "./begin.mjs";
import { install } from "./prepare.mjs";

// `npm run worker`: sends letters and does the other jobs of an installation that is served by other processes.
await begin({ dev: false }, async () => {
  await install();
  await loadTypeScript();
  const { runWorker } = await import("./worker.ts");
  await runWorker();
});

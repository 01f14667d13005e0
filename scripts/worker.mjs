import { bootstrap, loadTypeScript } from "./bootstrap.mjs";
import { installPackages } from "./prepare.mjs";

// `npm run worker`: processes the jobs of an installation whose pages other processes serve, such as sending emails.
await bootstrap({ dev: false }, async () => {
  await installPackages();
  await loadTypeScript();
  const { runWorker } = await import("./worker.ts");
  await runWorker();
});

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const app = path.join(root, "app");
const methods = /export\s+(?:async\s+)?(?:function|const)\s+(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g;

/** A server action in the build: its id in requests, and the path of a page that accepts it. */
export type BuildAction = { id: string; page: string };

/** Returns every entry point in the code: `page /login`, `route GET /api/health`, `action lib/sign-in/actions.ts#logInAction`. */
export function allEntryPoints(): string[] {
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).map((file) =>
    file.replaceAll("\\", "/"),
  );
  const pages = files
    .filter((file) => /(^|\/)page\.tsx?$/.test(file))
    .map((file) => `page ${routePathOf(file)}`);
  const routes = files
    .filter((file) => /(^|\/)route\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(app, file), "utf8");
      return [...text.matchAll(methods)].map(([, method]) => `route ${method} ${routePathOf(file)}`);
    });
  return [...pages, ...routes, ...[...listServerActions().keys()]].sort();
}

/**
 * Returns every server action of the build by name, including those written inside a component. The build's manifest is
 * authoritative: an action that it lists can be called by anyone, and no other can.
 */
export function listServerActions(): Map<string, BuildAction> {
  serverActions ??= readServerActions();
  return serverActions;
}

let serverActions: Map<string, BuildAction> | undefined;

function readServerActions(): Map<string, BuildAction> {
  type Manifest = {
    node: Record<string, { filename: string; exportedName: string; workers: Record<string, unknown> }>;
  };
  const text = readFileSync(path.join(root, ".next/server/server-reference-manifest.json"), "utf8");
  const { node } = JSON.parse(text) as Manifest;
  return new Map(
    Object.entries(node).map(([id, { filename, exportedName, workers }]) => {
      const [worker = "app/page"] = Object.keys(workers);
      return [
        `action ${filename}#${exportedName}`,
        { id, page: routePathOf(`${worker.replace(/^app\//, "")}.tsx`) },
      ];
    }),
  );
}

/** `o/[organization]/(admin)/users/page.tsx` → `/o/[organization]/users` */
function routePathOf(file: string): string {
  const parts = file.split("/").slice(0, -1);
  return `/${parts.filter((part) => !/^(\(.*\)|@.*)$/.test(part)).join("/")}`;
}

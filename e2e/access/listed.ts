import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const app = path.join(root, "app");
const methods = /export\s+(?:async\s+)?(?:function|const)\s+(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/g;

/** A server action as the build knows it: its id on the wire, and a page that it can be posted to. */
export type ListedAction = { id: string; page: string };

/** Every way in, read from the code: `page /login`, `route GET /api/health`, `action lib/accounts/actions.ts#logIn`. */
export function everyWayIn(): string[] {
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).map((file) =>
    file.replaceAll("\\", "/"),
  );
  const pages = files
    .filter((file) => /(^|\/)page\.tsx?$/.test(file))
    .map((file) => `page ${addressOf(file)}`);
  const routes = files
    .filter((file) => /(^|\/)route\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(path.join(app, file), "utf8");
      return [...text.matchAll(methods)].map(([, method]) => `route ${method} ${addressOf(file)}`);
    });
  return [...pages, ...routes, ...[...actions().keys()]].sort();
}

/**
 * Every server action that the build answers to, also one written inside a component. The build's own list is
 * the honest one: what is not in it cannot be called, and what is in it can be called by anybody.
 */
export function actions(): Map<string, ListedAction> {
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
        { id, page: addressOf(`${worker.replace(/^app\//, "")}.tsx`) },
      ];
    }),
  );
}

/** `o/[organization]/(admin)/users/page.tsx` → `/o/[organization]/users` */
function addressOf(file: string): string {
  const parts = file.split("/").slice(0, -1);
  return `/${parts.filter((part) => !/^(\(.*\)|@.*)$/.test(part)).join("/")}`;
}

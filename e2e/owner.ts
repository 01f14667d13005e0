import path from "node:path";

/** The first Owner of each installation: made by journeys/setup.spec.ts, and in whose name most journeys begin. */
export const owner = {
  name: "Ada Keeper",
  email: "ada@people.test",
  password: "a long walk by the sea",
  organization: "Northgate",
  slug: "northgate",
};

/** Where the Owner's session is kept for the journeys: `test.use({ storageState: sessionOf("mailbox") })`. */
export function sessionOf(installation: "mailbox" | "provider"): string {
  return path.resolve(import.meta.dirname, `../test-results/owner-${installation}.json`);
}

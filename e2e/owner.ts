import path from "node:path";

/** The first Owner and operator of each installation, created by journeys/setup.spec.ts. */
export const firstOwner = {
  name: "Ada Keeper",
  email: "ada@people.test",
  password: "a long walk by the sea",
  organization: "Northgate",
  slug: "northgate",
};

/** Returns the file with the first Owner's session, for `test.use({ storageState: ownerSessionFile("mailbox") })`. */
export function ownerSessionFile(installation: "mailbox" | "provider"): string {
  return path.resolve(import.meta.dirname, `../test-results/owner-${installation}.json`);
}

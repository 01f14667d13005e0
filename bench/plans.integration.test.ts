import { expect, test } from "vitest";
import { explainPages } from "@/bench/explain";
import { invitationsList, requestsList, usersList } from "@/bench/list-queries";
import { connectionPool } from "@/lib/db/client";
import { seedPeople } from "@/scripts/seed-people";
import { seedRequests } from "@/scripts/seed-requests";
import { createTestOrganization } from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";

// `npm run proof:plans` checks one million; a plan that grows with the organization shows with 30,000 as well.
test("C9 each sort and each single filter uses an index on every page: no Seq Scan, no Sort, at most 200 buffers", async () => {
  await createIsolatedDatabase();
  const org = await createTestOrganization();
  const inviters = [org.owner.memberId, (await org.addMember("bo", "admin")).memberId];
  await seedPeople(org.id, inviters, { count: 30_000 });
  await seedRequests(org.id, 30_000);
  await connectionPool().query("VACUUM (ANALYZE) invitation, member, invitation_request");
  const [most = "", fewest = ""] = inviters;
  for (const list of [invitationsList({ most, fewest }), usersList, requestsList])
    for (const query of list.queries)
      for (const { query: name, position, problems } of await explainPages(list, org.id, query))
        expect(problems, `${list.name}, ${name}, ${position} page`).toEqual([]);
}, 180_000);

import { type ExplainedPage, explainPages } from "@/bench/explain";
import { invitationsList, requestsList, usersList } from "@/bench/list-queries";
import { db } from "@/lib/db/client";
import { withInstallation } from "@/scripts/installation";

/**
 * `npm run proof:plans`, after `npm run seed:million`: PostgreSQL's plans for each sort and each single filter, on the first
 * page, in the middle, one page back and at the end. Prints a table, and fails if the work of a plan grows with the
 * organization.
 */
await withInstallation(async () => {
  const organization = await db().organization.findUnique({
    where: { slug: "million" },
    select: { id: true },
  });
  if (!organization)
    throw new Error("Organization /o/million does not exist. Run npm run seed:million first.");
  const inviters = await findInviters(organization.id);
  const [server] = await db().$queryRaw<{ version: string; users: bigint; invitations: bigint }[]>`
    SELECT current_setting('server_version') AS version, (SELECT count(*) FROM member) AS users,
           (SELECT count(*) FROM invitation) AS invitations`;
  const formatCount = (count: bigint | undefined) => count?.toLocaleString("en-US");
  console.log(
    `PostgreSQL ${server?.version}, ${formatCount(server?.users)} users, ${formatCount(server?.invitations)} invitations`,
  );
  const explained: ExplainedPage[] = [];
  for (const list of [invitationsList(inviters), usersList, requestsList]) {
    console.log(`\n${list.name}`);
    for (const query of list.queries) {
      const pages = await explainPages(list, organization.id, query);
      explained.push(...pages);
      console.log(formatRow(query.query, pages));
    }
  }
  const failing = explained.filter((page) => page.problems.length > 0);
  for (const page of failing)
    console.log(`✗ ${page.query}, ${page.position} page: ${page.problems.join(", ")}`);
  const maxBuffers = Math.max(...explained.map(({ buffers }) => buffers));
  console.log(
    `\n${explained.length} pages, at most ${maxBuffers} buffers each; ${failing.length} grow with the organization`,
  );
  if (failing.length > 0) process.exitCode = 1;
});

/** Formats one row of the table: buffers and milliseconds of each page. */
function formatRow(query: string, pages: ExplainedPage[]): string {
  const figures = pages.map(
    ({ position, buffers, milliseconds }) =>
      `${position} ${String(buffers).padStart(3)} in ${milliseconds.toFixed(1).padStart(4)} ms`,
  );
  return `| ${query.padEnd(20)} | ${figures.join(" | ")} | ${pages[0]?.index} |`;
}

async function findInviters(organizationId: string): Promise<{ most: string; fewest: string }> {
  const inviters = await db().$queryRaw<{ id: string }[]>`
    SELECT inviter_id AS id FROM invitation WHERE organization_id = ${organizationId}::uuid AND settled_as IS NULL
    GROUP BY 1 ORDER BY count(*) DESC`;
  const [most, fewest] = [inviters[0]?.id, inviters.at(-1)?.id];
  if (!most || !fewest) throw new Error("the organization has no inviters");
  return { most, fewest };
}

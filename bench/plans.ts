import { type Explained, explainPages } from "@/bench/explain";
import { invitationsList, requestsList, usersList } from "@/bench/list-queries";
import { db } from "@/lib/db/client";
import { withInstallation } from "@/scripts/installation";

/**
 * `npm run proof:plans`, after `npm run seed:million`: what PostgreSQL does for each order alone and each single filter, on
 * the first page, deep inside, back from there and at the end. Prints a table, and fails where the work would grow with the
 * organization.
 */
await withInstallation(async () => {
  const organization = await db().organization.findUnique({
    where: { slug: "million" },
    select: { id: true },
  });
  if (!organization) throw new Error("There is no organization /o/million here. First: npm run seed:million");
  const inviters = await mostAndFewest(organization.id);
  const [server] = await db().$queryRaw<{ version: string; users: bigint; invitations: bigint }[]>`
    SELECT current_setting('server_version') AS version, (SELECT count(*) FROM member) AS users,
           (SELECT count(*) FROM invitation) AS invitations`;
  const inFigures = (count: bigint | undefined) => count?.toLocaleString("en-US");
  console.log(
    `PostgreSQL ${server?.version}, ${inFigures(server?.users)} users, ${inFigures(server?.invitations)} invitations`,
  );
  const explained: Explained[] = [];
  for (const list of [invitationsList(inviters), usersList, requestsList]) {
    console.log(`\n${list.name}`);
    for (const question of list.questions) {
      const pages = await explainPages(list, organization.id, question);
      explained.push(...pages);
      console.log(line(question.asked, pages));
    }
  }
  const bad = explained.filter((one) => one.problems.length > 0);
  for (const one of bad) console.log(`✗ ${one.asked}, ${one.place} page: ${one.problems.join(", ")}`);
  const most = Math.max(...explained.map(({ buffers }) => buffers));
  console.log(
    `\n${explained.length} pages, at most ${most} buffers each; ${bad.length} grow with the organization`,
  );
  if (bad.length > 0) process.exitCode = 1;
});

/** One row of the table: buffers and milliseconds of each page. */
function line(asked: string, pages: Explained[]): string {
  const figures = pages.map(
    ({ place, buffers, milliseconds }) =>
      `${place} ${String(buffers).padStart(3)} in ${milliseconds.toFixed(1).padStart(4)} ms`,
  );
  return `| ${asked.padEnd(20)} | ${figures.join(" | ")} | ${pages[0]?.index} |`;
}

async function mostAndFewest(organizationId: string): Promise<{ most: string; fewest: string }> {
  const inviters = await db().$queryRaw<{ id: string }[]>`
    SELECT inviter_id AS id FROM invitation WHERE organization_id = ${organizationId}::uuid AND settled_as IS NULL
    GROUP BY 1 ORDER BY count(*) DESC`;
  const [most, fewest] = [inviters[0]?.id, inviters.at(-1)?.id];
  if (!most || !fewest) throw new Error("nobody has invited anybody");
  return { most, fewest };
}

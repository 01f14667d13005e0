// The organization plugin of better-auth on bare node:http, as its documentation shows it. bench/targets/better-auth.ts copies
// this file to a folder with the packages and starts it there. Settings that would limit a benchmark are raised (rate limits,
// 100 invitations, 100 members), and emails are counted instead of sent.
import { createServer } from "node:http";

// Imported by name at run time: these packages are installed next to the copy of this file and are not Foyer's.
const names = ["better-auth", "better-auth/plugins", "better-auth/node", "better-auth/db/migration", "pg"];
const [{ betterAuth }, { organization }, { toNodeHandler }, { getMigrations }, { default: pg }] =
  await Promise.all(names.map((name) => import(name)));

const { PEER_PORT, PEER_DATABASE, PEER_SECRET } = process.env;
const origin = `http://localhost:${PEER_PORT}`;
const unlimited = 1_000_000_000;
let emailCount = 0;

const auth = betterAuth({
  baseURL: origin,
  secret: PEER_SECRET,
  database: new pg.Pool({ connectionString: PEER_DATABASE, max: 20 }),
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  // It warns about tables that are created later; errors show in the responses.
  logger: { disabled: true },
  // The default limit silently truncates its lists to 100 rows.
  advanced: { database: { defaultFindManyLimit: unlimited } },
  plugins: [
    organization({
      invitationLimit: unlimited,
      membershipLimit: unlimited,
      organizationLimit: unlimited,
      sendInvitationEmail: async () => {
        emailCount++;
      },
    }),
  ],
});

await (await getMigrations(auth.options)).runMigrations();
const handle = toNodeHandler(auth);
createServer((request, response) => {
  if (request.url === "/emails") response.end(String(emailCount));
  else handle(request, response);
}).listen(Number(PEER_PORT), () => console.log("peer serves"));

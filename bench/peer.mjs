// The organization plugin of better-auth on bare node:http, started by bench/targets/better-auth.ts from a folder of its own
// that holds the packages. As its documentation shows it; what would refuse a bench (rate limits, at most 100 invitations,
// at most 100 members) is raised, and letters are counted instead of sent.
import { createServer } from "node:http";

// By name at run time: these packages are installed beside this file's copy, and are none of Foyer's.
const names = ["better-auth", "better-auth/plugins", "better-auth/node", "better-auth/db/migration", "pg"];
const [{ betterAuth }, { organization }, { toNodeHandler }, { getMigrations }, { default: pg }] =
  await Promise.all(names.map((name) => import(name)));

const { PEER_PORT, PEER_DATABASE, PEER_SECRET } = process.env;
const origin = `http://localhost:${PEER_PORT}`;
const unlimited = 1_000_000_000;
let letters = 0;

const auth = betterAuth({
  baseURL: origin,
  secret: PEER_SECRET,
  database: new pg.Pool({ connectionString: PEER_DATABASE, max: 20 }),
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  // It complains of tables that are made a moment later; what goes wrong is told by the answers.
  logger: { disabled: true },
  // A list of its is cut at 100 rows otherwise, and nothing says that there are more.
  advanced: { database: { defaultFindManyLimit: unlimited } },
  plugins: [
    organization({
      invitationLimit: unlimited,
      membershipLimit: unlimited,
      organizationLimit: unlimited,
      sendInvitationEmail: async () => {
        letters++;
      },
    }),
  ],
});

await (await getMigrations(auth.options)).runMigrations();
const handle = toNodeHandler(auth);
createServer((request, response) => {
  if (request.url === "/letters") response.end(String(letters));
  else handle(request, response);
}).listen(Number(PEER_PORT), () => console.log("peer serves"));

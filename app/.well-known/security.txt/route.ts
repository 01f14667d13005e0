import { env } from "@/lib/config/env";

const EXPIRES_AFTER = 30 * 24 * 60 * 60 * 1000;

/** Returns where to report a vulnerability of this installation (RFC 9116); 404 if no contact is configured. */
export function GET(): Response {
  const { origin, securityContact } = env();
  if (!securityContact) return new Response("Not found\n", { status: 404 });
  const lines = [
    `Contact: ${securityContact}`,
    `Expires: ${new Date(Date.now() + EXPIRES_AFTER).toISOString()}`,
    `Canonical: ${origin}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join("\n")}\n`, { headers: { "content-type": "text/plain; charset=utf-8" } });
}

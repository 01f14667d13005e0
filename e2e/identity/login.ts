import type { IncomingMessage } from "node:http";

/** Faults of an OpenID Connect response: in the ID token, or (`state`, `response-issuer`) in the redirect URL. */
export const LOGIN_FAULTS = [
  "audience",
  "issuer",
  "nonce",
  "expired",
  "signature",
  "state",
  "response-issuer",
] as const;

export type LoginFault = (typeof LOGIN_FAULTS)[number];

/** What the test entered on the provider's login page. */
export type SimulatedLogin = {
  sub: string;
  claims: { email?: string; email_verified?: boolean | string; name?: string };
  fault: LoginFault | undefined;
  cancelled: boolean;
};

/** Returns the HTML of the provider's login page: a form for the claims and for a fault. */
export function renderLoginPage(): string {
  const options = ["", ...LOGIN_FAULTS].map((fault) => `<option>${fault}</option>`).join("");
  return `<!doctype html><html lang="en"><title>Test login</title><link rel="icon" href="data:,">
    <form method="post">
      <label>Subject <input name="sub"></label>
      <label>Address <input name="email"></label>
      <label>Verified <select name="verified"><option>yes</option><option>no</option><option>text</option><option>omitted</option></select></label>
      <label>Name <input name="name"></label>
      <label>Fault <select name="fault">${options}</select></label>
      <button>Go back</button> <button name="cancelled" value="yes">Cancel</button>
    </form>`;
}

/** Parses the submitted login form. */
export async function readLoginForm(request: IncomingMessage): Promise<SimulatedLogin> {
  let body = "";
  for await (const chunk of request) body += chunk;
  const form = Object.fromEntries(new URLSearchParams(body));
  const emailVerifiedValues: Record<string, boolean | string> = { yes: true, no: false, text: "true" };
  const emailVerified = emailVerifiedValues[form.verified ?? ""];
  return {
    sub: form.sub ?? "",
    claims: {
      ...(form.email ? { email: form.email } : {}),
      ...(emailVerified === undefined ? {} : { email_verified: emailVerified }),
      ...(form.name ? { name: form.name } : {}),
    },
    fault: LOGIN_FAULTS.find((fault) => fault === form.fault),
    cancelled: form.cancelled === "yes",
  };
}

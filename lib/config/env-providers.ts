import { z } from "zod";
import { isOpenHttp } from "./env-fields";

/** A provider of OpenID Connect that people may log in with (REQ-F5). */
export type Provider = {
  /** In addresses and variables: `google`, FOYER_OIDC_GOOGLE_… */
  id: string;
  /** On its button. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
};

type Problem = { variable: string; mend: string };

const issuer = z
  .string("is missing: the provider's issuer, like https://accounts.google.com")
  .refine((value) => {
    if (!URL.canParse(value) || isOpenHttp(value)) return false;
    const { protocol, search, hash, username } = new URL(value);
    return /^https?:$/.test(protocol) && !search && !hash && !username;
  }, "must be the provider's issuer, an https address without a query, like https://accounts.google.com");

const shape = z.object({
  ISSUER: issuer,
  CLIENT_ID: z.string("is missing: the provider gives it when you register Foyer there"),
  CLIENT_SECRET: z.string("is missing: the provider gives it when you register Foyer there"),
  NAME: z.string().max(40, "must have at most 40 characters: it stands on a button").optional(),
});

/**
 * The providers that FOYER_OIDC names, in its order, each with its own variables; and everything that is wrong with
 * them. An empty variable counts as not given.
 */
export function readProviders(variables: NodeJS.ProcessEnv): { providers: Provider[]; problems: Problem[] } {
  const given = (variable: string) => variables[variable]?.trim() || undefined;
  const ids = (given("FOYER_OIDC") ?? "").split(",").flatMap((id) => id.trim() || []);
  const problems: Problem[] = [];
  const providers: Provider[] = [];
  const isWrong = ids.some((id) => !/^[a-z][a-z0-9-]{0,29}$/.test(id)) || new Set(ids).size < ids.length;
  if (isWrong) {
    const mend =
      "must be ids of your own with commas between, each once, of small letters, digits and dashes: google,fabrikam";
    return { providers, problems: [{ variable: "FOYER_OIDC", mend }] };
  }
  for (const id of ids) {
    const of = Object.keys(shape.shape).map((field) => [field, given(variableOf(id, field))]);
    const read = shape.safeParse(Object.fromEntries(of));
    if (read.success) {
      const { ISSUER, CLIENT_ID, CLIENT_SECRET, NAME } = read.data;
      providers.push({
        id,
        name: NAME ?? id,
        issuer: ISSUER,
        clientId: CLIENT_ID,
        clientSecret: CLIENT_SECRET,
      });
    } else
      for (const { path, message } of read.error.issues)
        problems.push({ variable: variableOf(id, String(path[0])), mend: message });
  }
  const known = new Set(ids.flatMap((id) => Object.keys(shape.shape).map((field) => variableOf(id, field))));
  for (const variable of Object.keys(variables))
    if (variable.startsWith("FOYER_OIDC_") && given(variable) && !known.has(variable))
      problems.push({
        variable,
        mend: "belongs to no provider that FOYER_OIDC names: add its id there, or remove it",
      });
  return { providers, problems };
}

function variableOf(id: string, field: string): string {
  return `FOYER_OIDC_${id.toUpperCase().replaceAll("-", "_")}_${field}`;
}

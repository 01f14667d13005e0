import { z } from "zod";
import { isInsecureHttp } from "./env-fields";

/** An OpenID Connect provider that people can log in with (REQ-F5). */
export type OidcProvider = {
  /** The id in URLs and variable names: `google`, FOYER_OIDC_GOOGLE_… */
  id: string;
  /** The label of its button. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
};

type ConfigProblem = { variable: string; message: string };

const issuer = z
  .string("is required: the provider's issuer URL, such as https://accounts.google.com")
  .refine((value) => {
    if (!URL.canParse(value) || isInsecureHttp(value)) return false;
    const { protocol, search, hash, username } = new URL(value);
    return /^https?:$/.test(protocol) && !search && !hash && !username;
  }, "must be the provider's issuer URL (https://, without a query), such as https://accounts.google.com");

const schema = z.object({
  ISSUER: issuer,
  CLIENT_ID: z.string("is required; you get it when you register Foyer with the provider"),
  CLIENT_SECRET: z.string("is required; you get it when you register Foyer with the provider"),
  NAME: z.string().max(40, "must have at most 40 characters; it's shown on a button").optional(),
});

/**
 * Returns the providers that FOYER_OIDC lists, in its order, each read from its own variables, and all
 * problems with them. An empty variable counts as not set.
 */
export function readProviders(variables: NodeJS.ProcessEnv): {
  providers: OidcProvider[];
  problems: ConfigProblem[];
} {
  const readVariable = (variable: string) => variables[variable]?.trim() || undefined;
  const ids = (readVariable("FOYER_OIDC") ?? "").split(",").flatMap((id) => id.trim() || []);
  const problems: ConfigProblem[] = [];
  const providers: OidcProvider[] = [];
  const isInvalidList =
    ids.some((id) => !/^[a-z][a-z0-9-]{0,29}$/.test(id)) || new Set(ids).size < ids.length;
  if (isInvalidList) {
    const message =
      "must be a comma-separated list of unique ids of a-z, 0-9 and hyphens, such as google,fabrikam";
    return { providers, problems: [{ variable: "FOYER_OIDC", message }] };
  }
  for (const id of ids) {
    const values = Object.keys(schema.shape).map((field) => [field, readVariable(variableName(id, field))]);
    const read = schema.safeParse(Object.fromEntries(values));
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
        problems.push({ variable: variableName(id, String(path[0])), message });
  }
  const known = new Set(
    ids.flatMap((id) => Object.keys(schema.shape).map((field) => variableName(id, field))),
  );
  for (const variable of Object.keys(variables))
    if (variable.startsWith("FOYER_OIDC_") && readVariable(variable) && !known.has(variable))
      problems.push({
        variable,
        message: "matches no id in FOYER_OIDC; add the id or remove this",
      });
  return { providers, problems };
}

function variableName(id: string, field: string): string {
  return `FOYER_OIDC_${id.toUpperCase().replaceAll("-", "_")}_${field}`;
}

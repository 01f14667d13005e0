import { z } from "zod";

/** An error response of the provider's API. */
export class ApiError extends Error {
  override name = "ApiError";
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

const address = /^(?:[^<>\r\n]*<)?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>?$/;
const addressField = z.string().regex(address, "must be `email@example.com` or `Name <email@example.com>`");
const oneOrManyAddresses = z.union([addressField, z.array(addressField).min(1).max(50)]);
const tagText = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,256}$/, "should only contain ASCII characters, numbers, underscores, or dashes");

const emailSchema = z
  .object({
    from: addressField,
    to: oneOrManyAddresses,
    subject: z.string().min(1),
    html: z.string().optional(),
    text: z.string().optional(),
    reply_to: oneOrManyAddresses.optional(),
    headers: z.record(z.string(), z.string()).optional(),
    tags: z.array(z.object({ name: tagText, value: tagText })).optional(),
  })
  .refine((email) => email.html !== undefined || email.text !== undefined, "Missing `html` or `text` field.");

export type EmailPayload = z.infer<typeof emailSchema>;

/** An email that the stand-in accepted; `at` is its time in milliseconds. */
export type AcceptedEmail = EmailPayload & { id: string; at: number };

/** Parses one email of a request. Throws a 422 that names the first invalid field. */
export function parseEmail(body: unknown): EmailPayload {
  const parsed = emailSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".");
  throw new ApiError(
    422,
    "validation_error",
    field ? `Invalid \`${field}\` field: ${issue?.message}` : `${issue?.message}`,
  );
}

/**
 * Parses a batch of up to 100 emails. In strict mode one invalid email throws; in permissive mode the valid ones are
 * returned and each invalid one is reported by its index.
 */
export function parseBatch(body: unknown, validation: "strict" | "permissive") {
  if (!Array.isArray(body) || body.length === 0)
    throw new ApiError(422, "validation_error", "The batch contains no emails.");
  if (body.length > 100) throw new ApiError(422, "validation_error", "At most 100 emails in one batch.");
  const emails: EmailPayload[] = [];
  const errors: { index: number; message: string }[] = [];
  for (const [index, item] of body.entries()) {
    try {
      emails.push(parseEmail(item));
    } catch (error) {
      if (!(error instanceof ApiError) || validation === "strict") throw error;
      errors.push({ index, message: error.message });
    }
  }
  return { emails, errors };
}

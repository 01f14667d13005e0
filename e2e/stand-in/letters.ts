import { z } from "zod";

/** Why the provider did not take something, in its own words. */
export class Refusal extends Error {
  override name = "Refusal";
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
const oneOrMany = z.union([addressField, z.array(addressField).min(1).max(50)]);
const word = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,256}$/, "should only contain ASCII letters, numbers, underscores, or dashes");

const letterShape = z
  .object({
    from: addressField,
    to: oneOrMany,
    subject: z.string().min(1),
    html: z.string().optional(),
    text: z.string().optional(),
    reply_to: oneOrMany.optional(),
    headers: z.record(z.string(), z.string()).optional(),
    tags: z.array(z.object({ name: word, value: word })).optional(),
  })
  .refine(
    (letter) => letter.html !== undefined || letter.text !== undefined,
    "Missing `html` or `text` field.",
  );

export type Letter = z.infer<typeof letterShape>;

/** One letter as the API takes it; refuses with 422 and the name of the first wrong field. */
export function readLetter(body: unknown): Letter {
  const read = letterShape.safeParse(body);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const field = issue?.path.join(".");
  throw new Refusal(
    422,
    "validation_error",
    field ? `Invalid \`${field}\` field: ${issue?.message}` : `${issue?.message}`,
  );
}

/**
 * A batch of up to 100. Strict: one wrong letter refuses all of them. Permissive: the good ones are taken and
 * each wrong one is named by its index.
 */
export function readBatch(body: unknown, validation: "strict" | "permissive") {
  if (!Array.isArray(body) || body.length === 0)
    throw new Refusal(422, "validation_error", "The batch holds no letters.");
  if (body.length > 100) throw new Refusal(422, "validation_error", "At most 100 letters in one batch.");
  const letters: Letter[] = [];
  const errors: { index: number; message: string }[] = [];
  for (const [index, item] of body.entries()) {
    try {
      letters.push(readLetter(item));
    } catch (error) {
      if (!(error instanceof Refusal) || validation === "strict") throw error;
      errors.push({ index, message: error.message });
    }
  }
  return { letters, errors };
}

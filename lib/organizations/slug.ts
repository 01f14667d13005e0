/** Proposes a slug for a name: "Café Müller & Co." → "cafe-muller-co". May be too short; the user can edit it (REQ-H1). */
export function slugify(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40);
}

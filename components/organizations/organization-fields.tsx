"use client";

import { useState } from "react";
import { TextField } from "@/components/ui/field";
import { slugify } from "@/lib/organizations/slug";

type Props = {
  /** The submitted values of a refused form, to fill in the fields without JavaScript. */
  values: Record<string, string> | undefined;
  errors: Record<string, string> | undefined;
};

/** Name and URL of a new organization. The URL follows the name until the user edits it (REQ-H1). */
export function OrganizationFields({ values, errors }: Props) {
  const [name, setName] = useState(values?.organization ?? "");
  const [slug, setSlug] = useState(values?.slug ?? null);
  return (
    <>
      <TextField
        label="Organization"
        name="organization"
        autoComplete="organization"
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors?.organization}
      />
      <TextField
        label="Its address"
        hint={`/o/${slug || slugify(name) || "northwind"}. Lowercase letters, numbers and hyphens. You can't change it later.`}
        name="slug"
        autoComplete="off"
        spellCheck={false}
        required
        value={slug ?? slugify(name)}
        onChange={(event) => setSlug(event.target.value)}
        error={errors?.slug}
      />
    </>
  );
}

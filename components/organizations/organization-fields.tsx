"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { TextField } from "@/components/ui/field";
import { slugify } from "@/lib/organizations/slug";

type Props = {
  /** The public URL of this installation, without a path. */
  origin: string;
  /** The submitted values of a refused form, to fill in the fields without JavaScript. */
  values: Record<string, string> | undefined;
  errors: Record<string, string> | undefined;
};

/** Name and URL of a new organization. The URL follows the name until the user edits it (REQ-H1). */
export function OrganizationFields({ origin, values, errors }: Props) {
  const t = useTranslations();
  const [name, setName] = useState(values?.organization ?? "");
  const [slug, setSlug] = useState(values?.slug ?? null);
  return (
    <>
      <TextField
        label={t("organizations.fields.name")}
        name="organization"
        autoComplete="organization"
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors?.organization}
      />
      <TextField
        label={t("organizations.fields.url")}
        hint={t("organizations.fields.urlHint", { origin, slug: slug || slugify(name) || "northwind" })}
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

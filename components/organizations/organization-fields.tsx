"use client";

import { useState } from "react";
import { TextField } from "@/components/ui/field";
import { slugOf } from "@/lib/organizations/slug";

type Props = {
  /** What a refused form was sent with: without JavaScript the page comes anew. */
  values: Record<string, string> | undefined;
  errors: Record<string, string> | undefined;
};

/** The name of a new organization, and its address, which follows the name until somebody writes it by hand (REQ-H1). */
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
        hint={`Your people will find it at /o/${slug || slugOf(name) || "northwind"}. Small letters, digits and dashes; it stays as it is for good.`}
        name="slug"
        autoComplete="off"
        spellCheck={false}
        required
        value={slug ?? slugOf(name)}
        onChange={(event) => setSlug(event.target.value)}
        error={errors?.slug}
      />
    </>
  );
}

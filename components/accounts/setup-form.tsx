"use client";

import { useActionState, useState } from "react";
import { PasswordField } from "@/components/accounts/password-field";
import { TicketActions } from "@/components/ticket/ticket";
import { TextField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { setUpFoyer } from "@/lib/organizations/actions";
import { slugOf } from "@/lib/organizations/slug";

/** Token, you, organization; works without JavaScript, where the organization's address is typed by hand. */
export function SetupForm() {
  const [state, action] = useActionState(setUpFoyer, null);
  const refusal = state?.ok === false ? state : null;
  const { values, fields } = refusal ?? {};
  // Without JavaScript the page comes anew with what was sent.
  const [name, setName] = useState(values?.organization ?? "");
  const [slug, setSlug] = useState(values?.slug ?? null);
  return (
    <form action={action} className="form">
      <FormError>{refusal && !fields ? refusal.message : null}</FormError>
      <TextField
        label="Setup token"
        hint="Printed in the log of the running Foyer; each start makes a new one."
        name="token"
        autoComplete="off"
        spellCheck={false}
        required
        className="code"
        error={fields?.token}
      />
      <TextField
        label="Your name"
        name="name"
        autoComplete="name"
        required
        defaultValue={values?.name}
        error={fields?.name}
      />
      <TextField
        label="Your email"
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={values?.email}
        error={fields?.email}
      />
      <PasswordField
        label="Password"
        hint="At least 8 characters."
        autoComplete="new-password"
        error={fields?.password}
      />
      <TextField
        label="Organization"
        name="organization"
        autoComplete="organization"
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fields?.organization}
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
        error={fields?.slug}
      />
      <TicketActions>
        <SubmitButton>Set up</SubmitButton>
      </TicketActions>
    </form>
  );
}

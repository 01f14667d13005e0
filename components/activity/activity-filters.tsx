"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { HAPPENING_NAMES } from "@/lib/activity/activity-types";
import type { ActivityState } from "@/lib/activity/list";

/** What, who, whom, and the days. The address bar is the state; without JavaScript it is an ordinary form (REQ-G4). */
export function ActivityFilters({ page, state }: { page: string; state: ActivityState }) {
  const router = useRouter();
  const [isGoing, go] = useTransition();
  const ask = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === "string" && value.trim()) query.set(name, value.trim());
    go(() => router.push(`${page}?${query}`.replace(/[?]$/, ""), { scroll: false }));
  };
  const { type = "", by, person, from = "", to = "" } = state;
  return (
    // The fields begin anew when the address changes by other means, such as the back button.
    <form
      key={JSON.stringify([type, by, person, from, to])}
      action={page}
      className="activity-filters"
      aria-busy={isGoing}
      onSubmit={ask}
    >
      <SelectField label="What" name="type" defaultValue={type}>
        <option value="">Anything</option>
        {Object.entries(HAPPENING_NAMES).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <AddressField label="Whom it concerns" name="person" value={person} />
      <AddressField label="Who did it" name="by" value={by} />
      <TextField label="From (UTC)" type="date" name="from" defaultValue={from} />
      <TextField label="To (UTC)" type="date" name="to" defaultValue={to} />
      <Button type="submit">Apply</Button>
    </form>
  );
}

function AddressField({ label, name, value }: { label: string; name: string; value: string }) {
  return (
    <TextField
      label={label}
      name={name}
      defaultValue={value}
      placeholder="Email"
      maxLength={254}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      inputMode="email"
    />
  );
}

"use client";

import { useRouter } from "next/navigation";
import { type SubmitEvent, useTransition } from "react";
import styles from "@/components/activity/activity-filters.module.css";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { ACTIVITY_TYPE_NAMES } from "@/lib/activity/activity-types";
import type { ActivityListState } from "@/lib/activity/list";

/** The filters of Activity (REQ-G4). The URL is the state; without JavaScript this is a plain GET form. */
export function ActivityFilters({ page, state }: { page: string; state: ActivityListState }) {
  const router = useRouter();
  const [isNavigating, startNavigation] = useTransition();
  const apply = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === "string" && value.trim()) query.set(name, value.trim());
    startNavigation(() => router.push(`${page}?${query}`.replace(/[?]$/, ""), { scroll: false }));
  };
  const { type = "", by, person, from = "", to = "" } = state;
  return (
    // The key resets the fields when the URL changes by other means, such as the back button.
    <form
      key={JSON.stringify([type, by, person, from, to])}
      action={page}
      className={styles.filters}
      aria-busy={isNavigating}
      onSubmit={apply}
    >
      <SelectField label="What" name="type" defaultValue={type}>
        <option value="">Anything</option>
        {Object.entries(ACTIVITY_TYPE_NAMES).map(([value, label]) => (
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

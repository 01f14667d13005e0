"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type SubmitEvent, useTransition } from "react";
import styles from "@/components/activity/activity-filters.module.css";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { ACTIVITY_TYPES } from "@/lib/activity/activity-types";
import type { ActivityListState } from "@/lib/activity/list";
import { formatZoneName } from "@/lib/i18n/format";

/** The filters of Activity (REQ-G4). The URL is the state; without JavaScript this is a plain GET form. */
export function ActivityFilters({ page, state }: { page: string; state: ActivityListState }) {
  const zone = formatZoneName(useLocale(), state.timeZone);
  const router = useRouter();
  const t = useTranslations();
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
      <SelectField label={t("admin.activity.filters.event")} name="type" defaultValue={type}>
        <option value="">{t("admin.activity.filters.allEvents")}</option>
        {ACTIVITY_TYPES.map((option) => (
          <option key={option} value={option}>
            {t(`admin.activity.type.${option}`)}
          </option>
        ))}
      </SelectField>
      <AddressField label={t("admin.activity.filters.user")} name="person" value={person} />
      <AddressField label={t("admin.activity.filters.by")} name="by" value={by} />
      <TextField
        label={t("admin.activity.filters.from", { zone })}
        type="date"
        name="from"
        defaultValue={from}
      />
      <TextField label={t("admin.activity.filters.to", { zone })} type="date" name="to" defaultValue={to} />
      <Button type="submit">{t("admin.table.apply")}</Button>
    </form>
  );
}

function AddressField({ label, name, value }: { label: string; name: string; value: string }) {
  const t = useTranslations();
  return (
    <TextField
      label={label}
      name={name}
      defaultValue={value}
      placeholder={t("admin.activity.filters.email")}
      maxLength={254}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      inputMode="email"
    />
  );
}

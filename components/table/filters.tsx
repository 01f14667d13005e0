"use client";

import Search from "lucide-react/icons/search";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useTransition } from "react";
import styles from "@/components/table/filters.module.css";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";

export type Filter = {
  name: string;
  label: string;
  /** Empty for the default, which is not in the URL. */
  value: string;
  options: readonly { value: string; label: string }[];
};

type Props = {
  /** The path of the list. Without JavaScript the form is submitted to it as a GET. */
  action: string;
  search: { label: string; value: string };
  filters: readonly Filter[];
  /** The sort order, which is kept. The page is not: a new query starts at the first one. */
  sort: string;
};

/**
 * Renders search and filters of a list. The URL is the state, so it survives reload, back and sharing
 * (REQ-C9).
 */
export function Filters({ action, search, filters, sort }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const isTyping = useRef(false);
  const urlValues = [["search", search.value], ...filters.map(({ name, value }) => [name, value])];
  const urlState = JSON.stringify(urlValues);
  const appliedState = useRef(urlState);

  // Updates the fields when the URL changes otherwise, for example by the back button, but keeps text being
  // typed. On the first run it is the other way round: fields that differ from the URL were changed before
  // hydration, so submit them.
  useEffect(() => {
    const findField = (name: string) =>
      form.current?.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null;
    const changed = (JSON.parse(urlState) as [string, string][]).filter(
      ([name, value]) => findField(name)?.value !== value,
    );
    if (urlState === appliedState.current) {
      if (changed.some(([name]) => name !== "search")) form.current?.requestSubmit();
      else isTyping.current = changed.length > 0;
      return;
    }
    appliedState.current = urlState;
    for (const [name, value] of changed) {
      const field = findField(name);
      if (field && !(name === "search" && isTyping.current)) field.value = value;
    }
  }, [urlState]);

  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    isTyping.current = false;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === "string" && value.trim()) query.set(name, value.trim());
    startTransition(() => router.push(`${action}?${query}`.replace(/[?]$/, ""), { scroll: false }));
  };
  return (
    // autoComplete is off because browsers would restore earlier values, which are not the current filters.
    <form
      ref={form}
      action={action}
      className={styles.filters}
      data-slot="filters"
      autoComplete="off"
      aria-busy={isPending}
      onSubmit={handleSubmit}
    >
      {sort ? <input type="hidden" name="sort" value={sort} /> : null}
      <search className={styles.search}>
        <input
          className={fieldStyles.input}
          type="search"
          name="search"
          aria-label={search.label}
          placeholder={search.label}
          defaultValue={search.value}
          maxLength={254}
          autoCapitalize="none"
          spellCheck={false}
          onInput={() => {
            isTyping.current = true;
          }}
          data-search
        />
        <button type="submit" className={styles.searchButton} aria-label={t("admin.table.search")}>
          <Search size={16} aria-hidden />
        </button>
      </search>
      {filters.map((filter) => (
        <Select
          key={filter.name}
          name={filter.name}
          aria-label={filter.label}
          defaultValue={filter.value}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
        >
          {filter.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      ))}
      <Button type="submit" className={styles.apply}>
        {t("admin.table.apply")}
      </Button>
    </form>
  );
}

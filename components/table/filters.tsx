"use client";

import Search from "lucide-react/icons/search";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";

export type Filter = {
  name: string;
  label: string;
  /** Empty: as by default, and not in the address. */
  value: string;
  options: readonly { value: string; label: string }[];
};

type Props = {
  /** The page the answers are on; without JavaScript an ordinary GET. */
  action: string;
  search: { label: string; value: string };
  filters: readonly Filter[];
  /** The order, which stays. The page never does: a new question starts at the first. */
  sort: string;
};

/** Search and filters over a list. The address bar is the state, so it survives reload, back and sharing (REQ-C9). */
export function Filters({ action, search, filters, sort }: Props) {
  const router = useRouter();
  const [isGoing, go] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const isTyping = useRef(false);
  const asked = [["search", search.value], ...filters.map(({ name, value }) => [name, value])];
  const question = JSON.stringify(asked);
  const answered = useRef(question);

  // Fields follow the address when it changes by other means, such as the back button; what is being typed stays. At first it
  // is the address that follows: what differs from it was chosen or typed before the scripts were there.
  useEffect(() => {
    const fieldOf = (name: string) =>
      form.current?.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null;
    const others = (JSON.parse(question) as [string, string][]).filter(
      ([name, value]) => fieldOf(name)?.value !== value,
    );
    if (question === answered.current) {
      if (others.some(([name]) => name !== "search")) form.current?.requestSubmit();
      else isTyping.current = others.length > 0;
      return;
    }
    answered.current = question;
    for (const [name, value] of others) {
      const field = fieldOf(name);
      if (field && !(name === "search" && isTyping.current)) field.value = value;
    }
  }, [question]);

  const ask = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    isTyping.current = false;
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget))
      if (typeof value === "string" && value.trim()) query.set(name, value.trim());
    go(() => router.push(`${action}?${query}`.replace(/[?]$/, ""), { scroll: false }));
  };
  return (
    // Browsers would fill in what was chosen here last time, which then looked as if it were chosen now.
    <form
      ref={form}
      action={action}
      className="filters"
      autoComplete="off"
      aria-busy={isGoing}
      onSubmit={ask}
    >
      {sort ? <input type="hidden" name="sort" value={sort} /> : null}
      <search className="search">
        <input
          className="input"
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
        <button type="submit" className="search-button" aria-label="Search">
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
      <Button type="submit" className="filters-apply">
        Apply
      </Button>
    </form>
  );
}

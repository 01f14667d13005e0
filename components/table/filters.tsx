"use client";

import Search from "lucide-react/icons/search";
import Form from "next/form";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/field";

export type Filter = {
  name: string;
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
};

type Props = {
  /** The page the answers are on; without JavaScript an ordinary GET. */
  action: string;
  search?: { name: string; label: string; value: string; placeholder?: string };
  filters?: readonly Filter[];
  /** What else the address holds and must keep, such as the order. Never the page: a new question starts at the first. */
  keep?: Readonly<Record<string, string | undefined>>;
  /** Buttons at the end of the bar, such as Export CSV. */
  children?: ReactNode;
};

/** Search and filters over a list. The address bar is the state, so it survives reload, back and sharing (R C9). */
export function Filters({ action, search, filters = [], keep = {}, children }: Props) {
  return (
    // The key lets the fields follow the address bar when it changes by other means, such as the back button.
    <Form
      key={[search?.value, ...filters.map(({ value }) => value)].join("|")}
      action={action}
      className="filters"
      prefetch={false}
      scroll={false}
    >
      {Object.entries(keep).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      {search ? (
        <search className="search">
          <input
            className="input"
            type="search"
            name={search.name}
            aria-label={search.label}
            defaultValue={search.value}
            placeholder={search.placeholder}
            autoComplete="off"
            spellCheck={false}
            data-search
          />
          <button type="submit" className="search-button" aria-label="Search">
            <Search size={16} aria-hidden />
          </button>
        </search>
      ) : null}
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
      {filters.length > 0 ? (
        <Button type="submit" className="filters-apply">
          Apply
        </Button>
      ) : null}
      {children}
    </Form>
  );
}

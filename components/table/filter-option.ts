import type { Filter } from "@/components/table/filters";

/** Builds a filter that is off or has one of the values. */
export function filterOption<Value extends string>(
  name: string,
  label: string,
  noneLabel: string,
  value: Value | undefined,
  values: readonly Value[],
  labelOf: (value: Value) => string,
): Filter {
  const options = values.map((option) => ({ value: option as string, label: labelOf(option) }));
  return { name, label, value: value ?? "", options: [{ value: "", label: noneLabel }, ...options] };
}

/** Builds a filter that always has one of the values; the default is not in the URL. */
export function enumFilter<Value extends string>(
  name: string,
  label: string,
  value: Value,
  defaultValue: Value,
  values: readonly Value[],
  labelOf: (value: Value) => string,
): Filter {
  const paramOf = (option: Value) => (option === defaultValue ? "" : option);
  const options = values.map((option) => ({ value: paramOf(option), label: labelOf(option) }));
  return { name, label, value: paramOf(value), options };
}

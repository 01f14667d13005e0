import type { Filter } from "@/components/table/filters";

/** A filter that is off, or one of some values. */
export function choice<Value extends string>(
  name: string,
  label: string,
  none: string,
  value: Value | undefined,
  values: readonly Value[],
  names: Readonly<Record<Value, string>>,
): Filter {
  const options = values.map((one) => ({ value: one as string, label: names[one] }));
  return { name, label, value: value ?? "", options: [{ value: "", label: none }, ...options] };
}

/** A filter that is always one of some values; the usual one is not in the address. */
export function oneOf<Value extends string>(
  name: string,
  label: string,
  value: Value,
  usual: Value,
  values: readonly Value[],
  nameOf: (value: Value) => string,
): Filter {
  const optionOf = (one: Value) => (one === usual ? "" : one);
  const options = values.map((one) => ({ value: optionOf(one), label: nameOf(one) }));
  return { name, label, value: optionOf(value), options };
}

"use client";

import Pencil from "lucide-react/icons/pencil";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import styles from "@/components/invitations/address-cell.module.css";
import { IconButton } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import type { ListLine } from "@/lib/invitations/list-file/validate-lines";

type Props = {
  /** The line without corrections. */
  original: ListLine;
  /** The line with the current corrections. */
  line: ListLine;
  onCorrect: (correction: string | undefined) => void;
};

const SKIP_LINE = "skip-line";

/**
 * The editable address of a line (REQ-B5): a select if the line has several addresses, otherwise a text
 * field. Clearing it skips the line.
 */
export function AddressCell({ original, line, onCorrect }: Props) {
  const t = useTranslations();
  const [isOpen, setOpen] = useState(false);
  const name = t("admin.invitations.upload.preview.address", { line: line.line });
  if (original.choices)
    return (
      <Select
        aria-label={name}
        value={line.correction === "" ? SKIP_LINE : (line.correction ?? "")}
        onChange={({ target: { value } }) => onCorrect(value === SKIP_LINE ? "" : value || undefined)}
      >
        <option value="">{t("admin.invitations.upload.preview.choose")}</option>
        {original.choices.map((address) => (
          <option key={address}>{address}</option>
        ))}
        <option value={SKIP_LINE}>{t("admin.invitations.upload.preview.skip")}</option>
      </Select>
    );
  if (!isOpen && line.status === "ready" && line.correction === undefined)
    return (
      <span className={styles.address}>
        <span>{line.address}</span>
        <IconButton
          label={t("admin.invitations.upload.preview.edit", { line: line.line })}
          icon={<Pencil size={15} aria-hidden />}
          onClick={() => setOpen(true)}
        />
      </span>
    );
  return (
    <AddressInput
      name={name}
      value={line.correction ?? original.address ?? original.cells.find((cell) => cell.includes("@")) ?? ""}
      isInvalid={line.status !== "ready" && line.status !== "skipped"}
      onCorrect={onCorrect}
      focusOnMount={isOpen}
    />
  );
}

function AddressInput(props: {
  name: string;
  value: string;
  isInvalid: boolean;
  onCorrect: (correction: string) => void;
  focusOnMount: boolean;
}) {
  const { name, value, isInvalid, onCorrect, focusOnMount } = props;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focusOnMount) input.current?.focus();
  }, [focusOnMount]);
  return (
    <input
      ref={input}
      className={fieldStyles.input}
      type="text"
      inputMode="email"
      autoComplete="off"
      spellCheck={false}
      maxLength={1000}
      aria-label={name}
      aria-invalid={isInvalid || undefined}
      value={value}
      onChange={(event) => onCorrect(event.target.value)}
      onKeyDown={(event) => {
        // Enter must not submit the form while a line is edited.
        if (event.key === "Enter") event.preventDefault();
      }}
    />
  );
}

"use client";

import Pencil from "lucide-react/icons/pencil";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/ui/button";
import { Select } from "@/components/ui/field";
import type { Line } from "@/lib/invitations/list-file/verdicts";

type Props = {
  /** The line as the file has it. */
  original: Line;
  /** The line as it stands now. */
  line: Line;
  onMend: (mend: string | undefined) => void;
};

const LEAVE_OUT = "leave-out";

/** The address of a line, mended in place: one of several is chosen, anything else typed; emptied, the line is left out (REQ-B5). */
export function MendField({ original, line, onMend }: Props) {
  const [isOpen, setOpen] = useState(false);
  const name = `Address of line ${line.line}`;
  if (original.choices)
    return (
      <Select
        aria-label={name}
        value={line.mend === "" ? LEAVE_OUT : (line.mend ?? "")}
        onChange={({ target: { value } }) => onMend(value === LEAVE_OUT ? "" : value || undefined)}
      >
        <option value="">Choose…</option>
        {original.choices.map((address) => (
          <option key={address}>{address}</option>
        ))}
        <option value={LEAVE_OUT}>Neither: leave out</option>
      </Select>
    );
  if (!isOpen && line.verdict === "ready" && line.mend === undefined)
    return (
      <span className="upload-address">
        <span>{line.address}</span>
        <IconButton
          label={`Edit line ${line.line}`}
          icon={<Pencil size={15} aria-hidden />}
          onClick={() => setOpen(true)}
        />
      </span>
    );
  return (
    <MendText
      name={name}
      value={line.mend ?? original.address ?? original.cells.find((cell) => cell.includes("@")) ?? ""}
      isBad={line.verdict !== "ready" && line.verdict !== "left-out"}
      onMend={onMend}
      takesFocus={isOpen}
    />
  );
}

function MendText(props: {
  name: string;
  value: string;
  isBad: boolean;
  onMend: (mend: string) => void;
  takesFocus: boolean;
}) {
  const { name, value, isBad, onMend, takesFocus } = props;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  return (
    <input
      ref={input}
      className="input"
      type="text"
      inputMode="email"
      autoComplete="off"
      spellCheck={false}
      maxLength={1000}
      aria-label={name}
      aria-invalid={isBad || undefined}
      value={value}
      onChange={(event) => onMend(event.target.value)}
      onKeyDown={(event) => {
        // Enter ends a mend and does not send the list.
        if (event.key === "Enter") event.preventDefault();
      }}
    />
  );
}

"use client";

import X from "lucide-react/icons/x";
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useRef, useState } from "react";
import { merge, said } from "@/components/ui/chip-list";
import { Field } from "@/components/ui/field";

/** One token. `text` is its canonical form and tells duplicates; `problem` says why it cannot be used, in a few words. */
export type Chip = { text: string; problem?: string | undefined };

export type ChipsProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  chips: readonly Chip[];
  onChange: (chips: Chip[]) => void;
  /** Cuts typed or pasted text into tokens: the caller knows what they are. */
  split: (text: string) => Chip[];
  /** What is typed and not yet a token, so that closing can ask before it is lost. */
  onDraft?: (draft: string) => void;
  /** Posts every token under this name. */
  name?: string;
  placeholder?: string;
  inputRef?: RefObject<HTMLInputElement | null>;
};

/**
 * Tokens typed one after the other. Enter, comma, semicolon, newline, leaving the field and, once the text is whole, a
 * space make a token; a pasted list makes many. Backspace in the empty field removes the last; the arrows walk the
 * tokens; Delete removes one; a bad one is edited with Enter or a press. What happened is announced.
 */
export function Chips({ chips, onChange, split, onDraft, ...props }: ChipsProps) {
  const own = useRef<HTMLInputElement>(null);
  const input = props.inputRef ?? own;
  const box = useRef<HTMLDivElement>(null);
  const listId = useId();
  const [draft, setDraft] = useState("");
  const [news, setNews] = useState("");

  const write = (text: string) => {
    setDraft(text);
    onDraft?.(text);
  };
  const commit = (text: string, base: readonly Chip[] = chips) => {
    const merged = merge(base, split(text));
    write("");
    if (merged.chips.length !== chips.length || base !== chips) onChange(merged.chips);
    setNews(said(merged));
  };
  const remove = (chip: Chip) => {
    onChange(chips.filter((other) => other !== chip));
    setNews(`${chip.text} removed`);
    input.current?.focus();
  };
  const edit = (chip: Chip) => {
    const others = chips.filter((other) => other !== chip);
    if (draft.trim()) commit(draft, others);
    else onChange(others);
    write(chip.text);
    input.current?.focus();
  };

  const typed = (text: string) => {
    if (/[,;\n]$/.test(text)) return commit(text);
    const whole = /\s$/.test(text) ? split(text) : [];
    if (whole.length > 0 && whole.every((chip) => !chip.problem)) return commit(text);
    write(text);
  };
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const atStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    const last = chips.at(-1);
    if (event.key === "Enter") {
      event.preventDefault();
      if (draft.trim()) commit(draft);
    } else if (event.key === "Backspace" && draft === "" && last) {
      event.preventDefault();
      remove(last);
    } else if (event.key === "ArrowLeft" && atStart) {
      walk(event, box.current, input.current);
    }
  };

  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(wiring) => (
        <div ref={box} className="chips" data-invalid={wiring["aria-invalid"]}>
          <ul id={listId} aria-label="Added">
            {chips.map((chip) => (
              <Token
                key={chip.text}
                chip={chip}
                name={props.name}
                remove={() => remove(chip)}
                edit={() => edit(chip)}
                walk={(event) => walk(event, box.current, input.current)}
              />
            ))}
          </ul>
          <input
            {...wiring}
            ref={input}
            value={draft}
            placeholder={chips.length === 0 ? props.placeholder : undefined}
            autoComplete="off"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            inputMode="email"
            onChange={(event) => typed(event.currentTarget.value)}
            onKeyDown={keys}
            onBlur={() => (draft.trim() ? commit(draft) : undefined)}
            onPaste={(event) => {
              const text = event.clipboardData.getData("text");
              if (draft.trim() && !/[\s,;]/.test(text.trim())) return;
              event.preventDefault();
              commit(`${draft} ${text}`);
            }}
          />
          <span role="status" className="sr-only">
            {news}
          </span>
        </div>
      )}
    </Field>
  );
}

type TokenProps = {
  chip: Chip;
  name: string | undefined;
  remove: () => void;
  edit: () => void;
  walk: (event: KeyboardEvent<HTMLElement>) => void;
};

/** One token with its cross; a bad one shows its reason, and its text is a button that takes it back for editing. */
function Token({ chip, name, remove, edit, walk }: TokenProps) {
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "Delete" && event.key !== "Backspace") return walk(event);
    event.preventDefault();
    remove();
  };
  return (
    <li className={chip.problem ? "chip chip-bad" : "chip"}>
      {chip.problem ? (
        <button
          type="button"
          className="chip-text"
          onClick={edit}
          onKeyDown={keys}
          aria-label={`Edit ${chip.text}: ${chip.problem}`}
        >
          <span>{chip.text}</span>
          <small>{chip.problem}</small>
        </button>
      ) : (
        <span className="chip-text">{chip.text}</span>
      )}
      <button
        type="button"
        className="chip-remove"
        onClick={remove}
        onKeyDown={keys}
        aria-label={`Remove ${chip.text}`}
      >
        <X size={14} aria-hidden />
      </button>
      {name ? <input type="hidden" name={name} value={chip.text} /> : null}
    </li>
  );
}

/** Left and right among the tokens' buttons, and back into the field at the end. */
function walk(event: KeyboardEvent<HTMLElement>, box: HTMLElement | null, input: HTMLInputElement | null) {
  const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
  if (step === 0 || !box || !input) return;
  const stops: HTMLElement[] = [...box.querySelectorAll("button"), input];
  const next = stops[stops.indexOf(event.currentTarget) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

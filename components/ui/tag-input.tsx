"use client";

import X from "lucide-react/icons/x";
import { useLocale, useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { Field } from "@/components/ui/field";
import styles from "@/components/ui/tag-input.module.css";
import { announce, asTyped, mergeTags, type ParsedTags, type TagItem } from "@/components/ui/tag-list";
import { TagTools } from "@/components/ui/tag-tools";
import hiddenStyles from "@/components/ui/visually-hidden.module.css";

export type TagInputProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  tags: readonly TagItem[];
  onChange: (tags: TagItem[]) => void;
  /** Splits typed or pasted text into tags. */
  parse: (text: string) => ParsedTags;
  /** Returns how the text of a tag is shown, if not as it is. */
  display?: (text: string) => string;
  /** Called with text that is not a tag yet, so that a dialog can ask before it discards it. */
  onDraft?: (draft: string) => void;
  /** The form field name under which every tag is submitted. */
  name?: string;
  placeholder?: string;
  inputRef?: RefObject<HTMLInputElement | null>;
};

/**
 * Renders an input for a list of tags. Enter, comma, semicolon, newline, blur and, after valid text, a space
 * add a tag; a pasted list adds many. Backspace in the empty input removes the last tag. The arrow keys move
 * between tags, Delete removes one, and Enter or a click edits an invalid one, or takes over its suggestion. Changes are announced to
 * screen readers.
 */
export function TagInput({ tags, onChange, parse, display = asTyped, onDraft, ...props }: TagInputProps) {
  const t = useTranslations();
  const locale = useLocale();
  const ownRef = useRef<HTMLInputElement>(null);
  const input = props.inputRef ?? ownRef;
  const container = useRef<HTMLDivElement>(null);
  const listId = useId();
  const [draft, setDraft] = useState("");
  const [announcement, setAnnouncement] = useState("");
  const [ignored, setIgnored] = useState<readonly string[]>([]);
  const [search, setSearch] = useState("");
  const isLong = tags.length > MAX_WITHOUT_TOOLS;
  const shown = isLong ? tags.filter((tag) => matches(tag, display, search)) : tags;

  const tagCount = tags.length;
  // Keeps the caret in view behind many tags.
  useEffect(() => {
    if (tagCount > 0 && document.activeElement === input.current)
      input.current?.scrollIntoView({ block: "nearest" });
  }, [tagCount, input]);

  const updateDraft = (text: string) => {
    setDraft(text);
    onDraft?.(text);
  };
  const commit = (text: string, base: readonly TagItem[] = tags) => {
    const { tags: parsed, ignoredWords = [] } = parse(text);
    const merged = mergeTags(base, parsed);
    setIgnored(ignoredWords);
    setSearch("");
    updateDraft("");
    if (merged.tags.length !== tags.length || base !== tags) onChange(merged.tags);
    setAnnouncement(announce({ t, locale }, merged, display));
  };
  const remove = (tag: TagItem) => {
    onChange(tags.filter((other) => other !== tag));
    setAnnouncement(t("ui.tags.removed", { text: display(tag.text) }));
    input.current?.focus();
  };
  const edit = (tag: TagItem) => {
    const others = tags.filter((other) => other !== tag);
    if (tag.suggestion) {
      onChange(mergeTags(others, [{ text: tag.suggestion, name: tag.name }]).tags);
      setAnnouncement(t("ui.tags.added", { text: display(tag.suggestion) }));
      input.current?.focus();
      return;
    }
    if (draft.trim()) commit(draft, others);
    else onChange(others);
    updateDraft(display(tag.text));
    input.current?.focus();
  };

  const handleInput = (text: string) => {
    if (/[,;\n]$/.test(text)) return commit(text);
    const parsed = /\s$/.test(text) ? parse(text).tags : [];
    if (parsed.length > 0 && parsed.every((tag) => !tag.error)) return commit(text);
    updateDraft(text);
  };
  const handleKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const atStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    const last = shown.at(-1);
    if (event.key === "Enter") {
      event.preventDefault();
      if (draft.trim()) commit(draft);
    } else if (event.key === "Backspace" && draft === "" && last) {
      event.preventDefault();
      remove(last);
    } else if (event.key === "ArrowLeft" && atStart) {
      moveFocus(event, container.current, input.current);
    }
  };

  return (
    <div>
      <Field label={props.label} hint={props.hint} error={props.error}>
        {(fieldProps) => (
          <div ref={container} className={styles.tagInput} data-invalid={fieldProps["aria-invalid"]}>
            <ul id={listId} aria-label={t("ui.tags.list")}>
              {shown.map((tag) => (
                <Tag
                  key={tag.text}
                  tag={tag}
                  display={display}
                  name={props.name}
                  remove={() => remove(tag)}
                  edit={() => edit(tag)}
                  moveFocus={(event) => moveFocus(event, container.current, input.current)}
                />
              ))}
            </ul>
            <input
              {...fieldProps}
              ref={input}
              value={draft}
              placeholder={tags.length === 0 ? props.placeholder : undefined}
              autoComplete="off"
              autoCapitalize="none"
              autoCorrect="off"
              spellCheck={false}
              inputMode="email"
              onChange={(event) => handleInput(event.currentTarget.value)}
              onKeyDown={handleKeyDown}
              onBlur={() => (draft.trim() ? commit(draft) : undefined)}
              onPaste={(event) => {
                const text = event.clipboardData.getData("text");
                if (draft.trim() && !/[\s,;]/.test(text.trim())) return;
                event.preventDefault();
                commit(`${draft} ${text}`);
              }}
            />
          </div>
        )}
      </Field>
      <p role="status" className={isLong ? styles.status : hiddenStyles.visuallyHidden}>
        {announcement}
      </p>
      {isLong ? (
        <TagTools
          tags={tags}
          search={search}
          onSearch={setSearch}
          onRemoveProblems={() => {
            const valid = tags.filter((tag) => !tag.error);
            onChange(valid);
            setAnnouncement(t("ui.tags.removedCount", { count: tags.length - valid.length }));
            input.current?.focus();
          }}
        />
      ) : null}
      {ignored.length > 0 ? (
        <details className={styles.ignored}>
          <summary>{t("ui.tags.ignored", { count: ignored.length })}</summary>
          <p>{ignored.slice(0, MAX_IGNORED).join(" ")}</p>
        </details>
      ) : null}
    </div>
  );
}

/** Longer lists can be searched. */
const MAX_WITHOUT_TOOLS = 20;

function matches(tag: TagItem, display: (text: string) => string, search: string): boolean {
  const { text, name = "", error = "" } = tag;
  return [text, display(text), name, error].join("\n").toLowerCase().includes(search.trim().toLowerCase());
}

/** The number of ignored words that are shown. */
const MAX_IGNORED = 200;

type TagProps = {
  tag: TagItem;
  display: (text: string) => string;
  name: string | undefined;
  remove: () => void;
  edit: () => void;
  moveFocus: (event: KeyboardEvent<HTMLElement>) => void;
};

/** Renders a tag with its remove button. An invalid tag shows its error, and clicking its text edits it. */
function Tag({ tag, display, name, remove, edit, moveFocus }: TagProps) {
  const t = useTranslations();
  const text = display(tag.text);
  const handleKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "Delete" && event.key !== "Backspace") return moveFocus(event);
    event.preventDefault();
    remove();
  };
  return (
    <li className={tag.error ? `${styles.tag} ${styles.invalid}` : styles.tag}>
      {tag.error ? (
        <button
          type="button"
          className={styles.text}
          onClick={edit}
          onKeyDown={handleKeyDown}
          aria-label={
            tag.suggestion
              ? t("ui.tags.accept", { text, suggestion: display(tag.suggestion) })
              : t("ui.tags.edit", { text, error: tag.error })
          }
        >
          <span>{text}</span>
          <small>{tag.error}</small>
        </button>
      ) : (
        <span className={styles.text}>
          <span>{text}</span>
          {tag.name ? (
            <small>
              <bdi>{tag.name}</bdi>
            </small>
          ) : null}
        </span>
      )}
      <button
        type="button"
        className={styles.remove}
        onClick={remove}
        onKeyDown={handleKeyDown}
        aria-label={t("ui.tags.remove", { text })}
      >
        <X size={14} aria-hidden />
      </button>
      {name ? <input type="hidden" name={name} value={tag.text} /> : null}
    </li>
  );
}

/** Moves the focus left or right between the tags' buttons, and from the last one into the input. */
function moveFocus(
  event: KeyboardEvent<HTMLElement>,
  container: HTMLElement | null,
  input: HTMLInputElement | null,
) {
  const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
  if (step === 0 || !container || !input) return;
  const focusable: HTMLElement[] = [...container.querySelectorAll("button"), input];
  const next = focusable[focusable.indexOf(event.currentTarget) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

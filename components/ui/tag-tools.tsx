import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import fieldStyles from "@/components/ui/field.module.css";
import type { TagItem } from "@/components/ui/tag-list";
import styles from "@/components/ui/tag-tools.module.css";

type Props = {
  tags: readonly TagItem[];
  search: string;
  onSearch: (text: string) => void;
  onRemoveProblems: () => void;
};

/** Renders the bar below a long list of tags: search, and the removal of all invalid ones. */
export function TagTools({ tags, search, onSearch, onRemoveProblems }: Props) {
  const t = useTranslations();
  const invalid = tags.filter((tag) => tag.error).length;
  return (
    <div className={styles.tools}>
      <input
        className={`${fieldStyles.input} ${styles.search}`}
        type="search"
        aria-label={t("ui.tags.search")}
        placeholder={t("ui.tags.search")}
        value={search}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
      />
      {invalid > 0 ? (
        <Button size="small" variant="quiet" onClick={onRemoveProblems}>
          {t("ui.tags.removeProblems", { count: invalid })}
        </Button>
      ) : null}
    </div>
  );
}

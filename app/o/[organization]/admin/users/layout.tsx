import { RowUpdatesProvider } from "@/components/members/row-updates";

/**
 * Shares row updates between the three lists and the profile pages, so that each shows changes made on
 * another.
 */
export default function UsersLayout({ children }: LayoutProps<"/o/[organization]/admin/users">) {
  return <RowUpdatesProvider>{children}</RowUpdatesProvider>;
}

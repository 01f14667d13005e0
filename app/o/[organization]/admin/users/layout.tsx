import { FreshRows } from "@/components/members/fresh-rows";

/** What was changed on one of these pages is seen on the others at once: the three lists, and the profile of each user. */
export default function UsersLayout({ children }: LayoutProps<"/o/[organization]/admin/users">) {
  return <FreshRows>{children}</FreshRows>;
}

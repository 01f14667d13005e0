import { redirect } from "next/navigation";
import { comeBack } from "@/lib/sign-in/oauth-callback";

/** Where providers of OpenID Connect send browsers back to (REQ-F5). Without what this browser began, nothing happens. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/auth/callback/[provider]">,
): Promise<never> {
  const { provider } = await params;
  redirect(await comeBack(provider, new URL(request.url).search));
}

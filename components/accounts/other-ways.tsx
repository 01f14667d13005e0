type Props = {
  /** The login page, below which the other ways are. */
  login: string;
};

/** For whoever has no password at hand (R F5). */
export function OtherWays({ login }: Props) {
  return (
    <p>
      <a href={`${login}/mail`}>Log in by mail instead</a>, or{" "}
      <a href={`${login}/mail?for=password`}>choose a new password</a> if you forgot yours.
    </p>
  );
}

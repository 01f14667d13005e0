/** Downloads a CSV text as a file. */
export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser may read the URL later, after it has asked the user where to save the file.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

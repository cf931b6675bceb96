/** How long the browser may take to read a file that it was handed, ms. */
const READ = 60_000;

/** Hands a text to the browser's downloads, under a name. It goes nowhere else. */
export function saveFile(name: string, text: string, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ);
}

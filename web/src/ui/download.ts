/** Saves the file that an address answers with, under the name that it comes with. */
export function download(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}

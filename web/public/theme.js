/* global document */
// Before the first paint, or a page in the other theme would flash.
try {
  const theme = localStorage.getItem('crmflow.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the system's theme is right.
}

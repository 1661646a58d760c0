/** A test as JUnit's XML has it. */
export type Case = { suite: string; name: string; ms: number; failures: string[] };

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string) =>
  text
    .replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter)
    // XML 1.0 has no other control characters, however they are written.
    // eslint-disable-next-line no-control-regex -- they are what it is about
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '�');

/** Tests in the form that CI systems read. */
export function junitOf(cases: readonly Case[]): string {
  const suites = [...new Set(cases.map(({ suite }) => suite))].map((suite) => {
    const all = cases.filter((one) => one.suite === suite);
    const failed = all.filter(({ failures }) => failures.length > 0).length;
    const lines = all.map(({ name, ms, failures }) => {
      const head = `    <testcase classname="${escaped(suite)}" name="${escaped(name)}" time="${(ms / 1000).toFixed(3)}"`;
      if (failures.length === 0) return `${head}/>`;
      const [first = ''] = failures;
      const text = failures.map(escaped).join('\n');
      return `${head}>\n      <failure message="${escaped(first)}">${text}</failure>\n    </testcase>`;
    });
    const head = `  <testsuite name="${escaped(suite)}" tests="${all.length}" failures="${failed}">`;
    return [head, ...lines, '  </testsuite>'].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

/** A step into a value: the name of a field, or a place in a list. */
export type Step = string | number;

/** The expression that leads to a part of a variable: `vars.answer.items[0]["odd name"]`. */
export function expressionOf(variable: string, steps: readonly Step[]): string {
  const rest = steps.map((step) =>
    typeof step === 'string' && /^[A-Za-z_]\w*$/.test(step)
      ? `.${step}`
      : `[${JSON.stringify(step)}]`,
  );
  return `vars.${variable}${rest.join('')}`;
}

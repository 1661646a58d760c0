import type { ModelPrice, Usage } from '@crmflow/contracts';

/** US dollars per million tokens of input and of output; above 200,000 of input, the second pair. */
type Rates = { usd: [input: number, output: number]; long?: [input: number, output: number] };

/** Rates that hold up to and with a day; without `until`, as far as is known. */
type Price = Rates & { until?: string };

const longInputTokens = 200_000;

/**
 * When these prices were read from https://ai.google.dev/gemini-api/docs/pricing (paid tier, text).
 * A model is only listed where the page gives its price, and only for as long as it says so: no
 * price is better than a wrong one.
 */
const asOf = '2026-10-07';

const prices: Readonly<Record<string, Price[]>> = {
  'gemini-3.8-flash': [{ usd: [0.75, 3.75], until: '2026-12-31' }, { usd: [1.5, 7.5] }],
  'gemini-3.6-flash': [{ usd: [1.5, 7.5] }],
  'gemini-3.5-flash': [{ usd: [1.5, 9] }],
  'gemini-3.5-flash-lite': [{ usd: [0.3, 2.5] }],
  'gemini-3.1-pro-preview': [{ usd: [2, 12], long: [4, 18] }],
  'gemini-2.5-flash-lite': [{ usd: [0.1, 0.4] }],
  // From 1 December 2026 another model answers under these names, at its own price.
  'gemini-2.5-flash': [{ usd: [0.3, 2.5], until: '2026-11-30' }],
  'gemini-2.5-pro': [{ usd: [1.25, 10], long: [2.5, 15], until: '2026-11-30' }],
};

/** Fractions of a cent add up over a month, and sums of binary fractions are long. */
const rounded = (usd: number) => Math.round(usd * 1e9) / 1e9;

/** Revisions such as -001 cost what their model costs; an alias such as -latest moves. */
function find(model: string, at: Date): Price | undefined {
  const name = model.replace(/^models\//, '').replace(/-\d{3}$/, '');
  if (!Object.hasOwn(prices, name)) return undefined;
  const day = at.toISOString().slice(0, 10);
  return prices[name]?.find(({ until }) => until === undefined || day <= until);
}

/** The list price of a model; undefined where it is not known. */
export function priceOf(model: string, at = new Date()): ModelPrice | undefined {
  const price = find(model, at);
  if (!price) return undefined;
  const [inputPerMillion, outputPerMillion] = price.usd;
  return { inputPerMillion, outputPerMillion, asOf };
}

/** Usage with its cost at the list price; without a cost where the model's price is not known. */
export function withCost(usage: Usage, model: string, at = new Date()): Usage {
  const price = find(model, at);
  if (!price) return usage;
  const isLong = usage.inputTokens > longInputTokens;
  const [input, output] = (isLong && price.long) || price.usd;
  return {
    ...usage,
    costUsd: rounded((usage.inputTokens * input + usage.outputTokens * output) / 1e6),
  };
}

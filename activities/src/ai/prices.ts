import type { ModelPrice, Usage } from '@crmflow/contracts';

/** A price, and the one above so many tokens of input where there is another. */
type Price = ModelPrice & { above?: ModelPrice & { inputTokens: number } };

const per = (inputPerMillion: number, outputPerMillion: number): ModelPrice => ({
  inputPerMillion,
  outputPerMillion,
});

const long = 200_000;

/** What Google asked for text in November 2026, in US dollars. */
const prices: ReadonlyMap<string, Price> = new Map<string, Price>([
  ['gemini-2.5-pro', { ...per(1.25, 10), above: { inputTokens: long, ...per(2.5, 15) } }],
  ['gemini-2.5-flash', per(0.3, 2.5)],
  ['gemini-2.5-flash-lite', per(0.1, 0.4)],
  ['gemini-2.0-flash', per(0.1, 0.4)],
  ['gemini-2.0-flash-lite', per(0.075, 0.3)],
  ['gemini-embedding-001', per(0.15, 0)],
]);

/** Fractions of a cent add up over a month, and sums of binary fractions are long. */
const rounded = (usd: number) => Math.round(usd * 1e9) / 1e9;

function find(model: string): Price | undefined {
  const name = model.replace(/^models\//, '');
  return prices.get(name) ?? prices.get(name.replace(/-(?:\d{3}|latest)$/, ''));
}

/** What a model costs; undefined for one that the table has not. */
export function priceOf(model: string): ModelPrice | undefined {
  const price = find(model);
  return price && per(price.inputPerMillion, price.outputPerMillion);
}

/** What was used with what that cost; without a cost where the model's price is not known. */
export function withCost(usage: Usage, model: string): Usage {
  const price = find(model);
  if (!price) return usage;
  const isLong = price.above !== undefined && usage.inputTokens > price.above.inputTokens;
  const { inputPerMillion, outputPerMillion } = isLong && price.above ? price.above : price;
  const usd = usage.inputTokens * inputPerMillion + usage.outputTokens * outputPerMillion;
  return { ...usage, costUsd: rounded(usd / 1e6) };
}

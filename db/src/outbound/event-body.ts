import { type Json, jsonBytes, type JsonObject, limits } from '@crmflow/contracts';

/** An event as it is stored. */
export type StoredEvent = { type: string; at: Date; data: JsonObject };

const mark = '…';

/** Cuts each text in a value to so many characters, and marks where it did. */
function cutTexts(value: Json, length: number): Json {
  if (typeof value === 'string') {
    if (value.length <= length) return value;
    return `${value.slice(0, length).replace(/[\ud800-\udbff]$/, '')}${mark}`;
  }
  if (Array.isArray(value)) return value.map((item) => cutTexts(item, length));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, cutTexts(item, length)]),
  );
}

const textLengths = [8_000, 2_000, 500, 100];

/** Ids and other short values stay, whatever else does not fit. */
const shortBytes = 500;

/** `data` with its texts cut, and in the end without its largest parts, so that it has at most so many bytes. */
function cutData(data: JsonObject, bytes: number): JsonObject {
  let cut = data;
  for (const length of textLengths) {
    if (jsonBytes(cut) <= bytes) return cut;
    cut = { ...(cutTexts(data, length) as JsonObject), truncated: true };
  }
  if (jsonBytes(cut) <= bytes) return cut;
  const isShort = ([, value]: [string, Json]) => jsonBytes(value) <= shortBytes;
  return Object.fromEntries(
    Object.entries(cut).map((entry) => (isShort(entry) ? entry : [entry[0], mark])),
  );
}

/**
 * What is sent to an endpoint: the same text at each attempt. Texts that are too long are cut and end with
 * an ellipsis; then `data.truncated` is set.
 */
export function eventBody({ type, at, data }: StoredEvent): string {
  const timestamp = at.toISOString();
  const around = jsonBytes({ type, timestamp, data: {} });
  return JSON.stringify({ type, timestamp, data: cutData(data, limits.eventBytes - around) });
}

/** A schema as Gemini takes it. */
export type GeminiSchema = {
  type?: string;
  enum?: string[];
  minimum?: number;
  properties?: { [name: string]: GeminiSchema };
  items?: GeminiSchema;
  anyOf?: GeminiSchema[];
  [keyword: string]: unknown;
};

const known = new Set(
  [
    'type,format,title,description,nullable,enum,maxItems,minItems,properties,required',
    'minLength,maxLength,pattern,anyOf,propertyOrdering,items,minimum,maximum',
  ].flatMap((line) => line.split(',')),
);

/** What Gemini would refuse of a schema, as its API words it; undefined where it takes it. */
export function schemaFault(schema: GeminiSchema, path = 'response_schema'): string | undefined {
  for (const keyword of Object.keys(schema)) {
    if (!known.has(keyword))
      return `Invalid JSON payload received. Unknown name "${keyword}" at ${path}`;
  }
  if (typeof schema.type !== 'string' && !schema.anyOf) return `${path}.type: must be specified`;
  if (schema.type === 'object' && Object.keys(schema.properties ?? {}).length === 0) {
    return `${path}.properties: should be non-empty for OBJECT type`;
  }
  if (schema.type === 'array' && !schema.items) return `${path}.items: missing field.`;
  const within = [
    ...Object.entries(schema.properties ?? {}),
    ...(schema.items ? [['items', schema.items] as const] : []),
    ...(schema.anyOf ?? []).map((one, index) => [`any_of[${index}]`, one] as const),
  ];
  for (const [name, one] of within) {
    const fault = schemaFault(one, `${path}.${name}`);
    if (fault) return fault;
  }
  return undefined;
}

/** A value that fits a schema; texts are `text`. */
export function valueBy(schema: GeminiSchema, text: string): unknown {
  const [first] = schema.anyOf ?? [];
  if (first) return valueBy(first, text);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, one]) => [name, valueBy(one, text)]),
      );
    case 'array':
      return schema.items ? [valueBy(schema.items, text)] : [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 7;
    case 'boolean':
      return true;
    default:
      return schema.enum?.[0] ?? text;
  }
}

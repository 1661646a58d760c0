import { blank, type FieldKind, isTexts, type Shape } from './shape.js';

/** The keywords that each kind may have besides; what another kind had is left behind. */
const kept: { [kind in FieldKind]?: readonly string[] } = {
  text: ['minLength', 'maxLength', 'pattern'],
  number: ['minimum', 'maximum'],
  whole: ['minimum', 'maximum'],
  list: ['minItems', 'maxItems'],
  object: ['additionalProperties'],
};

/** A field that is to be of another kind: its description stays, and what both kinds know. */
export function turnInto(kind: FieldKind, shape: Shape): Shape {
  const { title, ...rest } = shape.rest;
  const known = Object.entries(rest).filter(([keyword]) => kept[kind]?.includes(keyword));
  return {
    ...blank(kind),
    description: shape.description,
    isNullable: shape.isNullable,
    rest: { ...(title !== undefined && { title }), ...Object.fromEntries(known) },
    ...(kind === 'list' && shape.kind === 'object' && { items: { ...shape, description: '' } }),
  };
}

/** Names in a row's list of order follow a field that is called otherwise now. */
export function renameField(shape: Shape, index: number, name: string): Shape {
  const before = shape.fields[index];
  if (!before) return shape;
  const { propertyOrdering: order } = shape.rest;
  return {
    ...shape,
    fields: shape.fields.with(index, { ...before, name }),
    ...(isTexts(order) && {
      rest: {
        ...shape.rest,
        propertyOrdering: order.map((one) => (one === before.name ? name : one)),
      },
    }),
  };
}

/** An object without one of its fields. */
export function removeField(shape: Shape, index: number): Shape {
  const { propertyOrdering: order } = shape.rest;
  const name = shape.fields[index]?.name;
  return {
    ...shape,
    fields: shape.fields.toSpliced(index, 1),
    ...(isTexts(order) && {
      rest: { ...shape.rest, propertyOrdering: order.filter((one) => one !== name) },
    }),
  };
}

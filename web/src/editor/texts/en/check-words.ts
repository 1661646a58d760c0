/** What the check says is English already. */
export const checkWords: readonly (readonly [RegExp, string])[] = [];

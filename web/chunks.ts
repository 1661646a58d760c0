const isScript = (id: string) => !id.endsWith('.css');
const isStudio = (id: string) => /web\/src\/editor\/|node_modules\/rete/.test(id);
/** The page itself begins from these; they stay what the manifest knows them as. */
const isEntry = (id: string) => /\.html$|src\/main\.tsx$/.test(id);
const isShared = (id: string) => isScript(id) && !isEntry(id);

/**
 * Which modules share a file. Left alone, each module that two lazy parts need becomes a file of its
 * own: 67 of them until the studio is there, fetched six at a time. What every page needs is one
 * file; small ones that the same parts need are put together, at the cost of some bytes too many; few of
 * those of the studio, so that no page loads the studio for an icon of it.
 */
export const codeSplitting = {
  groups: [
    { name: 'app', tags: ['$initial' as const], test: isShared },
    {
      ...{
        name: 'studio',
        test: (id: string) => isShared(id) && isStudio(id),
        includeDependenciesRecursively: false,
      },
      ...{ minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 3_000 },
    },
    {
      ...{ name: 'shared', test: isShared },
      ...{ minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 3_000 },
    },
  ],
};

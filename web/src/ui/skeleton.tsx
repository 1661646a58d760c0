import './skeleton.css';

/** What stands for things that are being fetched. */
export type SkeletonProps = {
  /** What is being fetched, read out. */
  label: string;
  /** How many things are likely to come. */
  count?: number;
  /** Of one, in pixels, where they are not the rows of a list. */
  height?: number;
};

/** Grey shapes in the place of what is being fetched, so that nothing jumps when it comes. */
export function Skeleton({ label, count = 3, height }: SkeletonProps) {
  const shapes = Array.from({ length: count }, (_, index) =>
    height === undefined ? (
      <div key={index} class="skeleton-row" />
    ) : (
      <div key={index} class="skeleton-block" style={{ height: `${height}px` }} />
    ),
  );
  return (
    <div class={`skeletons ${height === undefined ? 'as-rows' : ''}`} role="status">
      <span class="visually-hidden">{label}</span>
      {shapes}
    </div>
  );
}

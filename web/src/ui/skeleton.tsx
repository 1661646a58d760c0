import './skeleton.css';

/** What stands for things that are being fetched. */
export type SkeletonProps = {
  /** What is being fetched, read out. */
  label: string;
  /** How many things are likely to come. */
  count?: number;
  /** Of one, in pixels. */
  height?: number;
};

/** Grey shapes in the place of what is being fetched, so that nothing jumps when it comes. */
export function Skeleton({ label, count = 3, height = 72 }: SkeletonProps) {
  return (
    <div class="skeletons" role="status">
      <span class="visually-hidden">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} class="skeleton-shape" style={{ height: `${height}px` }} />
      ))}
    </div>
  );
}

import type { ComponentChildren } from 'preact';
import { Button } from './button.js';
import { useSubmit } from './dialog/use-submit.js';
import type { FieldFaults } from './field-faults.js';
import { Notice } from './notice.js';
import { toast } from './toast/toast.js';
import './section-form.css';

/** A form of a page with settings, sent as a whole; says when it was taken. */
export function SectionForm({
  submit,
  done,
  onSubmit,
  children,
}: {
  /** The word on the button. */
  submit: string;
  /** What is said once it was taken. */
  done: string;
  onSubmit: (data: FormData, form: HTMLFormElement) => Promise<void>;
  children: (faults: FieldFaults['fields']) => ComponentChildren;
}) {
  const sending = useSubmit(onSubmit, () => toast(done));
  const { fields, general } = sending.faults.value;
  return (
    <form class="section-form" noValidate onSubmit={sending.onSubmit}>
      {general !== undefined && <Notice>{general}</Notice>}
      {children(fields)}
      <div>
        <Button kind="primary" type="submit" busy={sending.isBusy.value}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

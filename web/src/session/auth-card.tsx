import type { ComponentChildren } from 'preact';
import { PageTitle } from '../ui/page-title.js';
import './auth-card.css';

type Props = {
  title: string;
  /** Below the title. */
  claim?: string;
  /** Above the card. */
  notice?: ComponentChildren;
  children: ComponentChildren;
};

/** The card in the middle of the page for those who are not signed in. */
export function AuthCard({ title, claim, notice, children }: Props) {
  return (
    <div class="sign-in">
      {notice}
      <section class="card">
        <div>
          <PageTitle title={title} />
          {claim !== undefined && <p class="muted small">{claim}</p>}
        </div>
        {children}
      </section>
    </div>
  );
}

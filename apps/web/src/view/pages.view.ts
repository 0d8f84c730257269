import type { FieldError, UnmetGate } from '@platform/kernel';
import type { Moment } from './helpers/format';

/** `views/pages/home.hbs` */
export interface HomeView {
  /** What was searched for, when the search comes back here. */
  query?: string;
  /** Open consultations, the one that closes first at the top. */
  consultations: {
    title: string;
    href: string;
    department: string;
    closesAt: Moment;
    /** Why this day: the article or the extension. */
    reason?: string;
    opinions: number;
  }[];
  /** Newly published policies, newest first, with their picture interpretation where there is one. */
  published: {
    title: string;
    href: string;
    number?: string;
    department: string;
    publishedAt: Moment;
    summary?: string;
    picture?: { src: string; alt: string; href: string };
  }[];
  /** The city's figures; each leads to the records it was counted from. */
  figures: { value: number; unit?: string; label: string; href: string }[];
  figuresAt: Moment;
}

/** `views/pages/login.hbs`; a refused try comes back as `form`, as with every form. */
export interface LoginView {
  cities: { id: string; name: string; nameEn: string }[];
  /** The city whose accounts one signs in with. */
  city?: { id: string };
  login?: string;
  /** Where to go afterwards; a path of this site. */
  back?: string | null;
  /** Demonstration only: who one can be. Enterprises, residents and experts have no department. */
  demoAccounts?: { department: string; people: { name: string; roles: string[]; login: string; href: string }[] }[];
  /** The one password of the demonstration accounts. */
  demoPassword?: string;
}

/** `views/pages/error.hbs` */
export interface ErrorView {
  status: 403 | 404 | 409 | 422 | 429 | 500;
  /** The message of a `DomainError`. */
  key?: string;
  params?: Record<string, unknown>;
  article?: string;
  fields?: FieldError[];
  gates?: UnmetGate[];
  /** The way back to where the person was. */
  back?: { href: string; label: string };
  requestId?: string;
}

import type { Lang } from './lang';

/** One entry of the console's left rail. */
export interface NavItem {
  href: string;
  /** Already in the language of the page. */
  label: string;
  /** A name from `styles/icons.json`. */
  icon?: string;
  current?: boolean;
  /** How much waits there; 0 is not shown. */
  count?: number;
}

/** A message shown once, after a redirect. */
export interface Flash {
  tone: 'info' | 'success' | 'warning';
  title: string;
  text?: string;
}

/** What every render receives as `page`, whatever the view. */
export interface PageBase {
  title: string;
  lang: Lang;
  /** This page in the other language. */
  otherLangUrl: string;
  /** 适老化: large text, remembered in a cookie by the server. */
  largeText: boolean;
  cityName: string;
  cityCode: string;
  /** The path of this page without query, for the current mark in the navigation and the way back. */
  path: string;
  signedIn: boolean;
  personName?: string;
  departmentName?: string;
  roleNames?: string[];
  nav?: NavItem[];
  csrf?: string;
  flash?: Flash;
  /** A demonstration: every page says so, and lets the day be moved. */
  demo?: boolean;
  /** The instant the page stands at; shown in a demonstration, whose clock can be moved. */
  now?: Date;
}

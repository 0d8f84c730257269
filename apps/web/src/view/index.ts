export type { Params, Translate } from './catalogue';
export { type Lang, LANGUAGES } from './lang';
export { createViewEngine, createWebViews, type Layout, type RenderOptions, type ViewEngine, type ViewEngineOptions } from './engine';
export { STATIC_URL } from './helpers/markup';
export type { Flash, NavItem, PageBase } from './page';
export type { ErrorView, HomeView, LoginView } from './pages.view';
export { formatDate, formatDateTime, formatMoney, formatNumber } from './helpers/format';

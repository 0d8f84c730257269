/** The product's own templates, compiled once, with the data put together by hand: what the page costs without the frame around it. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../../scripts/lib/project.mjs';

const require = createRequire(import.meta.url);
const { createWebViews } = require(path.join(root, 'dist/apps/web/src/view/index.js'));
const { systemClock } = require(path.join(root, 'dist/libs/platform/kernel/src/index.js'));
const { clauseTree, contentsOf, lineView } = require(path.join(root, 'dist/apps/web/src/policy/policy-view.js'));

const TONES = { not_yet_effective: 'info', in_force: 'success', superseded: 'neutral', lapsed: 'warning', abolished: 'danger' };
const KINDS = ['normative_document', 'major_decision', 'policy_document'];

export function floorPages(webDir) {
  const views = createWebViews(webDir, systemClock);
  const page = (city, at, title) => ({
    title, lang: 'zh', otherLangUrl: `${at}?lang=en`, largeText: false, cityCode: city, cityName: '测量市', path: at, signedIn: false, csrf: '', demo: false,
  });
  const render = (view, data) => views.render(view, { ...data, form: null }, { lang: 'zh', layout: 'portal' });
  return {
    list: (city, { items, next }) => render('policy/list', {
      page: page(city, `/${city}/policies`, '政策库'), filter: {}, kinds: KINDS,
      items: items.map((item) => ({ ...item, href: `/${city}/policies/${item.id}`, tone: item.validity && TONES[item.validity] })),
      next: next && `?q=&kind=&after=${encodeURIComponent(next)}`,
    }),
    show: (city, policy) => {
      const clauses = clauseTree(policy.provisions);
      return render('policy/show', {
        page: page(city, `/${city}/policies/${policy.id}`, policy.title), policy, clauses, contents: contentsOf(clauses),
        tone: policy.validity && TONES[policy.validity], line: lineView(policy.title, policy.state, policy.events, new Date()),
      });
    },
  };
}

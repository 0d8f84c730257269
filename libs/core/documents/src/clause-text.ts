export interface ClauseNode {
  clauseId: string;
  parentId: string | null;
  identity: string;
  label: string;
  text: string;
}

/** The clause with that identity and everything under it, in reading order; empty if the version has no such clause. */
function subtree<N extends ClauseNode>(nodes: readonly N[], identity: string): N[] {
  const root = nodes.find((node) => node.identity === identity);
  if (!root) return [];
  const inside = new Set([root.clauseId]);
  // A parent stands before its children.
  return nodes.filter((node) => {
    if (node.parentId !== null && inside.has(node.parentId)) inside.add(node.clauseId);
    return inside.has(node.clauseId);
  });
}

/** The words of a clause and of what stands under it, a line each; null if the version has no such clause. */
export function clauseText(nodes: readonly ClauseNode[], identity: string): string | null {
  const lines = subtree(nodes, identity).map(({ label, text }) => [label, text].filter(Boolean).join('　'));
  return lines.length === 0 ? null : lines.join('\n');
}

/** Whether the words of a clause differ between two versions: changed, removed or new. A new number, or white space, is no change. */
export function clauseChanged(before: readonly ClauseNode[], after: readonly ClauseNode[], identity: string): boolean {
  const words = (nodes: readonly ClauseNode[]): string => JSON.stringify(subtree(nodes, identity).map(({ text }) => text.replace(/\s+/gu, '')));
  return words(before) !== words(after);
}

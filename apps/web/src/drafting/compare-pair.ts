import { DomainError } from '@platform/kernel';

/**
 * The two versions that are asked for; else the newest, and the one behind it in the list. Refuses one that is not of the list (not found) and
 * one against itself (`invalid`); null where there are not two.
 */
export function choosePair<V extends { id: string }>(versions: readonly V[], from?: string, to?: string): { from: V; to: V } | null {
  const named = (id: string | undefined): V | undefined => {
    const found = versions.find((version) => version.id === id);
    if (id && !found) throw DomainError.notFound();
    return found;
  };
  const [earlier, later] = [named(from || undefined), named(to || undefined)];
  if (earlier && earlier === later) throw DomainError.invalid('editor:error.sameVersion', [{ field: 'to', key: 'editor:error.sameVersion' }]);
  const second = later ?? versions.find((version) => version !== earlier);
  const first = earlier ?? versions[versions.findIndex((version) => version === second) + 1] ?? versions.find((version) => version !== second);
  return first && second ? { from: first, to: second } : null;
}

// The choice of the time zone.
import { byId, h } from './dom';
import { COMMON, Zone, otherZones } from './zones';

export function startZones(changed: (zone: Zone) => void): { readonly id: string; set(id: string): void } {
  const select = byId<HTMLSelectElement>('zone');
  const option = (id: string, name: string): HTMLElement => h('option', { value: id }, name);
  select.append(
    h('optgroup', { label: 'Markets' }, ...COMMON.map(([id, name]) => option(id, name))),
    h('optgroup', { label: 'Everywhere' }, ...otherZones().map((id) => option(id, id.replaceAll('_', ' ')))),
  );
  select.addEventListener('change', () => changed(Zone.of(select.value)));
  return {
    get id() {
      return select.value;
    },
    set(id) {
      const zone = Zone.of(id);
      select.value = zone.id;
      if (select.selectedIndex < 0) select.value = 'UTC';
      changed(Zone.of(select.value));
    },
  };
}

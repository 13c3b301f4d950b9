// Files of the visitor: chosen, or dropped anywhere on the page.
import { byId } from './dom';

export function startFiles(take: (file: File) => Promise<void>): { choose(): void } {
  const input = byId<HTMLInputElement>('file');
  const veil = byId('drop');
  const takeAll = async (list: FileList | null | undefined): Promise<void> => {
    for (const file of list ?? []) await take(file);
  };
  input.addEventListener('change', () => {
    void takeAll(input.files).then(() => (input.value = ''));
  });
  const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
  addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) veil.hidden = true;
  });
  addEventListener('drop', (event) => {
    veil.hidden = true;
    if (!holdsFiles(event)) return;
    event.preventDefault();
    void takeAll(event.dataTransfer?.files);
  });
  return { choose: () => input.click() };
}

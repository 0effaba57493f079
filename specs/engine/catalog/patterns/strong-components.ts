/** Strongly connected components (Tarjan), without recursion. */
export function strongComponents(count: number, successors: (node: number) => Iterable<number>): number[][] {
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const stack: number[] = [];
  const found: number[][] = [];
  let counter = 0;
  for (let start = 0; start < count; start += 1) {
    if (order[start] !== -1) continue;
    const work: { node: number; rest: Iterator<number> }[] = [];
    const enter = (node: number): void => {
      order[node] = counter;
      low[node] = counter;
      counter += 1;
      stack.push(node);
      onStack[node] = 1;
      work.push({ node, rest: successors(node)[Symbol.iterator]() });
    };
    enter(start);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const { value, done } = top.rest.next();
      if (done !== true) {
        if (order[value] === -1) enter(value);
        else if (onStack[value] === 1) low[top.node] = Math.min(low[top.node] ?? 0, order[value] ?? 0);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) low[parent.node] = Math.min(low[parent.node] ?? 0, low[top.node] ?? 0);
      if (low[top.node] !== order[top.node]) continue;
      const component: number[] = [];
      for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        onStack[node] = 0;
        component.push(node);
        if (node === top.node) break;
      }
      found.push(component);
    }
  }
  return found;
}

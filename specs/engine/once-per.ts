/** A function whose answer for a thing is worked out once, and dropped with the thing. A page that doesn't need it doesn't carry it. */
/* @__NO_SIDE_EFFECTS__ */
export function oncePer<Of extends object, Answer>(workOut: (of: Of) => Answer): (of: Of) => Answer {
  const known = new WeakMap<Of, { readonly answer: Answer }>();
  return (of) => {
    let kept = known.get(of);
    if (kept === undefined) {
      kept = { answer: workOut(of) };
      known.set(of, kept);
    }
    return kept.answer;
  };
}

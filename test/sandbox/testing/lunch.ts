/** Lunch for 37 on Tuesday at half past eleven; fjord-catering is asked first, taiga-catering is its substitute. */
export const lunchOrder = {
  product: "catering-cover",
  customer: "nordic-apps",
  provider: "fjord-catering",
  parties: { broker: "spacefinder", supplier: "kestrel" },
  scheduledFor: "2026-03-17T11:30:00+02:00",
  usage: { covers: 37 },
  respondWithin: "PT30M",
};

/** The same under an id that its test can name. */
export const lunch = { id: "lunch", ...lunchOrder };

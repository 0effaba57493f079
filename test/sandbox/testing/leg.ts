/** 920 miles, 20 minutes late: 144.31 net, 14.43 of credit, 12.99 of tax. */
export const leg = {
  id: "leg-1145",
  product: "express-leg",
  customer: "nordic-apps",
  startedAt: "2026-03-16T11:45:00",
  usage: { distanceMiles: 920, arrivalDelayMinutes: 20 },
  parties: { forwarder: "wayfare", carrier: "blueline" },
};

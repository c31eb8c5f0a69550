// Whether two models that were tested on the same tracks really differ.

/**
 * McNemar's test, two-sided, exact binomial with mid-p: 2 P(X <= min) - P(X = min), X ~ B(b + c, 1/2)
 * (Fagerland, Lydersen & Laake, "The McNemar test for binary matched-pairs data", BMC Medical Research Methodology 13 (2013)).
 * @param onlyFirstRight tracks that only the first model had right
 * @param onlySecondRight tracks that only the second model had right
 */
export function mcnemarMidP(onlyFirstRight: number, onlySecondRight: number): number {
  if (onlyFirstRight === onlySecondRight) return 1;
  const n = onlyFirstRight + onlySecondRight;
  const low = Math.min(onlyFirstRight, onlySecondRight);
  // log C(n, i) - n log 2, term by term, so that thousands of tracks do not underflow.
  let logTerm = -n * Math.LN2;
  let below = 0;
  for (let i = 0; i < low; i++) {
    below += Math.exp(logTerm);
    logTerm += Math.log((n - i) / (i + 1));
  }
  return Math.min(1, 2 * below + Math.exp(logTerm));
}

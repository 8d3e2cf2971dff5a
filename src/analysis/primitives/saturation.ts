/** U18: saturation pressure of water vapour (Magnus form), kPa, at `celsius`. */
export const saturationPressure = (celsius: number): number => 0.610_94 * Math.exp((17.625 * celsius) / (celsius + 243.04));

/** U18: the most water vapour a gas can hold, % by volume, at `celsius` and a gauge pressure in kPa. */
export const saturatedMoisture = (celsius: number, gaugeKpa = 0): number =>
  (100 * saturationPressure(celsius)) / (101.325 + gaugeKpa);
